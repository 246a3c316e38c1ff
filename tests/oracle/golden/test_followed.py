"""The oracle's follow-up KPIs on worked cases: selfcare, promotion, sales, tickets, agents."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.histories.rows import Row
from tests.oracle.followed.promotions import mantel_haenszel
from tests.oracle.followed.reports import rpt_channel_promotions
from tests.oracle.golden.rows import NOON, after, company, leg, row, sums, world
from tests.oracle.issues.reports import rpt_backlogs
from tests.oracle.tickets.events import fct_tickets

CUSTOMER = {"customer_id": "p", "reason_code": "bill_high"}


def task(name: str, started: datetime, **values: Any) -> Row:
    """A completed task of customer p about a late bill that takes a minute."""
    said = {"customer_id": "p", "reason_code": "bill_late", "channel_code": "app"}
    said |= {"is_completed": True, "is_escalated": False, "session_id": name}
    said |= {"started_at": started, "ended_at": started + timedelta(seconds=60)}
    return row("selfcare_sessions", **(said | values))


@pytest.mark.parametrize(
    ("session", "again", "started", "success"),
    [
        (86_400, 7 * 86_400 + 1, 1, 1),
        (86_401, None, 0, 0),
        (-90, 7 * 86_400, 1, 0),  # at the answer
        (-91, None, 0, 0),
        (60, 0, 1, 0),
    ],
)
def test_sent_to_selfcare(session: int, again: int | None, started: int, success: int) -> None:
    legs = [
        leg("a", sent_to_channel_code="app", **CUSTOMER),
        leg("b", **CUSTOMER | {"customer_id": None}),
    ]
    legs += [leg("no path", reason_code="move", sent_to_channel_code="app")]
    if again is not None:
        legs.append(leg("c", **CUSTOMER | {"entered_at": after(seconds=100 + again)}))
    sessions = [task("s", after(seconds=100 + session))]
    rows = company(legs, selfcare_sessions=sessions)
    assert sums(rows, "selfcare_sent_rate") == (1, len(legs) - 1, len(legs) - 1)
    assert sums(rows, "selfcare_started_rate") == (started, 1, 1)
    assert sums(rows, "selfcare_success_rate") == (success, 1, 1)
    early = company(legs[:2], after(7, 99), selfcare_sessions=sessions)
    assert "selfcare_success_rate" not in early and "selfcare_started_rate" in early
    assert "selfcare_started_rate" not in company(legs[:2], after(1, 99), selfcare_sessions=[])


def test_selfcare_is_resolved_when_nobody_calls() -> None:
    tasks = [task("a", after(), customer_id="a"), task("b", after(), customer_id="b")]
    tasks += [task("c", after(), is_completed=False), task("d", after(), customer_id=None)]
    tasks += [task("up", after(), is_escalated=None, contact_id="x")]
    tasks += [task("unknown", after(), is_escalated=None, customer_id="z")]
    back = {"entered_at": after(7, 60), "reason_code": "bill_high"}
    legs = [leg("a2", customer_id="a", **back)]
    legs.append(leg("b2", customer_id="b", **back | {"entered_at": after(7, 61)}))
    rows = company(legs, selfcare_sessions=tasks)
    assert sums(rows, "selfcare_resolution_rate") == (2, 5, 6)  # b and unknown
    assert sums(rows, "selfcare_containment_rate") == (4, 5, 6)
    assert sums(rows, "selfcare_share") == (4, 6, 7)
    assert sums(rows, "digital_contact_rate") == (4, 6, 7)


def test_off_hours_follow_the_calendar_of_the_site() -> None:
    instants = [datetime(2026, 3, 4, 8), datetime(2026, 3, 4, 7, 59, 59), datetime(2026, 3, 4, 17)]
    tasks = [task(f"s{n}", at) for n, at in enumerate(instants)]
    tasks.append(task("far", NOON, site_id="far"))  # its queue has no calendar
    rows = company([], selfcare_sessions=tasks)
    assert sums(rows, "selfcare_off_hours_rate") == (2, 3, 4)


def test_promotion_leaves_habits_out() -> None:
    said = {"reason_code": "move", "promoted_channel_code": "chat"}
    legs = [leg(name, customer_id=name, **said) for name in ("new", "late", "used", "cold")]
    legs += [leg("nobody", **said), leg("same", channel_code="chat", **said)]
    legs += [leg("app", reason_code="move", promoted_channel_code="app")]
    chat: dict[str, Any] = {"channel_code": "chat", "reason_code": "move"}
    legs.append(leg("new2", customer_id="new", entered_at=after(30), **chat))
    legs.append(leg("late2", customer_id="late", entered_at=after(30, 1), **chat))
    legs.append(leg("used1", customer_id="used", entered_at=after(-90), **chat))
    legs.append(leg("cold1", customer_id="cold", entered_at=after(-90, -1), **chat))
    rows = company(legs)
    assert sums(rows, "channel_promotion_rate") == (5, 11, 11)
    assert sums(rows, "channel_adoption_rate") == (1, 3, 4)
    judged = world([*legs, leg("plain", customer_id="x", reason_code="move")])
    found = rpt_channel_promotions(judged)["all", date(2026, 3, 1), "company", "company"]
    assert (found["adopted_count"], found["promoted_count"]) == (1, 3)
    assert found["lift_gap"] == Fraction(1, 3)


def test_mantel_haenszel_of_one_stratum_is_the_plain_difference() -> None:
    found = mantel_haenszel([(10, 20, 5, 20), (1, 0, 0, 9)])
    assert found is not None and found[0] == Fraction(1, 4)
    assert found[2] - 0.25 == pytest.approx(1.959964 * (0.5 * 0.5 / 20 + 0.25 * 0.75 / 20) ** 0.5)


def test_sales_join_one_contact_and_stand_after_fourteen_days() -> None:
    said: dict[str, Any] = {"customer_id": "p", "reason_code": "move", "agent_id": "a1"}
    legs = [leg("a", **said), leg("b", **said | {"entered_at": after(seconds=50)})]
    legs += [leg("c", **said | {"customer_id": None}), leg("other", agent_id="a1")]
    sold = after(1)
    sales = [
        row("sales", sale_id="own", contact_id="c", sold_at=sold, sale_amount=Decimal("9.99")),
        row("sales", sale_id="last", customer_id="p", agent_id="a1", sold_at=sold),
        row("sales", sale_id="late", customer_id="p", agent_id="a1", sold_at=after(1, 51)),
    ]
    sales.append(
        sales[0] | {"sale_id": "kept", "cancelled_at": sold + timedelta(days=14, seconds=1)}
    )
    sales.append(sales[0] | {"sale_id": "gone", "cancelled_at": sold + timedelta(days=14)})
    rows = company(legs, sales=sales)
    assert sums(rows, "sale_conversion_rate") == (2, 3, 3)
    assert sums(rows, "average_sale_count") == (3, 3, 3)
    assert sums(rows, "average_sale_amount") == (Decimal("19.98"), 2, 3)
    assert rows["average_sale_amount"]["squares"] == Decimal("399.2004")
    early = company(legs, after(15), sales=sales)
    assert sums(early, "sale_conversion_rate")[1] == 2


def test_a_ticket_without_a_reply_is_counted() -> None:
    tickets = [row("tickets", ticket_id="t", created_at=NOON)]
    rows = company([], tickets=tickets)
    assert sums(rows, "average_first_reply_seconds") == (0, 0, 1)
    assert rows["average_first_reply_seconds"]["value"] is None
    judged = world([], tickets=tickets)
    assert fct_tickets(judged)["t"]["first_reply_seconds"] is None
    assert fct_tickets(judged)["t"]["is_in_target"] is None


def test_backlog_at_local_midnight() -> None:
    midnight = datetime(2026, 3, 4, 23)  # in Paris
    tickets = [
        row("tickets", ticket_id="a", created_at=midnight - timedelta(seconds=1)),
        row("tickets", ticket_id="b", created_at=midnight),
        row("tickets", ticket_id="c", created_at=NOON, resolved_at=midnight),
    ]
    judged = world([], after(1), tickets=tickets)
    found = rpt_backlogs(judged)
    days = [date(2026, 3, 4), date(2026, 3, 5)]
    for scope in (("company", "company"), ("queue", "unassigned")):
        assert [found[day, *scope]["open_count"] for day in days] == [2, 2]
        assert [found[day, *scope]["opened_count"] for day in days] == [2, 1]
        assert [found[day, *scope]["solved_count"] for day in days] == [0, 1]
    assert len(found) == 4
