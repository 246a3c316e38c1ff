"""The oracle's view of a centre: its lists, words, clocks and targets."""
