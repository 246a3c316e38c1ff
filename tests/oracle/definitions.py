"""Under which definition a row was computed, for the oracle: parameters that began by a day."""

from datetime import date

from tests.oracle.final import last_day
from tests.oracle.presence.reports import as_of_day
from tests.oracle.world import World

OFFERED = {
    "answer_rate",
    "abandonment_rate",
    "short_abandon_rate",
    "system_loss_rate",
    "average_wait_seconds",
}
PEOPLE = {
    "selfcare_success_rate",
    "selfcare_share",
    "digital_contact_rate",
    "selfcare_resolution_rate",
}
ISSUES = {
    "first_contact_resolution_rate",
    "average_issue_handle_seconds",
    "repeat_rate",
    "average_issue_contact_count",
}
PARAMETERS = {
    "service_level": {"service_level"},
    "resolution_in_target_rate": {"resolution_in_target_rate"},
    "short_abandon_rate": {"service_level"} | OFFERED | PEOPLE | ISSUES,
}
"""KPI of a threshold or policy -> the KPIs whose events it decides: who was offered, who asked."""


def definition_number(world: World, key: tuple[str, str, date, str, str]) -> int:
    """Return 1 and one more for each day on which a parameter began by the period's last day."""
    kpi_id, period, start, *_ = key
    until = as_of_day(world) if period == "all" else last_day(period, start)
    days = {
        row["valid_from_date"]
        for row in world.centre.targets
        if kpi_id in PARAMETERS.get(row["kpi_id"], ())
        and (row["threshold_seconds"] is not None or row["policy_code"] is not None)
        and row["valid_from_date"] is not None
    }
    return 1 + sum(day <= until for day in days)
