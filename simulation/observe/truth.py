"""What is true of a simulated centre: what was planted, expected and observed."""

from datetime import timedelta
from typing import Any

import numpy as np

from simulation.calendars import EPOCH, WEEK
from simulation.centre import (
    ANSWERED,
    CHANNELS,
    HARDER_REASON_CODE,
    HARDER_RESOLUTION_EFFECT,
    HARDER_TALK_FACTOR,
    HURRIED_HAPPY_EFFECT,
    HURRIED_RESOLUTION_EFFECT,
    HURRIED_TALK_FACTOR,
    HURRIED_TEAM_ID,
    LIVE,
    NEW_AGENT_SECONDS,
    NEW_AGENT_TALK_FACTOR,
    QUALITY_HAPPY_EFFECT,
    REASONS,
    WAIT_HAPPY_EFFECT_PER_MINUTE,
    Columns,
)
from simulation.draw.handling import (
    HOLD_PROBABILITY,
    HOLD_SECONDS,
    TALK_SIGMA,
    WRAP_SIGMA,
    World,
)
from simulation.draw.returns import RETURN_PROBABILITY
from simulation.draw.surveys import HAPPY_CSAT, LONGEST_WAIT_MINUTES, UNHAPPY_CSAT
from simulation.draw.visits import EXPECTED, chosen
from simulation.draw.waits import LOSS_PROBABILITY, PATIENCE_SECONDS
from simulation.observe.observed import demand
from simulation.write.files import day_text

POINTS = np.arange(1, 6)
HAPPY_MEAN, UNHAPPY_MEAN = float(POINTS @ HAPPY_CSAT), float(POINTS @ UNHAPPY_CSAT)
HAPPY_TOP, UNHAPPY_TOP = float(HAPPY_CSAT[3:].sum()), float(UNHAPPY_CSAT[3:].sum())


def planted(world: World) -> dict[str, Any]:
    """The effects that a build should find again; CSAT effects in points of the 1-5 scale."""
    points = HAPPY_MEAN - UNHAPPY_MEAN
    return {
        "wait_and_csat": {
            "csat_points_per_minute": WAIT_HAPPY_EFFECT_PER_MINUTE * points,
            "top_two_share_per_minute": WAIT_HAPPY_EFFECT_PER_MINUTE * (HAPPY_TOP - UNHAPPY_TOP),
            "up_to_minutes": LONGEST_WAIT_MINUTES,
            "channels": ["phone", "chat"],
        },
        "new_agents": {
            "tenure_below_weeks": NEW_AGENT_SECONDS // WEEK,
            "talk_factor": NEW_AGENT_TALK_FACTOR,
            "wrap_up_factor": NEW_AGENT_TALK_FACTOR,
        },
        "hurried_team": {
            "team_id": HURRIED_TEAM_ID,
            "from_date": day_text(world.hurried_day),
            "talk_factor": HURRIED_TALK_FACTOR,
            "resolution_probability": HURRIED_RESOLUTION_EFFECT,
            "csat_points": HURRIED_HAPPY_EFFECT * points,
        },
        "harder_reason": {
            "reason_code": HARDER_REASON_CODE,
            "from_date": day_text(world.harder_day),
            "talk_factor": HARDER_TALK_FACTOR,
            "resolution_probability": HARDER_RESOLUTION_EFFECT,
        },
        "agent_quality": {"csat_points_per_sd": QUALITY_HAPPY_EFFECT * points},
    }


def agents(world: World) -> list[dict[str, Any]]:
    """Latent quality (standard normal, cut at 2.5) and pace (factor on talk) of each agent."""
    staff = world.staff
    return [
        {
            "agent_id": f"agent_{number + 1:04d}",
            "quality": round(float(staff.quality[number]), 6),
            "pace_factor": round(float(np.exp(staff.speed[number])), 6),
            "hired_date": (EPOCH + timedelta(days=int(staff.hired[number]))).isoformat(),
        }
        for number in range(len(staff.pool))
    ]


def reasons() -> list[dict[str, Any]]:
    """True chance to solve each reason, and to see its customer again when it was not."""
    return [
        {
            "reason_code": reason.reason_code,
            "issue_reason_code": reason.issue_reason_code,
            "median_talk_seconds": reason.talk_seconds,
            "resolution_probability": reason.resolution,
            "return_probability": (1 - reason.resolution) * RETURN_PROBABILITY["unsolved"],
        }
        for reason in REASONS
    ]


def expected_legs(contacts: Columns, legs: Columns) -> dict[str, Any]:
    """Expectations given who came when: waits of visits by live channel, work of answered legs.

    Sums over the same legs as `observed`, so that observed / expected tends to 1.
    """
    inbound = demand(contacts, legs)
    visits = chosen(inbound, (inbound["queue"] >= 0) & (inbound["outcome"] >= 0))
    found: dict[str, Any] = {}
    for code, channel in enumerate(CHANNELS):
        own = chosen(visits, visits["channel"] == code)
        work = chosen(own, own["outcome"] == ANSWERED)
        found[channel] = {
            "visits_count": len(own["outcome"]),
            "talk_seconds": float(work["talk_mean"].sum()),
            "hold_seconds": float(work["hold_mean"].sum()),
            "wrap_up_mean_seconds": mean(work["wrap_up_mean"]),
            "solved_count": float(work["resolution"].sum()),
        }
        if code in LIVE:
            found[channel] |= {
                name if name.endswith("seconds") else f"{name}_count":
                float(own[f"expected_{name}"].sum()) for name in EXPECTED
            }  # fmt: skip
    return found


def mean(values: Any) -> float | None:
    """The mean, or None of nothing."""
    return float(values.mean()) if len(values) else None


def expected_csat(answers: Columns) -> dict[str, Any]:
    """Expected mean and top-two share of the CSAT answers given, with their standard errors."""
    happy = answers["happy"][answers["question"] == 0]
    if not len(happy):
        return {"mean": None, "top_two_share": None, "answers_count": 0}
    means = UNHAPPY_MEAN + (HAPPY_MEAN - UNHAPPY_MEAN) * happy
    tops = UNHAPPY_TOP + (HAPPY_TOP - UNHAPPY_TOP) * happy
    squares = happy * (POINTS**2 @ HAPPY_CSAT) + (1 - happy) * (POINTS**2 @ UNHAPPY_CSAT)
    size = len(happy)
    return {
        "answers_count": size,
        "mean": float(means.mean()),
        "mean_standard_error": float(np.sqrt((squares - means**2).sum()) / size),
        "top_two_share": float(tops.mean()),
        "top_two_standard_error": float(np.sqrt((tops * (1 - tops)).sum()) / size),
    }


def distributions() -> dict[str, Any]:
    """The distributions that durations and patience are drawn from."""
    return {
        "talk": {"law": "lognormal", "sigma": TALK_SIGMA},
        "wrap_up": {"law": "lognormal", "sigma": WRAP_SIGMA},
        "hold": {
            "law": "exponential, phone only", "probability": HOLD_PROBABILITY,
            "mean_seconds": HOLD_SECONDS,
        },
        "patience": {
            "law": "exponential, whole seconds",
            "mean_seconds": {CHANNELS[code]: value for code, value in PATIENCE_SECONDS.items()},
        },
        "system_loss_probability": LOSS_PROBABILITY,
    }  # fmt: skip
