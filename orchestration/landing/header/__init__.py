"""Headers: which field of a file feeds which column, by contract, names and settings."""
