"""What is delivered when: current rows, the older versions before them, and copies.

A row lies in the file of the week (UTC) of its `updated`; a copy lies in a later one.
"""

import numpy as np
from numpy.typing import NDArray

from simulation.calendars import WEEK, Horizon
from simulation.centre import ANSWER_WINDOW_SECONDS, ANSWERED, ISSUES, REASONS, Columns
from simulation.draw.records import hidden
from simulation.draw.surveys import NO, YES
from simulation.draw.visits import chosen, stacked

CORRECTED_SHARE, COPIED_SHARE, CHANGED_ANSWER_SHARE = 0.004, 0.004, 0.02
LONGEST_CORRECTION_SECONDS = 3 * WEEK

Ints = NDArray[np.int64]


def week_of(horizon: Horizon, updated: Ints) -> Ints:
    """Number of the week that an instant falls in."""
    return (updated - horizon.start) // WEEK


def correct_legs(rng: np.random.Generator, horizon: Horizon, legs: Columns) -> tuple[Columns, int]:
    """Older versions of legs: corrected weeks later, or still open when their week ended.

    The legs given are the current versions; those that were corrected get their later
    `updated`. Returns the older versions (first the corrected ones) and how many those are.
    """
    size, natural = len(legs["updated"]), legs["updated"].copy()
    week = week_of(horizon, natural)
    later = natural + rng.integers(WEEK, LONGEST_CORRECTION_SECONDS, size)
    has_change = (legs["wrap_up_seconds"] >= 0) | (legs["declared"] >= 0)
    corrected = (rng.random(size) < CORRECTED_SHARE) & (legs["outcome"] == ANSWERED) & has_change
    corrected &= later < horizon.end
    before = chosen(legs, corrected)
    legs["updated"] = np.where(corrected, later, natural)
    no_wrap = (rng.random(len(before["updated"])) < 0.5) & (before["wrap_up_seconds"] >= 0)
    no_wrap |= before["declared"] < 0
    before["wrap_up_seconds"] = np.where(no_wrap, -1, before["wrap_up_seconds"])
    other = len(ISSUES) + (before["declared"] - len(ISSUES) + 1) % len(REASONS)
    before["declared"] = np.where(no_wrap, before["declared"], other)
    waiting = ~legs["is_open"] & ~corrected & (week_of(horizon, legs["entered"]) < week)
    still_open = chosen(legs, waiting)
    still_open = hidden(still_open, np.ones(int(waiting.sum()), dtype=bool), horizon.end)
    return stacked([before, still_open]), int(corrected.sum())


def change_answers(
    rng: np.random.Generator, horizon: Horizon, answers: Columns, sent: Ints
) -> Columns:
    """Older versions of answers that the customer changed within the window of the survey.

    A changed answer is drawn from the same happiness, so that expectations stay exact. `sent`
    holds one instant per answer. The answers given become the current versions.
    """
    natural = answers["updated"].copy()
    later = natural + rng.integers(WEEK, 10 * 86_400, len(natural))
    changed = (later < horizon.end) & (later <= sent + ANSWER_WINDOW_SECONDS)
    changed &= answers["is_complete"] & (rng.random(len(natural)) < CHANGED_ANSWER_SHARE)
    before = chosen(answers, changed)
    answers["updated"] = np.where(changed, later, natural)
    before["answer"] = other_answer(rng, before["question"], before["answer"])
    return before


def other_answer(rng: np.random.Generator, question: Ints, answer: Ints) -> Ints:
    """Another valid answer to the same question."""
    first = np.array([1, NO, 0])[question]
    count = np.array([5, YES - NO + 1, 11])[question]
    shift = 1 + np.floor(rng.random(len(answer)) * (count - 1)).astype(np.int64)
    return first + (answer - first + shift) % count


def copy_rows(rng: np.random.Generator, horizon: Horizon, rows: Columns) -> Columns:
    """All rows with the week of their `file`, and a few of them again in a later one."""
    week = week_of(horizon, rows["updated"])
    again = week + rng.integers(1, 4, len(week))
    copied = (rng.random(len(week)) < COPIED_SHARE) & (again < horizon.weeks)
    copies = chosen(rows, copied) | {"file": again[copied]}
    return stacked([rows | {"file": week}, copies])
