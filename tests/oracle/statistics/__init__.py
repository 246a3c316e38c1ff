"""Formulas of the oracle: intervals, tests, curves, and what is said of one row."""
