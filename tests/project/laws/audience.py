"""Who may read a mart, and what no public mart may hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.project.laws.breach import Breach

AUDIENCES = ("public", "coaching", "private")
PERSONAL = (
    "contact_id", "customer_id", "agent_id", "evaluator_id", "response_id", "invitation_id",
    "session_id", "evaluation_id", "ticket_id", "sale_id", "training_id", "text",
)  # fmt: skip
"""Endings of columns that lead to one person, one event, or hold free words."""


def audience_breaches(marts: Iterable[Mapping[str, Any]]) -> list[Breach]:
    """Manifest nodes of marts without a known `meta.audience`."""
    return [
        Breach(
            node["original_file_path"],
            f"its audience is {node['config']['meta'].get('audience')}",
            f"set meta.audience to one of {', '.join(AUDIENCES)}",
        )
        for node in marts
        if node["config"]["meta"].get("audience") not in AUDIENCES
    ]


def exposure_breaches(marts: Iterable[Mapping[str, Any]]) -> list[Breach]:
    """Columns of public marts that lead to a person, and public facts about people."""
    found = []
    for node in marts:
        if node["config"]["meta"].get("audience") != "public":
            continue
        file, name = node["original_file_path"], node["name"]
        if name.startswith("fct_"):
            what = "a fact has one row per event of a person and is public"
            found.append(Breach(file, what, "set meta.audience to coaching", name))
        for column in node["columns"]:
            if any(f"_{column}".endswith(f"_{word}") for word in PERSONAL):
                remedy = "leave it out, or set meta.audience to coaching"
                place = f"{file}, column {column}"
                what = "leads to a person, an event or free words in a public mart"
                found.append(Breach(place, what, remedy, f"{name}.{column}"))
    return found
