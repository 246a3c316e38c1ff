"""What the oracle knows of each KPI: its estimator and why its value may be missing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kpi:
    """A KPI's estimator and the reason of a low input share.

    Estimators are proportion (of events), ratio (of sums, without an interval), and the means of
    duration, count, amount (money) and score.
    """

    estimator: str
    reason_code: str
    is_emotional: bool = False


PROPORTIONS = {
    "answer_rate": "lost_records",
    "abandonment_rate": "lost_records",
    "short_abandon_rate": "lost_records",
    "system_loss_rate": "lost_records",
    "service_level": "no_wait",
    "redial_rate": "no_customer_id",
    "callback_acceptance_rate": "lost_records",
    "callback_reached_rate": "no_answers",
    "callback_in_promise_rate": "no_callback_instant",
    "transfer_rate": "not_delivered",
    "blind_transfer_rate": "not_delivered",
    "consult_transfer_rate": "not_delivered",
    "external_transfer_rate": "not_delivered",
    "wrong_queue_rate": "no_transfer_instant",
    "selfcare_sent_rate": "not_delivered",
    "selfcare_started_rate": "no_customer_id",
    "selfcare_success_rate": "no_customer_id",
    "channel_promotion_rate": "not_delivered",
    "channel_adoption_rate": "no_customer_id",
    "declared_resolution_rate": "no_declaration",
    "accessibility_rate": "lost_records",
    "dissuasion_rate": "lost_records",
    "transferred_contact_rate": "not_delivered",
    "digital_contact_rate": "no_channel_or_escalation",
    "sale_conversion_rate": "no_answers",
    "selfcare_share": "no_escalation",
    "selfcare_containment_rate": "no_escalation",
    "selfcare_resolution_rate": "no_customer_id",
    "selfcare_off_hours_rate": "no_opening_hours",
    "first_contact_resolution_rate": "no_customer_or_reason",
    "resolution_in_target_rate": "no_calendar",
    "reopen_rate": "no_changes",
}
DURATIONS = {
    "average_speed_of_answer_seconds": "no_wait",
    "average_wait_seconds": "no_wait",
    "average_handle_seconds": "no_wrap_up",
    "average_talk_seconds": "no_talk",
    "average_hold_seconds": "no_hold",
    "average_wrap_up_seconds": "no_wrap_up",
    "average_contact_handle_seconds": "no_wrap_up",
    "average_issue_handle_seconds": "no_customer_or_reason",
    "average_first_reply_seconds": "no_reply",
}
RATIOS = {
    "repeat_rate": "no_customer_or_reason",
    "occupancy_rate": "no_idle",
    "utilisation_rate": "no_paid",
    "absence_rate": "no_planned",
}
KPIS = {
    **{kpi_id: Kpi("proportion", code) for kpi_id, code in PROPORTIONS.items()},
    **{kpi_id: Kpi("duration", code) for kpi_id, code in DURATIONS.items()},
    **{kpi_id: Kpi("ratio", code) for kpi_id, code in RATIOS.items()},
    "average_sale_count": Kpi("count", "no_answers"),
    "average_sale_amount": Kpi("amount", "no_amount"),
    "average_issue_contact_count": Kpi("count", "no_customer_or_reason"),
    "csat_score": Kpi("score", "no_score", is_emotional=True),
    "csat_top_box_rate": Kpi("proportion", "no_score", is_emotional=True),
}
SMALLEST_COUNTS = {"proportion": 1, "duration": 30, "count": 30, "amount": 30, "score": 5}
