"""The door of evaluations: no agent is their own evaluator."""

from typing import Any

from expectations.rules import closed_set, holds, in_order, known_share, some_rows, within


def view(relation: str) -> str:
    """The candidates with `is_by_another`: false where agent and evaluator are one person."""
    return f"select *, evaluator_id != agent_id as is_by_another from {relation}"


def suite() -> list[Any]:
    """An unknown evaluator is reported; a self-evaluation is refused."""
    return [
        some_rows(),
        closed_set("evaluator_kind_code", ("internal", "external", "automatic")),
        closed_set("listening_mode_code", ("live", "recorded")),
        closed_set("selection_code", ("random", "targeted", "complaint", "agent_request")),
        within("leg_number", 1, None, "E_NUMBER", "1 or more"),
        holds("is_by_another", "evaluator_id", "E_EVALUATOR", "an evaluator who is not the agent"),
        in_order("listened_at", "submitted_at"),
        known_share("evaluator_id", 0.9),
    ]
