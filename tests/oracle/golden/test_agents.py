"""The oracle's agent days, shared chats, waits and handle times on worked cases."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.followed.reports import rpt_digital_customers
from tests.oracle.golden.rows import after, company, gone, leg, row, sums, world
from tests.oracle.presence.agent_days import busy_seconds, effective_handle_seconds, fct_agent_days
from tests.oracle.visits.reports import rpt_waits

CUSTOMER = {"customer_id": "p", "reason_code": "bill_high"}


def test_busy_seconds_move_to_the_next_day_at_midnight() -> None:
    midnight = datetime(2026, 10, 24, 22)  # in Paris; the day that begins has 25 hours
    said: dict[str, Any] = {"agent_id": "a1", "talk_seconds": 60, "hold_seconds": 20}
    said |= {"wrap_up_seconds": 20, "entered_at": midnight - timedelta(seconds=40)}
    legs = [leg("c", **said), leg("out", direction_code="outbound", **said)]
    judged = world(legs)
    first, second = date(2026, 10, 24), date(2026, 10, 25)
    assert busy_seconds(judged) == {("a1", first): 60, ("a1", second): 140}
    days = [
        row("agent_days", agent_id="a1", work_date=day, logged_in_seconds=200, idle_seconds=idle)
        | {"planned_seconds": 100, "absent_seconds": 10}
        for day, idle in ((first, 200), (second, 121))
    ]
    rows = company(legs, agent_days=days)
    assert sums(rows, "occupancy_rate") == (60, 260, 2)  # the second day fails its audit
    assert sums(rows, "utilisation_rate") == (60, 200, 2)
    assert sums(rows, "absence_rate") == (20, 200, 2)
    assert [found.is_failed for found in fct_agent_days(world(legs, agent_days=days))] == [
        False,
        True,
    ]


def test_simultaneous_chats_share_the_time() -> None:
    said: dict[str, Any] = {"channel_code": "chat", "agent_id": "a1"}
    said |= {"hold_seconds": 0, "wrap_up_seconds": 0}
    legs = [leg("a", talk_seconds=100, **said)]
    legs.append(leg("b", talk_seconds=50, **said | {"entered_at": after(seconds=60)}))
    legs.append(leg("c", talk_seconds=50, **said | {"agent_id": "a2"}))
    found = effective_handle_seconds(world(legs))
    assert found == {("a", 1): 80, ("b", 1): 30, ("c", 1): 50}
    call = said | {"channel_code": "voice", "entered_at": after(seconds=80)}
    found = effective_handle_seconds(world([*legs, leg("call", talk_seconds=10, **call)]))
    assert found["a", 1] == 70 + 10 * Fraction(1, 3) + 5
    assert found["b", 1] == 25 + Fraction(10, 3)


def test_digital_customers_are_distinct() -> None:
    legs = [leg("a", customer_id="p"), leg("b", customer_id="p", channel_code="chat")]
    legs += [leg("c", customer_id="q"), leg("d", channel_code="chat")]
    legs.append(leg("e", customer_id="r", channel_code=None))
    found = rpt_digital_customers(world(legs))["month", date(2026, 3, 1), "company", "company"]
    assert (found["digital_customer_count"], found["customer_count"]) == (1, 2)
    assert (found["known_contact_count"], found["contact_count"]) == (3, 5)
    assert found["digital_customer_share"] is None


def test_waits_and_patience() -> None:
    legs = [leg(f"a{n}", answered_at=after(seconds=n)) for n in (1, 2, 3, 4)]
    legs += [gone("b", 2), gone("c", 9), gone("d", 3)]
    found = rpt_waits(world(legs))["week", date(2026, 3, 2), "queue", "q1"]
    assert (found["n"], found["p50"], found["longest"]) == (4, Fraction(5, 2), 4)
    assert (found["p90"], found["p95"]) == (Fraction(37, 10), Fraction(77, 20))
    assert [(t, n, d) for t, n, d, _ in found["patience_points"]] == [
        (2, 6, 1),
        (3, 4, 1),
        (9, 1, 1),
    ]
    assert found["patience_median"] == 9


def test_handle_time_per_contact_and_issue() -> None:
    said: dict[str, Any] = {"talk_seconds": 60, "hold_seconds": 0, "wrap_up_seconds": 40}
    legs = [leg("a", **CUSTOMER, **said), leg("a", 2, **CUSTOMER, **said)]
    legs.append(leg("b", **CUSTOMER, **said | {"entered_at": after(2)}))
    legs.append(gone("c", **CUSTOMER | {"entry_reason_code": "bill_late", "reason_code": None}))
    legs[-1] |= {"entered_at": after(3), "ended_at": after(3, 9)}
    rows = company(legs)
    assert sums(rows, "average_contact_handle_seconds") == (300, 2, 2)
    assert rows["average_contact_handle_seconds"]["squares"] == 50_000
    assert sums(rows, "average_issue_handle_seconds") == (300, 1, 1)
    assert sums(rows, "repeat_rate") == (2, 3, 1)
