"""An independent computation of the KPIs in plain Python, slow and obvious.

It is written from the KPI dictionary alone and shares nothing with the warehouse's SQL.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from tests.oracle.centre.centre import Row
from tests.oracle.contacts.handled import selfcare_events, transfer_events
from tests.oracle.definitions import definition_number
from tests.oracle.events import Event, csat_events, leg_events, resolution_events
from tests.oracle.final import is_final
from tests.oracle.followed.events import (
    contact_events,
    digital_events,
    session_events,
)
from tests.oracle.followed.promotions import promotion_events
from tests.oracle.followed.sales import sale_events
from tests.oracle.issues.resolution import issue_events
from tests.oracle.kpis import KPIS
from tests.oracle.lacking import lacking_reason
from tests.oracle.presence.agent_days import agent_day_events
from tests.oracle.statistics.changes import compare_with_previous
from tests.oracle.statistics.estimates import estimate
from tests.oracle.statistics.suppression import suppress
from tests.oracle.tickets.events import target_events, ticket_events
from tests.oracle.visits.events import visit_events
from tests.oracle.visits.service import service_events
from tests.oracle.world import World, judged_world, periods

Key = tuple[str, str, date, str, str]


def kpi_values(
    tables: dict[str, list[Row]],
    lists: dict[str, list[Row]],
    zone: str,
    site: str,
    as_of: datetime | None = None,
    kpi_ids: set[str] | None = None,
) -> dict[Key, dict[str, Any]]:
    """Return every KPI row by (kpi_id, period_code, period_start_date, scope_code, scope_id).

    `tables` are delivered rows of the standard source, `lists` those of the centre, `zone` and
    `site` the home's defaults. Instants are naive UTC. Without `as_of` it is the latest
    instant of the past that the rows tell. Numerators are int (counts, seconds) or Decimal (sums of
    scores, money).
    Besides the value a row has `squares` (means only), `eligible_count` of events whether their
    inputs are known or not, `open_window_count` of events that wait for their window, and
    `is_final`, None where the oracle does not say. Cells with waiting events only have no row, but
    the company over everything always has one; `kpi_ids` leaves out the other KPIs. `lacks` of a
    row are the columns that its file had not.
    """
    world = judged_world(tables, lists, zone, site, as_of)
    events = list(all_events(world))
    first_day = first_known_day(world, events)
    cells: dict[Key, list[Event]] = defaultdict(list)
    waiting: Counter[Key] = Counter()
    changing: Counter[Key] = Counter()
    for event in events:
        if kpi_ids is not None and event.kpi_id not in kpi_ids:
            continue
        for period, start in periods(event.day, first_day):
            if period == "day" and KPIS[event.kpi_id].is_emotional:
                continue
            for scope, member in event.keys.items():
                key = (event.kpi_id, period, start, scope, member)
                changing[key] += event.is_open or event.may_change
                if event.is_open:
                    waiting[key] += 1
                else:
                    cells[key].append(event)
    amounts = {
        key: [event.amount for event in found if event.amount is not None]
        for key, found in cells.items()
    }
    wanted = set(KPIS) if kpi_ids is None else kpi_ids
    lacking = {kpi_id: lacking_reason(kpi_id, tables, lists) for kpi_id in wanted}
    for kpi_id in wanted:  # the company says why there is no figure
        cells.setdefault((kpi_id, "all", first_day, "company", "company"), [])
    rows = {
        key: estimate(KPIS[key[0]], found, waiting[key], lacking[key[0]])
        for key, found in cells.items()
    }
    for key, row in rows.items():
        row["is_final"] = is_final(world, key, changing[key])
        row["definition_number"] = definition_number(world, key)
    suppress(rows)
    estimators = {kpi_id: kpi.estimator for kpi_id, kpi in KPIS.items()}
    # An arrow on a handful of answers would be noise: the page wants at least 30 of them.
    tested = {
        kpi_id: 1 if kpi.estimator == "proportion" and not kpi.is_emotional else 30
        for kpi_id, kpi in KPIS.items()
    }
    compare_with_previous(rows, amounts, estimators, tested)
    return rows


def all_events(world: World) -> Iterator[Event]:
    """Yield the events of every KPI."""
    yield from first_events(world)
    for events in (
        visit_events,
        service_events,
        transfer_events,
        selfcare_events,
        promotion_events,
        contact_events,
        sale_events,
        session_events,
        digital_events,
        issue_events,
        ticket_events,
        target_events,
        agent_day_events,
    ):
        yield from events(world)


def first_events(world: World) -> Iterator[Event]:
    """Yield the events of answers, handle times, declared resolutions and satisfaction."""
    yield from leg_events(world.legs)
    yield from resolution_events(world.legs)
    yield from csat_events(world.tables, world.legs)


def first_known_day(world: World, events: list[Event]) -> date:
    """Return the day from which `all` runs: of the first leg, day or other event of any kind."""
    days = [event.day for event in events]
    days += [leg.day for legs in world.legs.values() for leg in legs if leg.is_inbound]
    return min(days, default=date.min)
