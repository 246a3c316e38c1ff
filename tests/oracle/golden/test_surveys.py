"""Golden rows of surveys: versions of a rating, the window of an invitation, second responses."""

from datetime import datetime, timedelta
from typing import Any

from tests.histories.rows import Row, delivered_row
from tests.oracle.events import scored_answer
from tests.oracle.surveys.facts import answer_rows
from tests.oracle.surveys.responses import judged_answers
from tests.oracle.world import judged_world

SENT = datetime(2026, 3, 2, 8)


def version(text: str | None, at: datetime, response: str = "r", **values: Any) -> Row:
    """A version of a rating, on thumbs, of the invitation i."""
    said = {"question_code": "csat", "scale_code": "thumbs", "invitation_id": "i"}
    said |= {"response_id": response, "answer_text": text, "updated_at": at}
    return delivered_row("survey_answers", **(said | values))


def delivered(answers: list[Row]) -> dict[str, list[Row]]:
    """The tables of a home with one contact, and one invitation that names it."""
    invitation = {"invitation_id": "i", "contact_id": "c", "sent_at": SENT}
    leg = {"contact_id": "c", "leg_number": 1, "entered_at": SENT, "direction_code": "inbound"}
    return {
        "contact_legs": [delivered_row("contact_legs", **leg)],
        "survey_invitations": [delivered_row("survey_invitations", **invitation)],
        "survey_answers": answers,
    }


def exclusions(answers: list[Row]) -> dict[str, str | None]:
    """Why each response does not count."""
    found = judged_answers(delivered(answers))
    return {answer.row["response_id"]: answer.exclusion for answer in found}


def test_one_rating_offered_bad_good() -> None:
    day = SENT.replace(hour=0)
    texts = {9: "offered", 10: "bad", 11: "good"}
    answers = [version(text, day.replace(hour=hour)) for hour, text in texts.items()]
    rows = answer_rows(judged_world(delivered(answers), {}, "Europe/Paris", "main"))
    assert len(rows) == 1
    row = rows["r", "csat"]
    assert row["version_count"] == 3 and row["is_improved"] and row["exclusion_code"] is None
    assert scored_answer("thumbs", row["answer_text"]) == (100, 1)


def test_a_version_after_the_window_is_kept_and_does_not_count() -> None:
    edge = SENT + timedelta(days=14)
    answers = [version("bad", edge), version("good", edge + timedelta(seconds=1))]
    (answer,) = judged_answers(delivered(answers))
    assert answer.row["answer_text"] == "bad" and answer.exclusion is None
    assert [row["answer_text"] for row in answer.late_versions] == ["good"]
    assert exclusions(answers[1:]) == {"r": "late"}
    assert exclusions([version("good", edge + timedelta(days=9), invitation_id=None)]) == {
        "r": None
    }


def test_the_first_completed_response_of_an_invitation_counts() -> None:
    first = SENT + timedelta(hours=1)
    answers = [
        version("bad", first, "partial", completed_at=None, is_complete=False),
        version("good", first, "second", completed_at=first + timedelta(hours=2)),
        version("bad", first, "first", completed_at=first + timedelta(hours=1)),
    ]
    assert exclusions(answers) == {"partial": "partial", "second": "repeated", "first": None}


def test_a_skipped_required_question_makes_a_response_partial() -> None:
    asked = version(None, SENT)
    other = version("9", SENT, question_code="nps", scale_code="points_0_10")
    assert exclusions([asked, other]) == {"r": "partial"}
    assert exclusions([other]) == {"r": None}
