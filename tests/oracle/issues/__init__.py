"""Issues: contacts of one customer and reason, and how they were solved."""
