"""The door of a flat call list: possible durations, satisfaction within its scale."""

from typing import Any

from expectations import scales
from expectations.rules import at_most_a_day, holds, hopefully, known_share, some_rows

LISTS = (scales.SCALES,)


def view(relation: str) -> str:
    """The candidates with a verdict about satisfaction and its scale."""
    return scales.view(relation, "csat_answer_text", "csat_scale_code")


def suite() -> list[Any]:
    """What a list does not measure is null and comes in; how often is reported."""
    return [
        some_rows(),
        at_most_a_day("wait_seconds"),
        at_most_a_day("talk_seconds"),
        at_most_a_day("hold_seconds"),
        at_most_a_day("wrap_up_seconds"),
        holds("is_on_scale", "csat_answer_text", "E_SCALE",
              "a whole point of its scale, or one of its words"),
        hopefully("is_scale_known", "csat_scale_code", "E_SCALE_UNKNOWN",
                  "a scale of survey_scales"),
        known_share("agent_id", 0.5),
        known_share("wait_seconds", 0.5),
    ]  # fmt: skip
