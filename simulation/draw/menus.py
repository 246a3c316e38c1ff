"""The voice menu: what customers press, and how long it keeps them."""

import numpy as np
from numpy.typing import NDArray

from simulation.centre import CHAT, ISSUES, PHONE, REASONS
from simulation.draw.handling import QUEUE_CHANNELS

NO_MENU_SHARE, WRONG_MENU_SHARE = 0.03, 0.08
ISSUE_OF = np.array([list(ISSUES).index(reason.issue_reason_code) for reason in REASONS])

Ints = NDArray[np.int64]


def draw_menu(rng: np.random.Generator, reason: Ints) -> Ints:
    """What was pressed in the menu: the issue reason, sometimes another one or nothing."""
    menu, wrong = ISSUE_OF[reason], rng.random(len(reason)) < WRONG_MENU_SHARE
    menu = np.where(wrong, rng.integers(0, len(ISSUES), len(reason)), menu)
    return np.where(rng.random(len(reason)) < NO_MENU_SHARE, -1, menu)


def menu_seconds(rng: np.random.Generator, queue: Ints) -> Ints:
    """Seconds between the start of a contact and its first queue."""
    channel = QUEUE_CHANNELS[queue]
    longest = np.select([channel == PHONE, channel == CHAT], [75, 12], 1)
    return rng.integers(0, longest) + np.where(channel == PHONE, 8, 0)
