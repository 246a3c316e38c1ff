"""What the centre aims at: the rows of its list of targets and thresholds."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.centre import (
    LIVE,
    QUEUES,
    REASONS,
    SERVICE_LEVEL_SECONDS,
    SHORT_ABANDON_SECONDS,
)
from simulation.draw.tickets import PRIORITIES

REPLY_TARGET_SECONDS = 86_400
RESOLUTION_KPI_ID = "resolution_in_target_rate"
RESOLUTION_DAYS = {"billing": 2, "delivery": 3, "technical": 1, "contract": 4}
BUSINESS_ISSUES = ("technical",)
SINCE = "2020-01-01"

Row = Sequence[Any]


def targets() -> tuple[Row, list[Row]]:
    """Targets of the company, of queues and of reasons; empty cells are not limited."""
    rows: list[Row] = [
        ("answer_rate", "company", "", "", "", SINCE, 0.92, 0.75, "", "", ""),
        ("average_speed_of_answer_seconds", "channel", "phone", "", "", SINCE, 25, 90, "", "", ""),
        ("average_handle_seconds", "company", "", "", "", SINCE, 450, 700, "", "", ""),
        ("csat_score", "company", "", "", "", SINCE, 75, 50, "", "", ""),
        ("csat_top_box_rate", "company", "", "", "", SINCE, 0.75, 0.5, "", "", ""),
        ("short_abandon_rate", "company", "", "", "", SINCE, "", "", SHORT_ABANDON_SECONDS, "", ""),
    ]
    for queue in QUEUES:
        is_live = queue.channel in LIVE
        seconds = SERVICE_LEVEL_SECONDS if is_live else REPLY_TARGET_SECONDS
        clock = "calendar" if is_live else "business"
        rows.append(("service_level", "queue", queue.queue_id, "", "", SINCE, 0.8, 0.6, seconds,
                     clock, "SL_SHORT_EXCL"))  # fmt: skip
    rows += [
        ("average_handle_seconds", "company", "", r.reason_code, "", SINCE,
         round(1.35 * r.talk_seconds), round(2 * r.talk_seconds), "", "", "")
        for r in REASONS
    ]  # fmt: skip
    limits, clocks = resolution_targets(), resolution_clocks()
    for code, reason in enumerate(REASONS):
        for number, priority in enumerate(PRIORITIES):
            rows.append((
                RESOLUTION_KPI_ID, "company", "", reason.reason_code, priority, SINCE, 0.85, 0.6,
                int(limits[code, number]), "business" if clocks[code] else "calendar", "",
            ))  # fmt: skip
    return (
        "kpi_id", "scope_code", "scope_id", "reason_code", "priority_code", "valid_from_date",
        "target", "floor", "threshold_seconds", "clock_code", "policy_code",
    ), rows  # fmt: skip


def resolution_targets() -> NDArray[np.int64]:
    """Seconds to the first resolution, by reason and priority; urgent tickets have half."""
    days = np.array([RESOLUTION_DAYS[reason.issue_reason_code] for reason in REASONS])
    return days[:, None] * np.array([86_400, 43_200])


def resolution_clocks() -> NDArray[np.bool_]:
    """Whether the target of a reason runs on the queue's business clock."""
    return np.array([reason.issue_reason_code in BUSINESS_ISSUES for reason in REASONS])
