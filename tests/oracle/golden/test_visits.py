"""The oracle's visits and legs against golden numbers and traps of the KPI dictionary."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.histories.rows import Row, list_row
from tests.oracle.golden.rows import NOON, after, company, gone, leg, sums, world
from tests.oracle.visits.service import POLICIES, rpt_service_levels

SMALL: dict[str, int] = {}
LARGE = {"callback_taken": 15, "voicemail": 5, "overflow_out": 18, "system_loss": 2}


def service_rows(others: dict[str, int]) -> list[Row]:
    """1000 answered (860 in 20 s), 60 abandoned (20 in 20 s, 10 of them short), and others."""
    legs = [
        leg(f"a{n}", answered_at=NOON + timedelta(seconds=20.9 if n < 860 else 21))
        for n in range(1000)
    ]
    legs += [gone(f"b{n}", 5 if n < 10 else 20 if n < 20 else 21) for n in range(59)]
    legs.append(gone("ringing", 21, outcome_code="abandoned_ringing"))
    for outcome, count in others.items():
        legs += [
            leg(
                f"{outcome}{n}",
                outcome_code=outcome,
                ended_at=NOON + timedelta(seconds=20 if n < 6 else 21),
            )
            for n in range(count)
        ]
    for n in range(9 if others else 0):
        said = {"callback_of_contact_id": f"callback_taken{n}", "direction_code": "outbound"}
        legs.append(leg(f"back{n}", answered_at=after(1), ended_at=after(1, 60), **said))
    return legs


@pytest.mark.parametrize(
    ("others", "levels"),
    [
        (SMALL, [0.8113, 0.8190, 0.8208, 0.8269, 0.8302, 0.8600]),
        (LARGE, [0.781818, 0.788991, 0.790909, 0.796296, 0.805455, 0.860000]),
    ],
)
def test_service_levels(others: dict[str, int], levels: list[float]) -> None:
    legs = service_rows(others)
    rows = rpt_service_levels(world(legs))
    found = [rows[date(2026, 3, 4), "q1", policy] for policy in POLICIES]
    shares = [row["numerator"] / row["denominator"] for row in found]
    assert shares == pytest.approx(levels, abs=5e-5 if not others else 5e-7)
    assert (found[0]["a"], found[0]["b"], found[0]["b_T"], found[0]["s"]) == (1000, 60, 20, 10)
    kpis = company(legs)
    assert kpis["service_level"]["value"] == pytest.approx(levels[1], abs=5e-5)
    if others:
        assert kpis["answer_rate"]["value"] == pytest.approx(0.925688, abs=5e-7)
        assert kpis["abandonment_rate"]["value"] == pytest.approx(0.045872, abs=5e-7)
        assert sums(kpis, "callback_in_promise_rate") == (9, 15, 15)
        assert sums(kpis, "system_loss_rate") == (2, 1090, 1090)
        assert sums(kpis, "short_abandon_rate") == (10, 1100, 1100)


def test_a_queue_has_its_own_threshold_and_policy_from_a_day_on() -> None:
    said: dict[str, Any] = {"scope_code": "queue", "scope_id": "q1", "policy_code": "SL_ANS"}
    said |= {"threshold_seconds": 9, "valid_from_date": date(2026, 3, 4)}
    targets = [list_row("kpi_targets", kpi_id="service_level", **said)]
    legs = [leg("a"), gone("b"), leg("c", entered_at=after(-1)), leg("d", queue_id="q2")]
    assert sums(company(legs, targets=targets), "service_level") == (2, 3, 3)


def test_deferred_channels_count_open_hours_and_late_open_items() -> None:
    friday = datetime(2026, 3, 6, 16)  # 17:00 in Paris: an hour before closing
    said: dict[str, Any] = {"channel_code": "mail", "entered_at": friday, "ended_at": None}
    exactly = friday + timedelta(days=5, hours=-3)  # 1, 9 and 9 hours, and on Wednesday 5
    legs = [leg("in", **said | {"answered_at": exactly})]
    legs.append(leg("late", **said | {"answered_at": exactly + timedelta(seconds=1)}))
    nothing = {"outcome_code": None, "answered_at": None}
    legs.append(leg("open", **said | nothing))
    assert sums(company(legs), "service_level") == (1, 3, 3)
    young = friday + timedelta(days=3)
    assert sums(company(legs[2:], as_of=young), "service_level") == (0, 0, 0)
    nobody_ended = leg("answered", **said | nothing | {"answered_at": friday})
    assert sums(company([nobody_ended]), "service_level") == (1, 1, 1)
    replied = leg("bot", **said | nothing | {"answered_at": friday, "actor_kind_code": "bot"})
    assert sums(company([replied, legs[2]], as_of=after(30)), "service_level") == (0, 2, 2)
    rule = list_row("kpi_targets", kpi_id="service_level", threshold_seconds=0)
    assert sums(company(legs, targets=[rule]), "service_level") == (1, 3, 3)


def test_the_clock_is_that_of_the_row_that_gives_the_threshold() -> None:
    said: dict[str, Any] = {"kpi_id": "service_level", "threshold_seconds": 5}
    company_row = list_row("kpi_targets", **said, clock_code="business")
    queue_row = list_row("kpi_targets", **said, scope_code="queue", scope_id="q1")
    legs = [leg("night", entered_at=after(0.5))]  # answered after 10 s, none of them open
    assert sums(company(legs, targets=[company_row]), "service_level") == (1, 1, 1)
    assert sums(company(legs, targets=[company_row, queue_row]), "service_level") == (0, 1, 1)


def test_an_unknown_wait_is_missing_where_the_policy_asks_for_it() -> None:
    unknown: dict[str, Any] = {"answered_at": None, "ended_at": None}
    legs = [leg("a", **unknown), gone("b", ended_at=None), leg("c")]
    rows = rpt_service_levels(world(legs))
    missing = {policy: row["missing_count"] for (_, _, policy), row in rows.items()}
    assert missing == dict.fromkeys(POLICIES, 1) | {"SL_IGN": 2, "SL_POS": 2}
    assert sums(company(legs), "average_wait_seconds") == (10, 1, 3)


@pytest.mark.parametrize(("seconds", "again"), [(0, 1), (60, 1), (60.9, 1), (61, 0), (-1, 0)])
def test_a_redial_comes_within_a_minute(seconds: float, again: int) -> None:
    legs = [gone("a", 30, customer_id="p"), gone("n", 30)]
    legs.append(leg("b", customer_id="p", entered_at=after(seconds=30 + seconds)))
    legs.append(leg("q", customer_id="p", entered_at=after(seconds=31), queue_id="q2"))
    assert sums(company(legs), "redial_rate") == (again, 1, 2)
    assert sums(company(legs, as_of=after(seconds=89)), "redial_rate") == (0, 0, 1)


def test_a_redial_is_known_by_the_wait_and_is_no_call_of_a_bot() -> None:
    legs = [gone("a", ended_at=None, wait_seconds=30, customer_id="p")]
    legs.append(leg("b", customer_id="p", entered_at=after(seconds=90), actor_kind_code="bot"))
    assert sums(company(legs), "redial_rate") == (0, 1, 1)
    legs.append(leg("c", customer_id="p", entered_at=after(seconds=90)))
    assert sums(company(legs), "redial_rate") == (1, 1, 1)


def test_callbacks_wait_for_the_end_of_their_promise() -> None:
    legs = [leg(c, outcome_code="callback_taken", is_callback_offered=True) for c in "abc"]
    legs.append(leg("d", is_callback_offered=True))
    for promised, seconds in (("a", 0), ("b", 1)):
        said = {"callback_of_contact_id": promised, "direction_code": "outbound"}
        legs.append(leg(f"{promised}2", answered_at=after(1, seconds), **said))
    rows = company(legs, as_of=after(1))
    assert sums(rows, "callback_reached_rate") == (2, 3, 3)
    assert sums(rows, "callback_in_promise_rate") == (1, 3, 3)
    assert sums(rows, "callback_acceptance_rate") == (3, 4, 4)
    assert "callback_reached_rate" not in company(legs, as_of=after(1, -1))


def test_rings_without_an_answer_are_no_visits() -> None:
    legs = [leg("c", agent_id="a3", unanswered_ring_count=2, ring_seconds=9)]
    assert sums(company(legs), "answer_rate") == (1, 1, 1)
