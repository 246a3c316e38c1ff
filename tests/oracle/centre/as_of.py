"""How far the deliveries of a home reach, as the oracle sees it: no clock on the wall is asked."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.oracle.centre.centre import Row

PAST = {
    "contact_legs": "contact_started_at entered_at answered_at transferred_at ended_at",
    "survey_invitations": "sent_at delivered_at opened_at",
    "survey_answers": "started_at answered_at completed_at",
    "selfcare_sessions": "sent_at started_at ended_at",
    "sales": "sold_at",
    "tickets": "created_at first_human_reply_at resolved_at",
    "ticket_changes": "changed_at",
}
"""What a row tells of its past; promises, plans and days of validity are none."""


def latest_instant(tables: dict[str, list[Row]], zone: str) -> datetime | None:
    """Return the latest instant of the past of every delivered row, None if there is none.

    A row that was updated is known up to then, another one up to its latest event. Older versions
    count too: they were accepted.
    """
    found: list[datetime] = []
    for table, rows in tables.items():
        for row in rows:
            instants = [row["updated_at"]] if row["updated_at"] else events_of(table, row, zone)
            found += [instant for instant in instants if instant is not None]
    return max(found, default=None)


def events_of(table: str, row: Row, zone: str) -> list[datetime | None]:
    """Return the events that a row tells of.

    An agent's day is over at the home's midnight if they were there; a sale may be cancelled from
    a day to come.
    """
    found = [row[column] for column in PAST.get(table, "").split()]
    if table == "agent_days":
        parts = ("logged_in_seconds", "idle_seconds", "paused_seconds")
        if any(row[part] for part in parts):
            day = row["work_date"] + timedelta(days=1)
            midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
            found.append(midnight.astimezone(UTC).replace(tzinfo=None))
    elif table == "sales" and row["cancelled_at"] and row["delivered_date"]:
        is_past = row["cancelled_at"].date() <= row["delivered_date"]
        found.append(row["cancelled_at"] if is_past else None)
    return found
