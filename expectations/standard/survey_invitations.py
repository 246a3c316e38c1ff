"""The door of survey invitations: a message is sent, delivered and opened in this order."""

from typing import Any

from expectations.rules import closed_set, in_order, known_share, some_rows


def suite() -> list[Any]:
    """An invitation without its contact comes in: the contact may come later."""
    return [
        some_rows(),
        closed_set("nps_type_code", ("transactional", "relational")),
        in_order("sent_at", "delivered_at"),
        in_order("sent_at", "opened_at"),
        known_share("survey_code", 1.0),
        known_share("contact_id", 0.5),
    ]
