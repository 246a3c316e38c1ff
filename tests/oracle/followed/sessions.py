"""Selfcare sessions as the oracle sees them, and whose words count as selfcare or digital."""

from dataclasses import dataclass
from datetime import date, datetime

from tests.oracle.centre.centre import UNASSIGNED, Centre, Row, current_versions


@dataclass(frozen=True)
class Session:
    """One started task. `is_escalated` None means that nobody knows."""

    session_id: str
    customer: str | None
    channel: str
    issue_reason: str | None
    site: str
    started_at: datetime
    ended_at: datetime | None
    day: date
    is_completed: bool | None
    is_escalated: bool | None
    sent_by: str | None
    sent_at: datetime | None
    keys: dict[str, str]


def judged_sessions(rows: list[Row], centre: Centre) -> list[Session]:
    """Return the sessions in order of start and id."""
    found = [judged_session(row, centre) for row in current_versions(rows, ("session_id",))]
    return sorted(found, key=lambda session: (session.started_at, session.session_id))


def judged_session(row: Row, centre: Centre) -> Session:
    """Return one session with its owners and local day."""
    site = row["site_id"] or centre.site
    keys = {
        "company": "company",
        "site": site,
        "queue": UNASSIGNED,
        "channel": centre.channel(row["channel_code"]) or UNASSIGNED,
        "reason": row["reason_code"] or UNASSIGNED,
    }
    return Session(
        session_id=row["session_id"],
        customer=row["customer_id"],
        channel=keys["channel"],
        issue_reason=centre.issue_reason(row["reason_code"]),
        site=site,
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        day=centre.local_day(row["started_at"], site),
        is_completed=row["is_completed"],
        is_escalated=True if row["contact_id"] is not None else row["is_escalated"],
        sent_by=row["sent_by_contact_id"],
        sent_at=row["sent_at"],
        keys=keys,
    )
