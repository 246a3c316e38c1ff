"""The door of a flat call list: possible durations, satisfaction within its scale."""

from typing import Any

from expectations import channels, scales
from expectations.rules import (
    at_most_a_day,
    holds,
    hopefully,
    known_share,
    possible_wait,
    some_rows,
)

LISTS = (scales.SCALES, channels.KINDS, channels.WORDS)


def view(relation: str) -> str:
    """The candidates with verdicts about waits, satisfaction and its scale, and the answer's time.

    A clock of the answer without a date of its own may be one of the next day: only half a day or
    less before the entry it contradicts itself. An entry without a clock says nothing.
    """
    judged = scales.view(f"({channels.view(relation)})", "csat_answer_text", "csat_scale_code")
    return (
        "select *, case when coalesce(has_entry_clock, true) then answered_at >= entered_at "
        f"or answered_at < entered_at - interval 12 hours end as is_answer_in_order from ({judged})"
    )


def suite() -> list[Any]:
    """What a list does not measure is null and comes in; how often is reported."""
    return [
        some_rows(),
        possible_wait(),
        at_most_a_day("talk_seconds"),
        at_most_a_day("hold_seconds"),
        at_most_a_day("wrap_up_seconds"),
        holds("is_answer_in_order", "answered_at", "E_TIME_ORDER",
              "answered_at not before entered_at"),
        holds("is_on_scale", "csat_answer_text", "E_SCALE",
              "a whole point of its scale, or one of its words; without csat_scale_code, as a "
              "column or a constant of the settings, the scale is 1 to 5 points"),
        hopefully("is_scale_known", "csat_scale_code", "E_SCALE_UNKNOWN",
                  "a scale of survey_scales"),
        known_share("agent_id", 0.5),
        known_share("wait_seconds", 0.5),
    ]  # fmt: skip
