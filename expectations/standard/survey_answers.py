"""The door of survey answers: each answer lies on the scale that its row names."""

from typing import Any

from expectations import scales
from expectations.rules import holds, hopefully, in_order, known_share, some_rows

LISTS = (scales.SCALES,)


def view(relation: str) -> str:
    """The candidates with a verdict about answer and scale."""
    return scales.view(relation, "answer_text", "scale_code")


def suite() -> list[Any]:
    """A missing answer is none, never 0; an answer outside its scale is refused."""
    return [
        some_rows(),
        holds(
            "is_on_scale",
            "answer_text",
            "E_SCALE",
            "a whole point of its scale, or one of its words",
        ),
        hopefully("is_scale_known", "scale_code", "E_SCALE_UNKNOWN", "a scale of survey_scales"),
        in_order("started_at", "answered_at"),
        in_order("started_at", "completed_at"),
        known_share("answer_text", 0.5),
    ]
