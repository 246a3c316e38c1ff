"""Rows of the transactional tables beside the legs, as Arrow tables of the standard source."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from simulation.centre import ISSUES, QUEUES, REASON_CODES, SITES, Columns
from simulation.draw.sales import PRODUCTS
from simulation.draw.selfcare import SESSION_CHANNELS
from simulation.draw.tickets import ACTORS, PRIORITIES, STATUSES
from simulation.write.controls import MEASURES
from simulation.write.tables import constant, flags, ids, instants, numbers, words

SITE_IDS = [site.site_id for site in SITES]
QUEUE_IDS = [queue.queue_id for queue in QUEUES]
SECONDS = ("logged_in", "idle", "paused", "paid", "planned", "absent")

Ints = NDArray[np.int64]


def dates(days: Ints) -> pa.Array:
    """Days since 1970-01-01 as dates."""
    return pa.array(days.astype(np.int32)).cast(pa.date32())


def reasons(codes: Ints) -> pa.Array:
    """Codes of declared reasons; -1 is null."""
    return words(np.where(codes >= 0, codes + len(ISSUES), -1), REASON_CODES)


def amounts(cents: Ints) -> pa.Array:
    """Cents as decimal(18,2)."""
    # The same digits, read with two of them after the point: no amount passes through a float.
    digits = pa.array(cents, pa.int64()).cast(pa.decimal128(19, 0))
    return pa.Array.from_buffers(pa.decimal128(18, 2), len(cents), digits.buffers())


def sessions_table(rows: Columns) -> pa.Table:
    """The raw table selfcare_sessions."""
    return pa.table({
        "session_id": ids("session", rows["number"], 8),
        "customer_id": ids("customer", rows["customer"], 6, 0),
        "channel_code": words(rows["channel"], SESSION_CHANNELS),
        "reason_code": reasons(rows["reason"]),
        "site_id": words(rows["site"], SITE_IDS),
        "started_at": instants(rows["started"]),
        "ended_at": instants(rows["ended"]),
        "is_completed": flags(rows["completed"]),
        "is_escalated": flags(rows["escalated"]),
        "contact_id": ids("contact", rows["contact"], 9),
        "sent_by_contact_id": ids("contact", rows["sent_by"], 9),
        "sent_by_agent_id": ids("agent", rows["sent_agent"], 4),
        "sent_at": instants(rows["sent"]),
        "updated_at": instants(rows["updated"]),
    })  # fmt: skip


def agent_days_table(rows: Columns) -> pa.Table:
    """The raw table agent_days."""
    return pa.table({
        "agent_id": ids("agent", rows["agent"], 4),
        "work_date": dates(rows["day"]),
        **{f"{name}_seconds": numbers(rows[f"{name}_seconds"], pa.int64()) for name in SECONDS},
        "updated_at": instants(rows["updated"]),
    })  # fmt: skip


def sales_table(rows: Columns) -> pa.Table:
    """The raw table sales."""
    return pa.table({
        "sale_id": ids("sale", rows["number"], 7),
        "contact_id": ids("contact", rows["contact"], 9),
        "customer_id": ids("customer", rows["customer"], 6, 0),
        "agent_id": ids("agent", rows["agent"], 4),
        "product_code": words(rows["product"], PRODUCTS),
        "sold_at": instants(rows["sold"]),
        "cancelled_at": instants(rows["cancelled"]),
        "sale_amount": amounts(rows["cents"]),
        "updated_at": instants(rows["updated"]),
    })  # fmt: skip


def controls_table(rows: Columns) -> pa.Table:
    """The raw table control_totals."""
    return pa.table({
        "checked_source_code": constant("standard", len(rows["queue"])),
        "queue_id": words(rows["queue"], QUEUE_IDS),
        "measured_date": dates(rows["day"]),
        "measure_code": words(rows["measure"], MEASURES),
        "measured_count": numbers(rows["count"], pa.int64()),
        "updated_at": instants(rows["updated"]),
    })  # fmt: skip


def tickets_table(rows: Columns) -> pa.Table:
    """The raw table tickets."""
    return pa.table({
        "ticket_id": ids("ticket", rows["number"], 7),
        "contact_id": ids("contact", rows["contact"], 9),
        "customer_id": ids("customer", rows["customer"], 6, 0),
        "queue_id": words(rows["queue"], QUEUE_IDS),
        "reason_code": reasons(rows["reason"]),
        "priority_code": words(rows["priority"], PRIORITIES),
        "created_at": instants(rows["created"]),
        "first_human_reply_at": instants(rows["reply"]),
        "resolved_at": instants(rows["resolved"]),
        "updated_at": instants(rows["updated"]),
    })  # fmt: skip


def changes_table(rows: Columns) -> pa.Table:
    """The raw table ticket_changes."""
    return pa.table({
        "ticket_id": ids("ticket", rows["ticket"], 7),
        "changed_at": instants(rows["changed"]),
        "status_code": words(rows["status"], STATUSES),
        "actor_kind_code": words(rows["actor"], ACTORS),
        "updated_at": instants(rows["updated"]),
    })  # fmt: skip


TABLES = {
    "selfcare_sessions": ("number", sessions_table),
    "agent_days": ("agent", agent_days_table),
    "sales": ("number", sales_table),
    "control_totals": ("queue", controls_table),
    "tickets": ("number", tickets_table),
    "ticket_changes": ("ticket", changes_table),
}
"""By raw table: the column that orders rows of one instant, and how rows become a table."""
