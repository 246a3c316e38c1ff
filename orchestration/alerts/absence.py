"""When it is noticed that nothing arrived."""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from orchestration.alerts.message import Alert
from orchestration.landing.ledger import DeliveryRecord
from orchestration.settings_alerts import WEEKDAYS


def absence(
    records: Iterable[DeliveryRecord],
    now: datetime,
    zone: str,
    deadline: str,
    weekdays: Iterable[str],
) -> Alert | None:
    """An alert if no delivery landed on the local day of `now` (an instant with a zone) so far.

    `deadline` is a local time such as "10:00", before which nothing is missed; a day that is
    none of `weekdays` expects nothing. A refused file is no delivery.
    """
    local = now.astimezone(ZoneInfo(zone))
    is_late = local.time() >= time.fromisoformat(deadline)
    if not is_late or WEEKDAYS[local.weekday()] not in weekdays:
        return None
    landed = [_landed_date(one, zone) for one in records if one.verdict_code != "refused"]
    if local.date() in landed:
        return None
    before = [day for day in landed if day < local.date()]
    last = f"The last delivery landed on {max(before)}." if before else "None ever landed."
    return Alert(
        kind_code="nothing_arrived",
        title=f"nothing arrived by {deadline}",
        lines=(f"No new delivery landed on {local.date()} until {deadline} ({zone}).", last),
        facts={
            "expected_date": local.date().isoformat(),
            "deadline": deadline,
            "last_landed_date": max(before).isoformat() if before else None,
        },
    )


def _landed_date(record: DeliveryRecord, zone: str) -> date:
    return datetime.fromisoformat(record.landed_at).astimezone(ZoneInfo(zone)).date()
