"""The door of evaluation scores: answers on their scales, weights that add up."""

from typing import Any

from expectations import scales
from expectations.rules import closed_set, holds, hopefully, not_negative, some_rows

LISTS = (scales.SCALES,)


def view(relation: str) -> str:
    """The candidates with a verdict about answer and scale."""
    return scales.view(relation, "answer_text", "scale_code")


def suite() -> list[Any]:
    """0 is a score; a criterion that does not apply has none."""
    return [
        some_rows(),
        holds(
            "is_on_scale",
            "answer_text",
            "E_SCALE",
            "a whole point of its scale, or one of its words",
        ),
        hopefully("is_scale_known", "scale_code", "E_SCALE_UNKNOWN", "a scale of survey_scales"),
        closed_set("critical_kind_code", ("customer", "business", "compliance")),
        not_negative("weight_points"),
    ]
