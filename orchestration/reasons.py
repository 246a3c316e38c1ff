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
    "no_customer_id": "too few customers are known",
    "no_transfer_instant": "the sources do not say when contacts were passed on",
    "no_callback_instant": "the sources do not say when customers were called back",
    "no_changes": "the sources do not say when tickets changed",
    "no_escalation": "too few sessions say whether a person took over",
    "no_channel_or_escalation": "too few channels are known, or sessions say who took over",
    "no_opening_hours": "the opening hours of too many sites are not known",
    "no_amount": "too many sales have no value",
    "no_idle": "the idle time of too many agent days is not known",
    "no_paid": "the paid time of too many agent days is not known",
    "no_planned": "the planned time of too many agent days is not known",
    "answered_only": "the files hold answered contacts only",
    "not_delivered": "too few files can tell",
    "not_listed": "no list of the centre says where it applies",
    "under_5": "fewer than 5 answers",
    "complementary": "fewer than 5 answers",
    "no_denominator": "there was nothing to divide by",
}
"""Reason and suppression codes of kpi_values in words."""

RAW_TABLES = {"contact_legs": "contact_legs (or call_list/calls)"}


def needed_text(lacking: str, reason: str) -> str:
    """What would bring a KPI, from `lacking_text` and `lacking_reason_code` of dim_kpis.

    A standard table, a column of one or a list of the centre, several with commas.
    """
    if reason == "answered_only":
        return "a column that tells answered from unanswered (the files hold answered ones only)"
    places = lacking.split(", ")
    # A table that is not there lacks its columns too.
    named = [one for one in places if "." not in one or one.split(".")[0] not in places]
    return ", ".join(map(_place_text, named))


def _place_text(place: str) -> str:
    if place.startswith("lists."):
        _, name, column = place.split(".")
        return f"{column} in the list {name}"
    if " or " in place:
        return " or ".join(map(_place_text, place.split(" or ")))
    table, _, column = place.partition(".")
    table = RAW_TABLES.get(table, table)
    return f"the column {column} of {table}" if column else f"the table {table}"
