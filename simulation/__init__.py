"""A contact centre with known truths, at any size: deliveries, lists and what is true of them."""

from simulation.run import simulate

__all__ = ["simulate"]
