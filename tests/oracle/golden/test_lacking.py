"""Worked cases of what a home cannot tell: files without columns, homes without tables."""

from typing import Any

from tests.oracle.golden.rows import after, every_kpi, gone, leg, row, sums, without
from tests.oracle.kpis import KPIS


def said(rows: dict[str, dict[str, Any]], kpi_id: str) -> tuple[Any, Any, Any]:
    """(value, input_share, reason_code) of a KPI."""
    return tuple(rows[kpi_id][name] for name in ("value", "input_share", "reason_code"))


def test_every_kpi_has_a_row_of_the_company() -> None:
    rows = every_kpi([leg("a")])
    assert rows.keys() == KPIS.keys()
    assert said(rows, "absence_rate") == (None, None, "not_delivered")
    assert said(rows, "callback_reached_rate") == (None, None, "no_denominator")
    assert said(rows, "sale_conversion_rate") == (None, None, "not_delivered")
    assert said(rows, "selfcare_share") == (None, 0.0, "not_delivered")


def test_answered_calls_alone_have_no_answer_rate() -> None:
    rows = every_kpi([without(leg(name), "outcome_code") for name in "abc"])
    for kpi_id in (
        "answer_rate",
        "abandonment_rate",
        "short_abandon_rate",
        "service_level",
        "average_wait_seconds",
        "accessibility_rate",
    ):
        assert said(rows, kpi_id) == (None, 0.0, "answered_only")
    assert said(rows, "redial_rate") == (None, None, "answered_only")
    assert said(rows, "system_loss_rate") == (None, 0.0, "not_delivered")
    assert rows["average_speed_of_answer_seconds"]["value"] == 10


def test_a_delivery_judges_its_own_rows() -> None:
    legs = [leg(f"c{n}") for n in range(6)] + [gone("g0"), gone("g1")]
    some = [without(leg(f"o{n}"), "outcome_code", "transfer_kind_code") for n in range(2)]
    rows = every_kpi(legs + some)
    assert sums(rows, "answer_rate") == (6, 8, 10)
    assert said(rows, "answer_rate") == (0.75, 0.8, None)
    assert sums(rows, "transfer_rate") == (0, 6, 8)
    assert said(rows, "transfer_rate") == (None, 0.75, "not_delivered")
    more = every_kpi([*legs, *some, without(leg("o2"), "outcome_code")])
    assert said(more, "answer_rate") == (None, 8 / 11, "answered_only")


def test_abandons_without_a_wait_may_have_been_short() -> None:
    legs = [leg(f"c{n}") for n in range(20)] + [gone(f"g{n}") for n in range(4)]
    rows = every_kpi([*legs, gone("short", 3), gone("unknown", ended_at=None)])
    assert sums(rows, "short_abandon_rate") == (1, 25, 26)
    assert rows["short_abandon_rate"]["value"] == 0.04
    more = every_kpi([*legs, gone("u1", ended_at=None), gone("u2", ended_at=None)])
    assert said(more, "short_abandon_rate") == (None, 24 / 26, "no_wait")


def test_a_list_must_say_where_sales_are_possible() -> None:
    sale = row("sales", sale_id="s", contact_id="a", sold_at=after())
    rows = every_kpi([leg("a", reason_code="move")], sales=[sale])
    assert said(rows, "sale_conversion_rate") == (1.0, 1.0, None)
    tickets = [row("tickets", ticket_id="t", created_at=after())]
    rows = every_kpi([], tickets=tickets)
    assert said(rows, "resolution_in_target_rate") == (None, None, "not_listed")
    assert said(rows, "answer_rate") == (None, None, "not_delivered")
