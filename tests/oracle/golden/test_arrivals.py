"""The oracle on what arrives: the customer's view, half hours, transfers."""

from datetime import date

import pytest

from tests.oracle.golden.rows import NOON, after, company, gone, leg, sums, world
from tests.oracle.visits.queue_intervals import agg_queue_intervals, half_hours
from tests.oracle.visits.service import rpt_service_levels


def test_a_consult_transfer_is_one_contact_and_two_visits() -> None:
    legs = [leg("c1", transfer_kind_code="consult", transferred_at=after(seconds=70))]
    legs.append(leg("c1", 2, queue_id="q2", agent_id="a2"))
    rows = company(legs)
    assert sums(rows, "answer_rate") == (2, 2, 2)
    assert sums(rows, "transfer_rate") == (1, 2, 2) == sums(rows, "consult_transfer_rate")
    assert sums(rows, "wrong_queue_rate") == (1, 2, 2)  # 60 s after the answer
    assert sums(rows, "transferred_contact_rate") == (1, 1, 1)
    assert sums(rows, "accessibility_rate") == (1, 1, 1)


def test_external_transfers_are_not_the_customers_and_instants_may_lack() -> None:
    said = {"transfer_kind_code": "external"}
    legs = [leg("a", **said, transferred_at=after(seconds=71)), leg("b", **said)]
    rows = company(legs)
    assert sums(rows, "transferred_contact_rate") == (0, 2, 2)
    assert sums(rows, "wrong_queue_rate") == (0, 1, 2)
    assert sums(rows, "external_transfer_rate") == (2, 2, 2)


def test_the_customers_view_holds_what_never_reached_a_queue() -> None:
    outcomes = ["dissuaded", "closed", "ivr_abandoned", "ivr_only", "abandoned"]
    legs = [leg(name, outcome_code=name, queue_id=None) for name in outcomes[:4]]
    legs += [gone("short", 2), leg("ok"), leg("ok", 2, outcome_code="closed", queue_id=None)]
    legs.append(leg("open", outcome_code=None, answered_at=None, ended_at=None))
    rows = company(legs)
    assert sums(rows, "accessibility_rate") == (1, 5, 6)  # the lost record is missing
    assert sums(rows, "dissuasion_rate") == (2, 5, 6)
    early = company(legs, as_of=after(seconds=200))
    assert sums(early, "accessibility_rate") == (1, 5, 5)


@pytest.mark.parametrize(("day", "count"), [((10, 25), 50), ((3, 29), 46), ((3, 30), 48)])
def test_half_hours_of_the_days_when_clocks_change(day: tuple[int, int], count: int) -> None:
    local = date(2026, *day)
    judged = world([leg("c")])
    starts = half_hours(judged.centre, local, "main")
    assert len(starts) == count == len({label for _, label in starts})
    legs = [leg(f"c{n}", entered_at=start) for n, (start, _) in enumerate(starts)]
    judged = world(legs)
    cells = agg_queue_intervals(judged)
    assert len(cells) == count
    total = sum(cell["offered_count"] for cell in cells.values())
    rows = rpt_service_levels(judged)
    assert total == rows[local, "q1", "SL_NEG"]["denominator"]


def test_an_interval_without_an_offered_visit_has_no_rate() -> None:
    cells = agg_queue_intervals(world([gone("c", 3)]))
    ((key, cell),) = cells.items()
    assert key == (NOON, "main", "q1")
    assert (cell["offered_count"], cell["short_abandon_count"]) == (0, 1)
    assert cell["abandoned_within_count"] == 1
    assert "answer_rate" not in company([gone("c", 3)])
