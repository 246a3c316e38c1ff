"""The agents of a random centre: their assignments and their days."""

from datetime import date, datetime, timedelta
from random import Random

from tests.histories.centre import Mood, chance
from tests.histories.deliveries import redelivered
from tests.histories.rows import Row, delivered_row


def agent_rows(rng: Random, mood: Mood) -> list[Row]:
    """Return dated assignments: moved teams, gaps, overlaps, no team, corrected deliveries."""
    start, switch_day = date(2026, 1, 1), mood.switch_at.date()
    rows: list[Row] = []
    for number in range(1, mood.agent_count + 1):
        spans: list[tuple[date, date | None, str | None]]
        kind = rng.randint(0, 4)
        if kind == 0:
            spans = [(start, None, "t1")]
        elif kind == 1:  # moved on the day of the switch; the last old day is inclusive
            spans = [(start, switch_day - timedelta(days=1), "t1"), (switch_day, None, "t2")]
        elif kind == 2:  # the older assignment was never closed
            spans = [(start, None, "t1"), (switch_day, None, "t2")]
        elif kind == 3:  # a gap of one day
            spans = [(start, switch_day - timedelta(days=1), "t2")]
            spans.append((switch_day + timedelta(days=1), None, "t3"))
        else:
            spans = [(start, None, None)]
        for since, until, team in spans:
            said = {"agent_id": f"a{number}", "valid_from_date": since, "site_id": "main"}
            said |= {"valid_to_date": until, "team_id": team}
            if team == "t3" or (kind == 0 and number % 2 == 0):
                said["left_date"] = switch_day + timedelta(days=number)
            rows.append(delivered_row("agents", **said, updated_at=datetime(2026, 1, 2)))
            if chance(rng, mood.rare_percent):
                said |= {"team_id": rng.choice(["t3", "t1"])}
                stamp = rng.choice([datetime(2026, 1, 2), None, datetime(2026, 1, 3)])
                rows.append(delivered_row("agents", **said, updated_at=stamp))
    return rows


def agent_day_rows(rng: Random, mood: Mood) -> list[Row]:
    """Return days of every agent around the switch: holes, null parts, too little time to be true.

    Some days hold exactly as many idle seconds as fit beside no work, or a second too many.
    """
    rows: list[Row] = []
    for number in range(1, mood.agent_count + 1):
        for shift in range(-mood.before_days - 1, mood.after_days + 2):
            if chance(rng, 15):
                continue
            logged_in, idle, paid, planned = 28_800, 3_600, 28_800, 28_800
            if chance(rng, 2 * mood.rare_percent):
                logged_in = rng.choice([28_800, 600, None])
                idle = rng.choice([0, 28_860, 28_861, None])
                paid = rng.choice([None, 28_800, 0])
                planned = rng.choice([0, None])
            day = mood.switch_at.date() + timedelta(days=shift)
            row = delivered_row(
                "agent_days",
                agent_id=f"a{number}",
                work_date=day,
                logged_in_seconds=logged_in,
                idle_seconds=idle,
                paid_seconds=paid,
                planned_seconds=planned,
                paused_seconds=None if logged_in is None else 600 * number,
                absent_seconds=None if planned is None else rng.choice([0, 0, planned, 1_800]),
                updated_at=datetime(2026, 1, 2),
            )
            rows += redelivered(rng, mood, row, [{"idle_seconds": 7_200}, {"paid_seconds": 1}])
    return rows
