"""What a home cannot tell at all: KPIs without the table, column or list that they stand on."""

from tests.oracle.centre.centre import Row

Tables = dict[str, list[Row]]
ANSWERS = [
    "answer_rate",
    "abandonment_rate",
    "short_abandon_rate",
    "service_level",
    "average_wait_seconds",
    "redial_rate",
    "accessibility_rate",
]
OUTCOMES = ["system_loss_rate", "dissuasion_rate"]
LEGS = [
    "average_speed_of_answer_seconds",
    "average_handle_seconds",
    "average_talk_seconds",
    "average_hold_seconds",
    "average_wrap_up_seconds",
    "average_contact_handle_seconds",
    "declared_resolution_rate",
    "digital_contact_rate",
    "selfcare_share",
    "sale_conversion_rate",
    "average_sale_count",
    "average_sale_amount",
    "csat_score",
    "csat_top_box_rate",
]
CUSTOMERS = [
    "first_contact_resolution_rate",
    "average_issue_handle_seconds",
    "repeat_rate",
    "average_issue_contact_count",
    "selfcare_resolution_rate",
]
SESSIONS = [
    "selfcare_started_rate",
    "selfcare_success_rate",
    "selfcare_share",
    "selfcare_containment_rate",
    "selfcare_resolution_rate",
    "selfcare_off_hours_rate",
]
SALES = ["sale_conversion_rate", "average_sale_count", "average_sale_amount"]
TICKETS = ["resolution_in_target_rate", "average_first_reply_seconds", "reopen_rate"]
DAYS = ["occupancy_rate", "utilisation_rate", "absence_rate"]


def lacking_reason(kpi_id: str, tables: Tables, lists: Tables) -> str | None:
    """Return why no period can have the KPI, None where the home can tell it."""
    if kpi_id in ANSWERS:
        if not tables.get("contact_legs"):
            return "not_delivered"
        return None if _has(tables, "contact_legs", "outcome_code") else "answered_only"
    if not _is_delivered(kpi_id, tables):
        return "not_delivered"
    return None if _is_listed(kpi_id, lists) else "not_listed"


def _has(tables: Tables, table: str, *columns: str) -> bool:
    """Return whether some row came in a file that had the column; of a table if none is named."""
    rows = tables.get(table, [])
    return bool(rows) and all(
        any(column not in row.get("lacks", ()) for row in rows) for column in columns
    )


def _is_delivered(kpi_id: str, tables: Tables) -> bool:
    leg_columns: list[str] = []
    if kpi_id in OUTCOMES or kpi_id.startswith("callback_"):
        leg_columns.append("outcome_code")
    if kpi_id == "callback_acceptance_rate":
        leg_columns.append("is_callback_offered")
    elif kpi_id.startswith("callback_"):
        leg_columns.append("callback_of_contact_id")
    elif "transfer" in kpi_id or kpi_id == "wrong_queue_rate":
        leg_columns.append("transfer_kind_code")
    if kpi_id == "wrong_queue_rate":
        leg_columns.append("transferred_at")
    if kpi_id in ("selfcare_sent_rate", "selfcare_started_rate", "selfcare_success_rate"):
        leg_columns.append("sent_to_channel_code")
    if kpi_id.startswith("channel_"):
        leg_columns.append("promoted_channel_code")
    if kpi_id in CUSTOMERS:
        leg_columns.append("customer_id")
    if kpi_id in ("occupancy_rate", "utilisation_rate"):
        leg_columns.append("agent_id")
    if (leg_columns or kpi_id in LEGS) and not _has(tables, "contact_legs", *leg_columns):
        return False
    if kpi_id == "digital_contact_rate":
        has_channels = _has(tables, "contact_legs", "channel_code")
        return has_channels or _has(tables, "selfcare_sessions")
    if kpi_id in ("resolution_in_target_rate", "reopen_rate") and not (
        _has(tables, "tickets", "resolved_at") or _has(tables, "ticket_changes")
    ):
        return False
    for table, kpi_ids in (
        ("selfcare_sessions", SESSIONS),
        ("sales", SALES),
        ("tickets", TICKETS),
        ("agent_days", DAYS),
    ):
        if kpi_id in kpi_ids and not _has(tables, table):
            return False
    return not kpi_id.startswith("csat_") or _has(tables, "survey_answers", "answer_text")


def _is_listed(kpi_id: str, lists: Tables) -> bool:
    flag = {"selfcare_sent_rate": "is_selfcare_eligible"}.get(kpi_id)
    flag = "is_promotion_eligible" if kpi_id.startswith("channel_") else flag
    flag = "is_sale_eligible" if kpi_id in SALES else flag
    if flag is not None:
        return any(row.get(flag) for row in lists.get("contact_reasons", []))
    if kpi_id != "resolution_in_target_rate":
        return True
    return any(
        row["kpi_id"] == kpi_id and row["threshold_seconds"] is not None
        for row in lists.get("kpi_targets", [])
    )
