"""The oracle's agreement of three answers to whether the first contact was enough (A14)."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from tests.oracle.issues.issues import fct_issues
from tests.oracle.issues.resolution import HEADLINE
from tests.oracle.periods import in_periods
from tests.oracle.statistics.survival import kappa
from tests.oracle.surveys.responses import judged_answers
from tests.oracle.world import World

YES, NO = {"yes", "y", "oui", "true", "1"}, {"no", "n", "non", "false", "0"}
PAIRS = (("survey", "declared"), ("survey", "repeat"), ("declared", "repeat"))


def rpt_resolution_agreement(world: World) -> dict[tuple[str, date, str], dict[str, Any]]:
    """Return counts and plain kappa by (month or all, start, pair), on issues with both answers.

    The first word of a pair is the first answer: `survey` is the customer's about the first
    contact, don't knows out; `declared` its last declaration; `repeat` is yes where none came
    within 7 closed days.
    """
    said = survey_verdicts(world)
    units: list[tuple[date, str, tuple[int, int]]] = []
    for issue in fct_issues(world):
        at, first = issue.repeat_seconds, issue.first
        is_mature = world.is_closed(first.ended_at, HEADLINE)
        verdicts = {
            "survey": said.get(first.contact_id),
            "declared": None if first.declared is None else int(first.declared),
            "repeat": int(at is None or at > HEADLINE) if is_mature else None,
        }
        for a, b in PAIRS:
            one, other = verdicts[a], verdicts[b]
            if one is not None and other is not None:
                units.append((issue.day, f"{a}_{b}", (one, other)))
    first_day = min((issue.day for issue in fct_issues(world)), default=date.min)
    found: dict[tuple[str, date, str], dict[str, Any]] = {}
    for key, pairs in in_periods(units, ("month", "all"), first_day).items():
        seen = Counter(pairs)
        found[key] = {
            "issue_count": len(pairs),
            "both_yes_count": seen[1, 1],
            "first_yes_count": seen[1, 0],
            "second_yes_count": seen[0, 1],
            "both_no_count": seen[0, 0],
            "agreement_share": sum(a == b for a, b in pairs) / len(pairs),
            "kappa_coefficient": kappa(pairs),
        }
    return found


def survey_verdicts(world: World) -> dict[str, int]:
    """Return 1 (yes) or 0 (no) by contact; of several responses that count the last one."""
    found: dict[str, int] = {}
    answers = [answer for answer in judged_answers(world.tables) if answer.exclusion is None]
    for answer in sorted(
        answers, key=lambda a: (a.row["answered_at"] or datetime.min, a.row["response_id"])
    ):
        text = answer.row["answer_text"].strip().lower()
        is_asked = answer.row["question_code"] == "resolved" and answer.contact is not None
        if is_asked and text in YES | NO:
            found[answer.contact or ""] = int(text in YES)
    return found
