"""Rows of the standard source with every column that its tables carry, absent ones null."""

import hashlib
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]

KEYS = {
    "contact_legs": ("contact_id", "leg_number"),
    "agents": ("agent_id", "valid_from_date"),
    "survey_invitations": ("invitation_id",),
    "survey_answers": ("response_id", "question_code"),
    "selfcare_sessions": ("session_id",),
    "agent_days": ("agent_id", "work_date"),
    "sales": ("sale_id",),
    "tickets": ("ticket_id",),
    "ticket_changes": ("ticket_id", "changed_at"),
    "control_totals": ("checked_source_code", "queue_id", "measured_date", "measure_code"),
}
COLUMNS = {
    "contact_legs": """contact_id leg_number customer_id direction_code channel_code queue_id
        site_id entry_reason_code agent_id reason_code outcome_code actor_kind_code is_test
        contact_started_at entered_at answered_at ended_at wait_seconds talk_seconds hold_seconds
        wrap_up_seconds unanswered_ring_count ring_seconds transfer_kind_code transferred_at
        is_callback_offered callback_of_contact_id callback_promised_at callback_attempt_number
        sent_to_channel_code promoted_channel_code is_resolved sentiment_code sentiment_score
        language_code country_code recording_text""",
    "agents": """agent_id team_id site_id valid_from_date valid_to_date left_date
        weekly_contract_seconds""",
    "survey_invitations": """invitation_id contact_id customer_id survey_code wave_code
        nps_type_code channel_code sent_at delivered_at opened_at suppressed_reason_code""",
    "survey_answers": """response_id question_code invitation_id contact_id scale_code
        wording_code language_code country_code answer_text started_at answered_at completed_at
        is_complete""",
    "selfcare_sessions": """session_id customer_id channel_code reason_code site_id started_at
        ended_at is_completed is_escalated contact_id sent_by_contact_id sent_by_agent_id
        sent_at""",
    "agent_days": """agent_id work_date logged_in_seconds idle_seconds paused_seconds paid_seconds
        planned_seconds absent_seconds""",
    "sales": """sale_id contact_id customer_id agent_id product_code sold_at cancelled_at
        sale_amount""",
    "tickets": """ticket_id contact_id customer_id queue_id reason_code priority_code created_at
        first_human_reply_at resolved_at""",
    "ticket_changes": "ticket_id changed_at status_code actor_kind_code",
    "control_totals": """checked_source_code queue_id measured_date measure_code
        measured_count""",
    "opening_hours": """calendar_code weekday_number opens_seconds closes_seconds valid_from_date
        zone_name""",
    "kpi_targets": """kpi_id scope_code scope_id reason_code priority_code valid_from_date target
        floor threshold_seconds clock_code policy_code""",
}


def delivered_row(table: str, **values: Any) -> Row:
    """Return a row of `table` as delivered, with its `row_hash`.

    `values` may hold `updated_at` and `delivered_date`. Raises KeyError for an unknown column.
    """
    row = dict.fromkeys((*COLUMNS[table].split(), "updated_at", "delivered_date"))
    for column, value in values.items():
        if column not in row:
            raise KeyError(f"{table} has no column {column}")
        row[column] = value
    return hashed(row)


def export_date(day: date) -> date:
    """Return the day of the export that brings what happened on `day`: every second Monday."""
    return day + timedelta(days=14 - (day.toordinal() - 1) % 14)


def list_row(name: str, **values: Any) -> Row:
    """Return a row of a list of the centre, absent columns null."""
    return dict.fromkeys(COLUMNS[name].split()) | values


def hashed(row: Row) -> Row:
    """Return the row with a `row_hash` of its content: the same for rows that say the same."""
    said = {k: v for k, v in row.items() if k not in ("row_hash", "delivered_date")}
    digest = hashlib.md5(repr(sorted(said.items())).encode()).digest()
    return row | {"row_hash": int.from_bytes(digest[:8], "big", signed=True)}
