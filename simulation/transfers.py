"""Which agents pass a call on, how, and how soon: some see at once that the queue was wrong."""

import numpy as np
from numpy.typing import NDArray

from simulation.centre import PHONE, TRANSFER_KINDS, Columns

TRANSFER_SHARE = 0.055
TRANSFER_KIND_SHARES = (0.47, 0.43, 0.10)
WRONG_QUEUE_SHARE, WRONG_QUEUE_SECONDS = 0.30, (10, 51)
"""Of blind transfers: how many leave within these seconds of the answer, so below a minute."""
BLIND = TRANSFER_KINDS.index("blind")


def pass_on(rng: np.random.Generator, legs: Columns, answered: NDArray[np.int64]) -> None:
    """Write on answered first legs their `transfer`; a passed-on leg solved nothing itself."""
    phone = legs["channel"][answered] == PHONE
    moves = answered[phone & (rng.random(len(answered)) < TRANSFER_SHARE)]
    legs["transfer"][moves] = rng.choice(len(TRANSFER_KINDS), len(moves), p=TRANSFER_KIND_SHARES)
    legs["solved"][moves] = False
    blind = moves[legs["transfer"][moves] == BLIND]
    wrong = blind[rng.random(len(blind)) < WRONG_QUEUE_SHARE]
    low, high = WRONG_QUEUE_SECONDS
    legs["talk_seconds"][wrong] = rng.integers(low, high, len(wrong))
    legs["talk_mean"][wrong] = (low + high - 1) / 2
    legs["hold_seconds"][wrong] = 0
    legs["hold_mean"][wrong] = 0.0
