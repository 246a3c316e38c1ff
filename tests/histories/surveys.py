"""Invitations and answers about random contacts: late, orphaned, corrected, unreadable."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.histories.centre import Mood, chance
from tests.histories.deliveries import redelivered
from tests.histories.rows import Row, delivered_row, export_date, hashed

TEXTS = ["5", "4", "5", "4", "3", "2", "1", "5", "n/a", "7", "0", None]


def survey_rows(rng: Random, mood: Mood, leg: Row) -> tuple[list[Row], list[Row]]:
    """Return deliveries of (invitations, answers) about the contact of a leg; both may be empty.

    Some answer after the 14 days of the window or change their answer at its edge; some answer
    twice, with or without an invitation.
    """
    if not chance(rng, mood.survey_percent):
        return [], []
    contact = leg["contact_id"]
    sent = (leg["ended_at"] or leg["entered_at"]) + timedelta(hours=rng.choice([1, 24, 70]))
    named = rng.choice([contact, contact, contact, contact, None, f"{contact}-gone"])
    invitation = delivered_row(
        "survey_invitations",
        invitation_id=f"i-{contact}",
        contact_id=named,
        survey_code="after_contact",
        channel_code="email",
        sent_at=sent,
        updated_at=None if chance(rng, mood.missing_percent["updated"]) else sent,
    )
    invitations = redelivered(rng, mood, invitation, [{"contact_id": contact}])
    answers: list[Row] = []
    if chance(rng, 85):
        answered = sent + timedelta(hours=rng.choice([1, 30, 200, 200, 336, 340]))
        said: dict[str, Any] = {
            "response_id": f"r-{contact}",
            "invitation_id": rng.choice([f"i-{contact}", f"i-{contact}", f"i-{contact}", "i-0"]),
            "contact_id": rng.choice([None, contact, contact, named]),
            "language_code": "fr",
            "started_at": answered,
            "answered_at": answered,
            "completed_at": None if chance(rng, 10) else answered,
            "updated_at": None if chance(rng, mood.missing_percent["updated"]) else answered,
            "delivered_date": rng.choice([None, export_date(answered.date())]),
        }
        said["is_complete"] = rng.choice([None, said["completed_at"] is not None])
        text = rng.choice(TEXTS)
        if mood.is_drifting and leg["entered_at"] > mood.switch_at and chance(rng, 50):
            text = rng.choice(["1", "2", "3"])
        scale = "points_1_5" if not chance(rng, 3) else "scale_unheard_of"
        row = delivered_row(
            "survey_answers", question_code="csat", scale_code=scale, answer_text=text, **said
        )
        texts = [{"answer_text": other} for other in ("1", "5", "n/a")]
        answers += redelivered(rng, mood, row, texts)
        if chance(rng, mood.rare_percent):
            answers += changed_at_the_edge(rng, row, sent)
        if chance(rng, mood.rare_percent):
            answers.append(second_response(rng, row))
        if chance(rng, 30):
            answers.append(
                delivered_row(
                    "survey_answers",
                    question_code="nps",
                    scale_code="points_0_10",
                    answer_text="9",
                    **said,
                )
            )
        if chance(rng, 60):
            answers.append(
                delivered_row(
                    "survey_answers",
                    question_code="resolved",
                    scale_code="yes_no",
                    answer_text=rng.choice(["yes", "yes", "no", "Non", "don't know", None]),
                    **said,
                )
            )
    return invitations, answers


def changed_at_the_edge(rng: Random, row: Row, sent: datetime) -> list[Row]:
    """Return two later versions of an answer, one in the last second of its window, one after."""
    edge = sent + timedelta(days=14)
    texts = rng.sample(["1", "2", "4", "5"], 2)
    stamps = (edge, edge + timedelta(seconds=1))
    return [
        hashed(row | {"answer_text": text, "updated_at": at})
        for text, at in zip(texts, stamps, strict=True)
    ]


def second_response(rng: Random, row: Row) -> Row:
    """Return another response to the same invitation, or to none, about the same contact."""
    later = row["answered_at"] + timedelta(hours=rng.choice([-1, 0, 5]))
    return hashed(
        row
        | {
            "response_id": f"{row['response_id']}-again",
            "invitation_id": rng.choice([row["invitation_id"], None]),
            "answer_text": rng.choice(["1", "5", None]),
            "answered_at": later,
            "completed_at": rng.choice([None, later]),
            "is_complete": rng.choice([None, True, False]),
        }
    )
