"""Deliveries of one row: repeated, corrected, with ties of every kind."""

from datetime import date, timedelta
from random import Random

from tests.histories.centre import Mood, chance
from tests.histories.rows import Row, hashed


def redelivered(rng: Random, mood: Mood, row: Row, corrections: list[Row]) -> list[Row]:
    """Return the deliveries of a row: repeated, corrected, with ties of every kind."""
    rows = [row]
    if chance(rng, mood.rare_percent):
        later = date(2026, 12, 1) if chance(rng, 50) else None
        rows.append(row | {"delivered_date": later})
    if corrections and chance(rng, mood.rare_percent):
        corrected = row | rng.choice(corrections)
        kind = rng.randint(0, 3)
        stamp = row["updated_at"]
        if kind == 0 and stamp is not None:
            corrected["updated_at"] = stamp + timedelta(hours=1)
        elif kind == 1:
            corrected["updated_at"] = None
        elif kind == 2:
            corrected["delivered_date"] = date(2026, 12, 2)
        # Else a tie in both, which the hash decides.
        rows.append(hashed(corrected))
    return rows


def leg_corrections(row: Row) -> list[Row]:
    """Return what a later delivery of a leg may say instead: another day, outcome, reason."""
    shifts = [timedelta(days=1), timedelta(days=-7)]
    instants = ("contact_started_at", "entered_at", "answered_at", "ended_at")
    changed = [{at: row[at] and row[at] + shift for at in instants} for shift in shifts]
    moved = {"queue_id": "q3", "channel_code": "chat"}
    changed.append(moved | {"reason_code": "bill_late", "wrap_up_seconds": 500})
    changed.append({"is_resolved": False, "talk_seconds": None, "site_id": "far"})
    end = row["ended_at"]
    if row["outcome_code"] in ("abandoned", "voicemail") and end is not None:
        changed.append({"outcome_code": "answered", "answered_at": end, "agent_id": "a1"})
    elif row["outcome_code"] == "answered":
        changed.append({"outcome_code": "abandoned", "answered_at": None})
        changed.append({"outcome_code": None, "answered_at": None, "ended_at": None})
    return changed


def misdated(rows: list[Row]) -> list[Row]:
    """Return an older version of one leg that had it two months before: a date typed wrong."""
    instants = ("contact_started_at", "entered_at", "answered_at", "ended_at")
    for row in rows:
        if row["updated_at"] is not None:
            early = {at: row[at] and row[at] - timedelta(days=61) for at in instants}
            stamp = {"updated_at": row["updated_at"] - timedelta(minutes=1)}
            return [hashed(row | early | stamp)]
    return []


LACKING = [
    ("outcome_code",),
    ("transfer_kind_code", "transferred_at"),
    ("transferred_at",),
    ("sent_to_channel_code", "promoted_channel_code"),
    ("is_resolved", "customer_id"),
]
"""Columns that a file of contact legs may lack."""


def without_columns(rng: Random, rows: list[Row], percent: int) -> list[Row]:
    """Return rows of legs of which some come in files whose header lacks columns (`lacks`).

    All versions of a leg come in files of one kind, so that nothing but the rows decides.
    """
    chosen: dict[tuple[str, int], tuple[str, ...]] = {}
    found = []
    for row in rows:
        key = (row["contact_id"], row["leg_number"])
        if key not in chosen:
            chosen[key] = rng.choice(LACKING) if chance(rng, percent) else ()
        lacks = chosen[key]
        found.append(hashed(row | dict.fromkeys(lacks)) | {"lacks": lacks} if lacks else row)
    return found
