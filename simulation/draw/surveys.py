"""Surveys after contacts: who is invited, who answers, when, and what they say.

Every answering customer is either happy or unhappy with the interaction; the chance of being
happy is linear in what happened, so the expected CSAT is exact.
"""

import numpy as np
from numpy.typing import NDArray

from simulation.centre import (
    ANSWERED,
    EMAIL,
    HURRIED_HAPPY_EFFECT,
    LIVE,
    QUALITY_HAPPY_EFFECT,
    WAIT_HAPPY_EFFECT_PER_MINUTE,
    Columns,
)
from simulation.draw.handling import World
from simulation.draw.visits import chosen

INVITED_SHARE, SUPPRESSED_SHARE, DELIVERED_SHARE = 0.12, 0.05, 0.98
ANSWER_SHARE, COMPLETE_SHARE = 0.35, 0.94
UNSOLVED_HAPPY, SOLVED_HAPPY_EFFECT, LONGEST_WAIT_MINUTES = 0.45, 0.38, 15.0
HAPPY_CSAT = np.array([0.01, 0.02, 0.07, 0.25, 0.65])
UNHAPPY_CSAT = np.array([0.45, 0.20, 0.15, 0.12, 0.08])
HAPPY_NPS = np.array([0.005, 0.005, 0.005, 0.005, 0.01, 0.03, 0.04, 0.10, 0.20, 0.25, 0.35])
UNHAPPY_NPS = np.array([0.22, 0.10, 0.09, 0.09, 0.08, 0.14, 0.09, 0.08, 0.06, 0.03, 0.02])
YES_PROBABILITY = {"solved": 0.93, "unsolved": 0.15}
LATEST_ANSWER_SECONDS = 20 * 86_400
QUESTIONS = ("csat", "resolved", "nps")
SCALES = ("points_1_5", "yes_no", "points_0_10")
ANSWER_TEXTS = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "no", "yes")
NO, YES = 11, 12


def happy_probability(world: World, contacts: Columns) -> NDArray[np.float64]:
    """Chance that the customer of an answered contact is happy with the interaction."""
    minutes = np.minimum(contacts["live_wait_seconds"] / 60, LONGEST_WAIT_MINUTES)
    chance = UNSOLVED_HAPPY + SOLVED_HAPPY_EFFECT * contacts["solved"]
    chance = chance + QUALITY_HAPPY_EFFECT * world.staff.quality[contacts["agent"]]
    chance = chance + HURRIED_HAPPY_EFFECT * contacts["is_hurried"]
    return np.clip(chance + WAIT_HAPPY_EFFECT_PER_MINUTE * minutes, 0.02, 0.98)


def draw_surveys(
    rng: np.random.Generator, world: World, contacts: Columns, legs: Columns
) -> tuple[Columns, Columns]:
    """Invitations in order of sending, and answers by invitation and question.

    Both hold what arrived before the last week ends. Answers keep `happy` (the chance) and
    `invitation` (a row number); `sent` is -1 where an invitation was suppressed.
    """
    asked = eligible(contacts, legs)
    asked = chosen(asked, rng.random(len(asked["contact"])) < INVITED_SHARE)
    asked["happy"] = happy_probability(world, asked)
    size = len(asked["contact"])
    due = asked["ended"] + rng.integers(600, 7_200, size)
    is_sent = rng.random(size) >= SUPPRESSED_SHARE
    delivered = np.where(is_sent & (rng.random(size) < DELIVERED_SHARE), due + 4, -1)
    answers = (delivered >= 0) & (rng.random(size) < ANSWER_SHARE)
    opens = answers | ((delivered >= 0) & (rng.random(size) < 0.2))
    started = due + answer_delays(rng, size)
    invitations = asked | {
        "sent": np.where(is_sent, due, -1), "delivered": delivered, "due": due,
        "opened": np.where(opens & (started < world.horizon.end), started - 5, -1),
        "started": started, "answers": answers, "by_text": asked["channel"] != EMAIL,
    }  # fmt: skip
    invitations["updated"] = np.maximum.reduce([delivered, invitations["opened"], due])
    invitations = chosen(invitations, np.argsort(due, kind="stable"))
    invitations = chosen(invitations, invitations["due"] + 4 < world.horizon.end)
    return invitations, draw_answers(rng, world, invitations)


