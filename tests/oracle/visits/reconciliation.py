"""The oracle's reconciliation with what the switch itself says it counted."""

from datetime import date

from tests.oracle.centre.centre import current_versions
from tests.oracle.events import NOT_OFFERED
from tests.oracle.visits.events import ABANDONED, visits
from tests.oracle.world import World

ControlKey = tuple[str, str, date, str]


def rpt_reconciliations(world: World) -> dict[ControlKey, tuple[int, int | None]]:
    """Return (measured, counted) by (source, queue, local day, measure).

    Measures that are neither offered, answered nor abandoned, sources whose rows are not those
    of the world (`standard`), and days before its first visit have None. Without control totals
    there is no row.
    """
    key = ("checked_source_code", "queue_id", "measured_date", "measure_code")
    found: dict[ControlKey, tuple[int, int | None]] = {}
    first_day = min((leg.day for _, leg in visits(world)), default=date.max)
    for row in current_versions(world.tables.get("control_totals", []), key):
        outcomes = [
            leg.outcome
            for _, leg in visits(world)
            if leg.queue == row["queue_id"] and leg.day == row["measured_date"]
        ]
        counted = {
            "offered": sum(outcome not in NOT_OFFERED for outcome in outcomes),
            "answered": sum(outcome == "answered" for outcome in outcomes),
            "abandoned": sum(outcome in ABANDONED for outcome in outcomes),
        }
        is_seen = row["checked_source_code"] == "standard" and first_day <= row["measured_date"]
        own = counted.get(row["measure_code"]) if is_seen else None
        name = (
            row["checked_source_code"],
            row["queue_id"],
            row["measured_date"],
            row["measure_code"],
        )
        found[name] = (row["measured_count"], own)
    return found
