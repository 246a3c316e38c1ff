"""The oracle's issues against golden numbers: chains, repeats, curves, targets."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.histories.rows import Row, list_row
from tests.oracle.golden.rows import after, company, gone, leg, row, sums, world
from tests.oracle.issues.agreement import rpt_resolution_agreement
from tests.oracle.issues.issues import fct_issues
from tests.oracle.issues.resolution import rpt_resolution_curves
from tests.oracle.statistics.survival import kappa

FIRST = date(2026, 3, 4)
PAIRS = [(0, None), (5, 8), (10, 17), (20, None), (30, 40), (34, 36), (35, None), (38, None)]


def call(contact: str, day: float, /, **values: Any) -> Row:
    """A contact of customer p about a bill that ends at noon of a day, 100 s after its entry."""
    said: dict[str, Any] = {"customer_id": "p", "reason_code": "bill_high"}
    said |= {"entered_at": after(day, -100)}
    return leg(contact, **said | values)


def back(contact: str, day: float, seconds: float = 0, /, **values: Any) -> Row:
    """A contact of customer p about a late bill that begins at noon of a day."""
    return call(contact, 0, reason_code="bill_late", entered_at=after(day, seconds), **values)


def test_fcr_and_its_curve() -> None:
    legs: list[Row] = []
    for n, (first, again) in enumerate(PAIRS):
        legs.append(call(f"c{n}", first, customer_id=f"p{n}"))
        if again is not None:
            legs.append(back(f"d{n}", again, customer_id=f"p{n}"))
    curve = rpt_resolution_curves(world(legs, after(40)))["all", FIRST, ("company", "company")]
    found = [(cell["resolved_count"], cell["mature_count"]) for cell in curve.values()]
    assert found == [(8, 8), (5, 7), (3, 5), (2, 4), (1, 3)]
    survival = [float(cell["survival_probability"]) for cell in curve.values()]
    assert survival == pytest.approx([1, 0.729167, 0.546875, 0.364583, 0.364583], abs=5e-7)
    assert [cell["at_risk_count"] for cell in curve.values()] == [8, 6, 4, 2, 1]
    rows = company(legs, after(40))
    assert sums(rows, "first_contact_resolution_rate") == (3, 5, 5)
    assert rows["first_contact_resolution_rate"]["open_window_count"] == 3


@pytest.mark.parametrize(("seconds", "resolved"), [(0, 0), (0.9, 0), (1, 1), (-1, 0)])
def test_seven_days_are_inclusive(seconds: float, resolved: int) -> None:
    legs = [call("a", 0), back("b", 7, seconds)]
    assert sums(company(legs), "first_contact_resolution_rate") == (resolved, 1, 1)
    exactly = company(legs, after(7))
    assert sums(exactly, "first_contact_resolution_rate") == (resolved, 1, 1)
    assert "first_contact_resolution_rate" not in company(legs, after(7, -0.001))


def test_a_chain_breaks_after_thirty_days_of_silence() -> None:
    legs = [call(f"c{day}", day) for day in (0, 5, 9, 45)]
    days = [[c.contact_id for c in issue.contacts] for issue in fct_issues(world(legs))]
    assert days == [["c0", "c5", "c9"], ["c45"]]
    for seconds, count in ((0, 1), (0.5, 1), (1, 2)):
        assert len(fct_issues(world([call("a", 0), back("b", 30, seconds)]))) == count


def test_what_is_an_issue_and_a_repeat() -> None:
    legs = [gone("early", customer_id="p", entry_reason_code="bill_high", entered_at=after(-2))]
    legs += [call("a", 0), call("out", 1, direction_code="outbound"), call("x", 1, is_test=True)]
    legs.append(gone("short", 3, customer_id="p", entry_reason_code="bill_high"))
    legs.append(gone("lost", 9, customer_id="p", entry_reason_code="bill_high"))
    legs[-1] |= {"entered_at": after(2), "ended_at": after(2, 9)}
    legs.append(call("other", 3, reason_code="move"))
    issues = fct_issues(world(legs))
    names = [[c.contact_id for c in issue.contacts] for issue in issues]
    assert names == [["a", "short", "out", "lost"], ["other"]]
    assert [[c.contact_id for c in issue.asking] for issue in issues] == [["a", "lost"], ["other"]]
    assert [c.contact_id for c in issues[0].chain] == ["early", "a", "short", "out", "lost"]
    rows = company([*legs, call("who", 4, customer_id=None), call("why", 4, reason_code=None)])
    assert sums(rows, "repeat_rate") == (1, 3, 4)
    assert sums(rows, "average_issue_contact_count") == (3, 2, 4)
    any_issues = fct_issues(world(legs), any_reason=True)
    assert [[c.contact_id for c in issue.asking] for issue in any_issues] == [
        ["a", "lost", "other"]
    ]


def test_ties_of_instants_have_one_order() -> None:
    legs = [call("b", 0), call("a", 0), call("c", 0)]
    (issue,) = fct_issues(world(legs))
    assert [c.contact_id for c in issue.contacts] == ["a", "b", "c"]
    assert issue.repeat_seconds == -100
    assert sums(company(legs), "first_contact_resolution_rate") == (0, 1, 1)


def test_a_path_crosses_channels() -> None:
    session = {"customer_id": "p", "reason_code": "bill_late", "channel_code": "app"}
    session |= {"is_completed": True, "is_escalated": False}
    times = {"s1": 1, "s2": 5, "before": -30, "long_before": -31}
    sessions = [
        row("selfcare_sessions", session_id=name, started_at=after(day), **session)
        for name, day in times.items()
    ]
    sessions.append(sessions[0] | {"session_id": "up", "is_escalated": True})
    legs = [call("a", 0), call("b", 3, channel_code="chat"), call("c", 4, channel_code="chat")]
    (issue,) = fct_issues(world(legs, selfcare_sessions=sessions))
    assert [name for _, name, _ in issue.path] == ["before", "a", "s1", "b", "c", "s2"]
    assert (issue.switch_count, issue.resolving_channel) == (4, "chat")


def test_a_ticket_opened_again_with_work_is_a_repeat() -> None:
    ticket = row("tickets", ticket_id="t", contact_id="a", created_at=after())
    steps = [("solved", "person"), ("open", "customer"), ("solved", "bot")]
    steps += [("open", "customer"), ("pending", "person")]
    changes = [
        row("ticket_changes", ticket_id="t", changed_at=after(n + 1), status_code=s)
        | {"actor_kind_code": actor}
        for n, (s, actor) in enumerate(steps)
    ]
    judged = world([call("a", 0)], tickets=[ticket], ticket_changes=changes)
    (issue,) = fct_issues(judged)
    assert issue.reopened_at == [after(4)]
    rows = company([call("a", 0)], tickets=[ticket], ticket_changes=changes)
    assert sums(rows, "first_contact_resolution_rate") == (0, 1, 1)
    assert sums(rows, "reopen_rate") == (1, 1, 1)
    assert sums(company([], tickets=[ticket], ticket_changes=changes[:3]), "reopen_rate")[0] == 0


def test_targets_exclude_younger_open_tickets() -> None:
    said: dict[str, Any] = {"kpi_id": "resolution_in_target_rate", "threshold_seconds": 86_400}
    targets = [list_row("kpi_targets", **said, scope_code="company", reason_code="bill")]
    told: dict[str, Any] = {"reason_code": "bill_high", "created_at": after()}
    tickets = [row("tickets", ticket_id="yes", resolved_at=after(1), **told)]
    tickets.append(row("tickets", ticket_id="late", resolved_at=after(1, 1), **told))
    tickets.append(row("tickets", ticket_id="open", **told))
    rows = company([], after(1), targets, tickets=tickets)
    assert sums(rows, "resolution_in_target_rate") == (1, 3, 3)
    young = company([], after(1, -0.5), targets, tickets=tickets)["resolution_in_target_rate"]
    assert (young["denominator"], young["open_window_count"]) == (2, 1)
    targets[0]["clock_code"] = "business"
    assert sums(company([], after(1), targets, tickets=tickets), "resolution_in_target_rate") == (
        0,
        0,
        3,
    )
    targets[0]["valid_from_date"] = date(2026, 3, 5)
    assert "resolution_in_target_rate" not in company([], after(1), targets, tickets=tickets)


def test_agreement_of_three_resolutions() -> None:
    legs = [call(f"c{n}", 0, customer_id=f"p{n}", is_resolved=n < 3) for n in range(4)]
    legs += [back("again", 1, customer_id="p0")]
    answers = [
        row("survey_answers", response_id=f"r{n}", question_code="resolved", contact_id=f"c{n}")
        | {"answer_text": text}
        for n, text in enumerate(["no", "Yes", "don't know", "no"])
    ]
    found = rpt_resolution_agreement(world(legs, survey_answers=answers))
    both = found["all", FIRST, "survey_declared"]
    assert (both["issue_count"], both["kappa_coefficient"]) == (3, Fraction(2, 5))
    assert found["all", FIRST, "declared_repeat"]["issue_count"] == 4
    assert kappa([(1, 1), (1, 1)]) is None
