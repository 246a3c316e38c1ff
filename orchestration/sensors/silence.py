"""The alert of a day on which nothing arrived."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import dagster as dg

from orchestration.alerts import is_wanted, send
from orchestration.alerts.absence import absence
from orchestration.home import Home
from orchestration.landing import ledger
from orchestration.settings import read_settings


def nothing_arrived(home: Home) -> dg.SensorDefinition:
    """The sensor `nothing_arrived`: at most one alert for each local day."""

    @dg.sensor(
        name="nothing_arrived",
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description=(
            "Sends an alert when no delivery landed on a day until the time of "
            "[alerts] nothing_by in settings.toml."
        ),
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        settings = read_settings(home)
        alerts, zone = settings.alerts, settings.home.zone
        if alerts.nothing_by is None or not is_wanted(alerts):
            return dg.SkipReason("settings.toml asks for no such alert.")
        now = datetime.now(UTC)
        today = now.astimezone(ZoneInfo(zone)).date().isoformat()
        if context.cursor == today:
            return dg.SkipReason("The alert of today was sent.")
        alert = absence(ledger.read(home), now, zone, alerts.nothing_by, alerts.weekdays)
        if alert is None:
            return dg.SkipReason("Something arrived today, or nothing is due yet.")
        send(home, alerts, alert)
        context.update_cursor(today)
        return dg.SkipReason(f"Sent: {alert.title}.")

    return sensor
