"""From delivered texts to typed rows: null, value or fault, never a guess."""
