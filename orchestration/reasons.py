"""Why a KPI has no value, for the person who looks at the terminal."""

REASONS = {
    "no_wrap_up": "no wrap-up time was delivered",
    "no_talk": "no talk time was delivered",
    "no_hold": "no hold time was delivered",
    "no_wait": "too few waits are known",
    "no_declaration": "too few contacts say whether they were resolved",
    "no_score": "too few answers lie on their scale",
    "lost_records": "too many visits have no end",
    "no_customer_or_reason": "too many contacts have no known customer or reason",
    "no_calendar": "the opening hours of too many queues are not known",
    "no_reply": "too many tickets have no reply",
    "no_transfers": "the sources do not say which contacts were passed on",
    "no_customer_id": "too few customers are known",
    "no_transfer_instant": "the sources do not say when contacts were passed on",
    "no_changes": "the sources do not say when tickets changed",
    "no_escalation": "too few sessions say whether a person took over",
    "no_channel_or_escalation": "too few channels are known, or sessions say who took over",
    "no_opening_hours": "the opening hours of too many sites are not known",
    "no_sent_channel": "the sources do not say who was sent to self-service",
    "no_promoted_channel": "the sources do not say which channels were proposed",
    "no_amount": "too many sales have no value",
    "no_idle": "the idle time of too many agent days is not known",
    "no_paid": "the paid time of too many agent days is not known",
    "no_planned": "the planned time of too many agent days is not known",
    "no_denominator": "there was nothing to divide by",
}
"""Reason codes of kpi_values in words."""
