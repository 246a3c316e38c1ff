"""Rows as Arrow tables with the columns and types of the standard source."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from simulation.centre import (
    CHANNELS,
    EMAIL,
    OUTCOMES,
    PHONE,
    QUEUES,
    REASON_CODES,
    SITES,
    TRANSFER_KINDS,
    Columns,
)
from simulation.draw.records import SENT_TO, SENTIMENTS, actor
from simulation.draw.surveys import ANSWER_TEXTS, QUESTIONS, SCALES

NOT_DELIVERED = (
    "day", "is_harder", "is_hurried", "is_new", "is_open", "reason", "resolution",
    "solved", "team",
)  # fmt: skip

Ints = NDArray[np.int64]


def words(codes: NDArray[np.integer], names: tuple[str, ...] | list[str]) -> pa.Array:
    """Names of codes; -1 is null."""
    codes = np.asarray(codes, dtype=np.int32)
    return pa.array(names, pa.string()).take(pa.array(codes, mask=codes < 0))


def numbers(values: NDArray[np.integer], kind: pa.DataType) -> pa.Array:
    """Whole numbers; -1 is null."""
    return pa.array(np.asarray(values, dtype=np.int64), mask=values < 0).cast(kind)


def instants(seconds: Ints) -> pa.Array:
    """Epoch seconds as timestamp[us] in UTC without zone; -1 is null."""
    return pa.array(seconds * 1_000_000, mask=seconds < 0).cast(pa.timestamp("us"))


def flags(values: NDArray[np.integer] | NDArray[np.bool_]) -> pa.Array:
    """Booleans; -1 is null."""
    unknown = np.zeros(len(values), bool) if values.dtype == bool else values.astype(np.int8) < 0
    return pa.array(values.astype(bool), mask=unknown)


def joined(*parts: pa.Array | str) -> pa.Array:
    """Texts one after another; null where one of them is."""
    texts = [pa.scalar(part) if isinstance(part, str) else part for part in parts]
    return pc.call_function("binary_join_element_wise", [*texts, pa.scalar("")])


def ids(prefix: str, values: Ints, width: int, first: int = 1) -> pa.Array:
    """Ids such as `contact_000000001`; -1 is null."""
    digits = numbers(values + first * (values >= 0), pa.int64()).cast(pa.string())
    padding = pc.PadOptions(width, "0")
    return joined(f"{prefix}_", pc.call_function("utf8_lpad", [digits], padding))


def constant(value: str | None, size: int) -> pa.Array:
    """The same text in every row; None is null."""
    return pa.repeat(pa.scalar(value, pa.string()), size)


def delivered(legs: Columns) -> Columns:
    """Legs without the columns that only the truth needs: a third of the memory."""
    return {
        name: values for name, values in legs.items()
        if name not in NOT_DELIVERED and not name.startswith("expected_")
        and not name.endswith("_mean")
    }  # fmt: skip


def legs_table(rows: Columns, contacts: Columns) -> pa.Table:
    """The raw table contact_legs."""
    contact, outcome = rows["contact"], rows["outcome"]
    contact_id = ids("contact", contact, 9)
    is_call = (rows["channel"] == PHONE) & (rows["answered"] >= 0)
    leg = numbers(np.where(is_call, rows["leg_number"], -1), pa.int64()).cast(pa.string())
    recording = joined("recordings/", contact_id, "-", leg, ".ogg")
    return pa.table({
        "contact_id": contact_id,
        "leg_number": numbers(rows["leg_number"], pa.int32()),
        "customer_id": ids("customer", rows["customer"], 6, 0),
        "direction_code": words(contacts["direction"][contact], ["inbound", "outbound"]),
        "channel_code": words(rows["channel"], CHANNELS),
        "queue_id": words(rows["queue"], [queue.queue_id for queue in QUEUES]),
        "site_id": words(rows["site"], [site.site_id for site in SITES]),
        "entry_reason_code": words(contacts["menu"][contact], REASON_CODES),
        "agent_id": ids("agent", rows["agent"], 4),
        "reason_code": words(rows["declared"], REASON_CODES),
        "outcome_code": words(outcome, OUTCOMES),
        "actor_kind_code": words(actor(rows), ["person", "bot"]),
        "is_test": flags(rows["is_test"]),
        "contact_started_at": instants(contacts["started"][contact]),
        "entered_at": instants(rows["entered"]),
        "answered_at": instants(rows["answered"]),
        "ended_at": instants(rows["ended"]),
        "wait_seconds": pa.nulls(len(contact), pa.int64()),
        "talk_seconds": numbers(rows["talk_seconds"], pa.int64()),
        "hold_seconds": numbers(rows["hold_seconds"], pa.int64()),
        "wrap_up_seconds": numbers(rows["wrap_up_seconds"], pa.int64()),
        "unanswered_ring_count": numbers(rows["missed_rings"], pa.int64()),
        "ring_seconds": numbers(rows["ring_seconds"], pa.int64()),
        "transfer_kind_code": words(rows["transfer"], TRANSFER_KINDS),
        "transferred_at": instants(np.where(rows["transfer"] >= 0, rows["ended"], -1)),
        "is_callback_offered": flags(rows["is_offered"]),
        "callback_of_contact_id": ids("contact", contacts["callback_of"][contact], 9),
        "callback_promised_at": instants(rows["promised"]),
        "callback_attempt_number": numbers(rows["attempt"], pa.int32()),
        "sent_to_channel_code": words(rows["sent_to"], SENT_TO),
        "promoted_channel_code": words(rows["promoted"], CHANNELS),
        "is_resolved": flags(rows["resolved"]),
        "sentiment_code": words(rows["sentiment"], SENTIMENTS),
        "sentiment_score": pa.array(rows["sentiment_score"], from_pandas=True),
        "language_code": words(rows["english"], ["fr", "en"]),
        "country_code": words(rows["home_site"], [site.country_code for site in SITES]),
        "recording_text": recording,
        "updated_at": instants(rows["updated"]),
    })  # fmt: skip


def invitations_table(rows: Columns) -> pa.Table:
    """The raw table survey_invitations."""
    size = len(rows["contact"])
    return pa.table({
        "invitation_id": ids("invitation", rows["number"], 7),
        "contact_id": ids("contact", rows["contact"], 9),
        "customer_id": ids("customer", rows["customer"], 6, 0),
        "survey_code": constant("after_contact", size),
        "wave_code": waves(rows["due"]),
        "nps_type_code": constant("transactional", size),
        "channel_code": words(np.where(rows["channel"] == EMAIL, 1, 0), ["sms", "email"]),
        "sent_at": instants(rows["sent"]),
        "delivered_at": instants(rows["delivered"]),
        "opened_at": instants(rows["opened"]),
        "suppressed_reason_code": words(np.where(rows["sent"] < 0, 0, -1), ["quarantine"]),
        "updated_at": instants(rows["updated"]),
    })  # fmt: skip


def waves(due: Ints) -> pa.Array:
    """The calendar quarter of each instant, such as `2026-Q2`."""
    months = (due * 1_000_000).view("datetime64[us]").astype("datetime64[M]").astype(np.int64)
    first = int(months.min(initial=0))
    last = int(months.max(initial=0))
    names = [f"{1970 + month // 12}-Q{month % 12 // 3 + 1}" for month in range(first, last + 1)]
    return words(months - first, names)


def answers_table(rows: Columns, invitations: Columns) -> pa.Table:
    """The raw table survey_answers; a response has the number of its invitation."""
    size, invitation = len(rows["invitation"]), rows["invitation"]
    question = rows["question"]
    countries = [site.country_code for site in SITES]
    return pa.table({
        "response_id": ids("response", invitation, 7),
        "question_code": words(question, QUESTIONS),
        "invitation_id": ids("invitation", invitation, 7),
        "contact_id": ids("contact", invitations["contact"][invitation], 9),
        "scale_code": words(question, SCALES),
        "wording_code": constant("v1", size),
        "language_code": words(invitations["english"][invitation], ["fr", "en"]),
        "country_code": words(invitations["home_site"][invitation], countries),
        "answer_text": words(rows["answer"], ANSWER_TEXTS),
        "started_at": instants(rows["started"]),
        "answered_at": instants(rows["answered"]),
        "completed_at": instants(rows["completed"]),
        "is_complete": flags(rows["is_complete"]),
        "updated_at": instants(rows["updated"]),
    })  # fmt: skip
