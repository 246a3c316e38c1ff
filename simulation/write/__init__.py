"""What the centre delivers: versions, tables, weekly files and its own lists."""
