"""Who may read a mart, and what no public mart may hold."""

from typing import Any

import pytest

from tests.project.laws import exceptions
from tests.project.laws.audience import audience_breaches, exposure_breaches
from tests.project.laws.breach import demand, excused


def mart(name: str, audience: str | None, *columns: str) -> dict[str, Any]:
    return {
        "name": name,
        "original_file_path": f"models/marts/core/{name}.sql",
        "config": {"meta": {"audience": audience}},
        "columns": dict.fromkeys(columns),
    }


def test_every_mart_says_who_may_read_it(marts: list[dict[str, Any]]) -> None:
    assert marts
    demand(audience_breaches(marts))


def test_no_public_mart_leads_to_a_person(marts: list[dict[str, Any]]) -> None:
    demand(excused(exposure_breaches(marts), exceptions.EXPOSURES))


def test_a_mart_for_nobody_known_is_seen() -> None:
    assert len(audience_breaches([mart("dim_a", None), mart("dim_b", "everybody")])) == 2
    assert not audience_breaches([mart("dim_a", "private")])


@pytest.mark.parametrize("column", ["agent_id", "sent_by_agent_id", "answer_text", "response_id"])
def test_a_public_column_about_a_person_is_seen(column: str) -> None:
    assert exposure_breaches([mart("rpt_a", "public", column)])
    assert not exposure_breaches([mart("rpt_a", "coaching", column)])


def test_a_public_fact_is_seen_and_a_key_of_a_group_is_not() -> None:
    assert exposure_breaches([mart("fct_a", "public", "queue_id")])
    assert not exposure_breaches([mart("agg_a", "public", "queue_id", "team_id", "context_code")])
