"""What is true of agent days: busy seconds of legs beside the delivered states."""

from typing import Any

import numpy as np

from simulation.centre import SITES, TEAMS, Columns
from simulation.draw.facts import NEVER
from simulation.draw.handling import World
from simulation.draw.presence import cells, handled_seconds, worked_legs
from simulation.draw.visits import chosen

STATES = ("logged_in", "idle", "paused", "paid", "planned", "absent")


def observe_presence(world: World, legs: Columns, days: Columns) -> dict[str, Any]:
    """Sums over the delivered agent days, in all and by site and team of the day.

    `busy_seconds` are talk, hold and wrap-up (0 where unknown) of legs without tests that were
    answered on those days, whatever their direction; `unknown_wrap_up_count` are those legs
    without a wrap-up. `other_busy_count` are legs of days that were not delivered yet.
    """
    rows = worked_legs(legs)
    rows = rows[~legs["is_test"][rows]]
    cell = cells(world, legs["agent"][rows], legs["day"][rows])
    own = cells(world, days["agent"], days["day"])
    place = np.searchsorted(own, cell)
    found = np.append(own, -1)[place] == cell
    rows, place = rows[found], place[found]
    work = handled_seconds(legs)[rows]
    ends = legs["answered"][rows] + work
    tomorrow = world.horizon.midnight(days["site"][place], days["day"][place] + 1)
    table = days | {
        "team": world.staff.team_on(days["agent"], days["day"]),
        "busy": np.bincount(place, weights=work, minlength=len(own)).astype(np.int64),
        "unknown": np.bincount(place, weights=legs["wrap_up_seconds"][rows] < 0,
                               minlength=len(own)).astype(np.int64),
    }  # fmt: skip
    return counted(table) | {
        "after_midnight_count": int((ends > tomorrow).sum()),
        "other_busy_count": int((~found).sum()),
        "by_site": {
            site.site_id: counted(chosen(table, table["site"] == code))
            for code, site in enumerate(SITES)
        },
        "by_team": {
            team.team_id: counted(chosen(table, table["team"] == code))
            for code, team in enumerate(TEAMS)
        },
    }


def counted(table: Columns) -> dict[str, int]:
    """Counts and sums of seconds of some agent days."""
    return {
        "agent_days_count": len(table["busy"]),
        "busy_seconds": int(table["busy"].sum()),
        "unknown_wrap_up_count": int(table["unknown"].sum()),
    } | {f"{name}_seconds": int(table[f"{name}_seconds"].sum()) for name in STATES}


def effective_seconds(legs: Columns) -> int:
    """Length of the union of each agent's spans of work: ∫ 1/k(t) dt over k contacts at once.

    Over answered legs with a known wrap-up, from the answer to the end of the wrap-up.
    """
    rows = np.flatnonzero((legs["agent"] >= 0) & (legs["wrap_up_seconds"] >= 0))
    agent, start = legs["agent"][rows].astype(np.int64), legs["answered"][rows]
    order = np.lexsort((start, agent))
    begins = (agent * NEVER + start)[order]
    ends = begins + handled_seconds(legs)[rows][order]
    covered = np.maximum.accumulate(np.append(np.int64(-1), ends))[:-1]
    return int(np.maximum(ends - np.maximum(begins, covered), 0).sum())
