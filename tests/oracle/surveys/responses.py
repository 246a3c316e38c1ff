"""Answers of customers as the oracle judges them (C1): versions, completeness, first responses."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.oracle.centre.centre import Row, current_versions

WINDOW = timedelta(days=14)
REQUIRED = {"csat"}
Key = tuple[str, str]


@dataclass(frozen=True)
class Answer:
    """The version of an answered question that counts, else its latest one.

    `exclusion` is late, partial or repeated, None where the answer counts. `versions` are all
    that were delivered, from the first to the last, the late ones apart.
    """

    row: Row
    contact: str | None
    exclusion: str | None
    versions: tuple[Row, ...]
    late_versions: tuple[Row, ...]


def judged_answers(tables: dict[str, list[Row]]) -> list[Answer]:
    """Return every answered question, skipped ones left out."""
    invitations = {
        row["invitation_id"]: row
        for row in current_versions(tables.get("survey_invitations", []), ("invitation_id",))
    }
    delivered: dict[Key, list[Row]] = defaultdict(list)
    for row in tables.get("survey_answers", []):
        delivered[row["response_id"], row["question_code"]].append(row)
    in_time: dict[Key, list[Row]] = {}
    late: dict[Key, list[Row]] = {}
    for key, versions in delivered.items():
        for found in (in_time, late):
            found[key] = []
        for row in sorted(versions, key=_rank):
            (late if _is_late(row, invitations) else in_time)[key].append(row)
    chosen = {key: (in_time[key] or late[key])[-1] for key in delivered}
    completed = _completed({key: row for key, row in chosen.items() if in_time[key]})
    first: dict[tuple[Any, ...], tuple[datetime, str]] = {}
    for key, row in chosen.items():
        if in_time[key] and row["answer_text"] is not None and key[0] in completed:
            group = _group(row, _contact(row, invitations))
            mine = (completed[key[0]], key[0])
            first[group] = min(mine, first.get(group, mine))
    answers: list[Answer] = []
    for key, row in chosen.items():
        contact, exclusion = _contact(row, invitations), None
        if not in_time[key]:
            exclusion = "late"
        elif key[0] not in completed:
            exclusion = "partial"
        elif row["answer_text"] is not None and first[_group(row, contact)][1] != key[0]:
            exclusion = "repeated"
        if row["answer_text"] is not None:
            answers.append(Answer(row, contact, exclusion, tuple(in_time[key]), tuple(late[key])))
    return answers


def _rank(row: Row) -> tuple[Any, ...]:
    return row["updated_at"] or datetime.min, str(row["delivered_date"] or ""), row["row_hash"]


def _is_late(row: Row, invitations: dict[str, Row]) -> bool:
    sent = invitations.get(row["invitation_id"], {}).get("sent_at")
    said = row["updated_at"] or row["completed_at"] or row["answered_at"]
    return sent is not None and said is not None and said > sent + WINDOW


def _contact(row: Row, invitations: dict[str, Row]) -> str | None:
    return row["contact_id"] or invitations.get(row["invitation_id"], {}).get("contact_id")


def _completed(rows: dict[Key, Row]) -> dict[str, datetime]:
    """Return when each complete response was completed, at the end of time if nobody knows."""
    responses: dict[str, list[Row]] = defaultdict(list)
    for row in rows.values():
        responses[row["response_id"]].append(row)
    found: dict[str, datetime] = {}
    for response, own in responses.items():
        said = [row["is_complete"] for row in own if row["is_complete"] is not None]
        skipped = [r for r in own if r["question_code"] in REQUIRED and r["answer_text"] is None]
        if any(said) if said else not skipped:
            found[response] = _latest(own)
    return found


def _latest(rows: list[Row]) -> datetime:
    for name in ("completed_at", "answered_at", "updated_at"):
        known = [row[name] for row in rows if row[name] is not None]
        if known:
            return max(known)
    return datetime.max


def _group(row: Row, contact: str | None) -> tuple[Any, ...]:
    invitation = row["invitation_id"]
    if invitation is not None:
        return "invited", invitation, contact
    if contact is not None:
        return "contact", contact, row["question_code"]
    return "alone", row["response_id"]
