"""Issues and their repeats, chained from contacts by the rules of the KPI dictionary (A14)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.calendars import DAY
from simulation.centre import ISSUE_GAP_SECONDS, ISSUES, SITES, Columns
from simulation.draw.facts import NEVER, issue_keys
from simulation.draw.visits import chosen

WINDOWS = (1, 3, 7, 14, 30)

Ints = NDArray[np.int64]


def observe_issues(facts: Columns, as_of: int) -> dict[str, Any]:
    """Issues of known customers by issue reason, and by customer alone (`any_reason`).

    A contact counts that asked for a person in a queue, in `with_menu` also one that ended before
    any queue without being served there.
    """
    asked = facts["is_inbound"] & facts["is_asked"]
    wanted = asked | (facts["is_inbound"] & facts["is_menu"])
    by_reason = issue_keys(facts["customer"], facts["issue"])
    issues = chain(facts, by_reason, asked)
    return counted(issues, as_of) | {
        "unknown_contacts_count": int((asked & facts["is_answered"] & (by_reason < 0)).sum()),
        "by_reason": {
            name: counted(chosen(issues, issues["issue"] == code), as_of)
            for code, name in enumerate(ISSUES)
        },
        "by_site": {
            site.site_id: counted(chosen(issues, issues["site"] == code), as_of)
            for code, site in enumerate(SITES)
        },
        "any_reason": counted(chain(facts, facts["customer"], asked), as_of),
        "with_menu": counted(chain(facts, by_reason, wanted), as_of),
    }


def chain(facts: Columns, keys: Ints, counts: NDArray[np.bool_]) -> Columns:
    """One row per issue that has an answered contact: the first of these begins it.

    `first_end` is the end of that contact, `pause` the seconds from it to the start of the next
    one (NEVER without), `repeats` how many follow; `issue` and `site` are those of the first.
    """
    rows = np.flatnonzero(counts & (keys >= 0))
    rows = rows[np.lexsort((rows, facts["started"][rows], keys[rows]))]
    if not len(rows):
        return {name: np.zeros(0, dtype=np.int64) for name in ("first_end", "pause", "repeats",
                                                               "issue", "site")}  # fmt: skip
    key, started, ended = keys[rows], facts["started"][rows], facts["ended"][rows]
    # Keys rise, so that the running maximum never carries over from one key to the next.
    latest = np.maximum.accumulate(key << 32 | ended)
    begins = np.r_[True, (key[1:] << 32 | started[1:]) - latest[:-1] > ISSUE_GAP_SECONDS]
    begins |= np.r_[True, key[1:] != key[:-1]]
    issue = np.cumsum(begins) - 1
    answered = np.flatnonzero(facts["is_answered"][rows])
    first = answered[np.r_[True, np.diff(issue[answered]) != 0]] if len(answered) else answered
    size = np.bincount(issue)
    after = np.cumsum(size)[issue[first]] - first - 1
    following = np.minimum(first + 1, len(rows) - 1)
    pause = np.where(after > 0, started[following] - ended[first], NEVER)
    return {
        "first_end": ended[first], "pause": pause, "repeats": after,
        "issue": facts["issue"][rows[first]], "site": facts["site"][rows[first]],
    }  # fmt: skip


def counted(issues: Columns, as_of: int) -> dict[str, Any]:
    """Issues, repeats, and by window in days the mature issues and those without a repeat in it."""
    found: dict[str, Any] = {
        "issues_count": len(issues["pause"]),
        "repeats_count": int(issues["repeats"].sum()),
        "repeated_issues_count": int((issues["repeats"] > 0).sum()),
    }
    for days in WINDOWS:
        mature = issues["first_end"] + days * DAY <= as_of
        found[f"within_{days}_days"] = {
            "mature_count": int(mature.sum()),
            "resolved_count": int((mature & (issues["pause"] > days * DAY)).sum()),
        }
    return found
