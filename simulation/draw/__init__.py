"""What happens in the centre: who comes, who serves them, and how each stay ends."""