def eligible(contacts: Columns, legs: Columns) -> Columns:
    """Inbound contacts of recognised customers with their last answered leg; no tests."""
    open_now, contact = legs["is_open"], legs["contact"]
    live = np.where(~np.isin(legs["channel"], LIVE) | open_now, 0, legs["wait_seconds"])
    waits = np.bincount(contact, weights=live, minlength=len(contacts["queue"]))
    ended = np.zeros(len(contacts["queue"]), dtype=np.int64)
    np.maximum.at(ended, contact, legs["updated"])
    answered = np.flatnonzero((legs["outcome"] == ANSWERED) & ~legs["is_test"])
    last = answered[np.flatnonzero(np.diff(contact[answered], append=-1))]
    last = last[(contacts["direction"][contact[last]] == 0) & (legs["customer"][last] >= 0)]
    names = ("contact", "agent", "is_hurried", "channel", "customer", "english", "home_site")
    return {name: legs[name][last] for name in names} | {
        "solved": legs["solved"][last],
        "ended": ended[contact[last]],
        "live_wait_seconds": waits[contact[last]].astype(np.int64),
    }


def answer_delays(rng: np.random.Generator, size: int) -> NDArray[np.int64]:
    """Seconds from sending to the first answer: mostly hours, some days, a few weeks."""
    kind = rng.choice(3, size, p=(0.80, 0.14, 0.06))
    hours = rng.exponential(9_000.0, size)
    days, weeks = rng.uniform(1, 7, size) * 86_400, rng.uniform(7, 20, size) * 86_400
    delay = np.choose(kind, [hours, days, weeks]).astype(np.int64) + 30
    return np.minimum(delay, LATEST_ANSWER_SECONDS - 600)


def draw_answers(rng: np.random.Generator, world: World, invitations: Columns) -> Columns:
    """One row per answered question; a partial response has its first question only."""
    rows = np.flatnonzero(invitations["answers"])
    happy, solved = invitations["happy"][rows], invitations["solved"][rows]
    is_complete = rng.random(len(rows)) < COMPLETE_SHARE
    started = invitations["started"][rows]
    ended = started + rng.integers(45, 400, len(rows))
    texts = draw_texts(rng, happy, solved)
    parts = []
    for question in range(len(QUESTIONS)):
        asked = is_complete | (question == 0)
        parts.append({
            "invitation": rows[asked], "question": np.full(int(asked.sum()), question),
            "answer": texts[question][asked], "is_complete": is_complete[asked],
            "started": started[asked], "answered": started[asked] + 12 * (question + 1),
            "completed": np.where(is_complete, ended, -1)[asked],
            "updated": np.where(is_complete, ended, started + 60)[asked] + 2,
            "happy": happy[asked], "solved": solved[asked],
        })  # fmt: skip
    answers = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    answers = chosen(answers, np.lexsort((answers["question"], answers["invitation"])))
    return chosen(answers, answers["updated"] < world.horizon.end)


def draw_texts(
    rng: np.random.Generator, happy: NDArray[np.float64], solved: NDArray[np.bool_]
) -> list[NDArray[np.int64]]:
    """Answers to the three questions, as numbers into ANSWER_TEXTS."""
    is_happy = rng.random(len(happy)) < happy
    csat = 1 + pick(rng, is_happy, HAPPY_CSAT, UNHAPPY_CSAT)
    says_yes = np.where(solved, YES_PROBABILITY["solved"], YES_PROBABILITY["unsolved"])
    resolved = np.where(rng.random(len(happy)) < says_yes, YES, NO)
    return [csat, resolved, pick(rng, is_happy, HAPPY_NPS, UNHAPPY_NPS)]


def pick(
    rng: np.random.Generator,
    is_happy: NDArray[np.bool_],
    happy: NDArray[np.float64],
    unhappy: NDArray[np.float64],
) -> NDArray[np.int64]:
    """An answer from one of two distributions."""
    size = len(is_happy)
    return np.where(
        is_happy, rng.choice(len(happy), size, p=happy), rng.choice(len(happy), size, p=unhappy)
    )
