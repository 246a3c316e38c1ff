"""What is true of what was drawn: the figures that a warehouse has to find."""
