"""The oracle's facts of survey answers: every row as the mart should show it."""

from typing import Any

from tests.oracle.events import scored_answer
from tests.oracle.surveys.responses import judged_answers
from tests.oracle.world import World


def answer_rows(world: World) -> dict[tuple[str, str], dict[str, Any]]:
    """Return every answer as `fct_survey_answers` should show it."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for answer in judged_answers(world.tables):
        scores = [scored_answer(row["scale_code"], row["answer_text"]) for row in answer.versions]
        known = [score[0] for score in scores if score is not None]
        own = scored_answer(answer.row["scale_code"], answer.row["answer_text"])
        late = {row["row_hash"] for row in answer.late_versions}
        found[answer.row["response_id"], answer.row["question_code"]] = {
            "contact_id": answer.contact,
            "invitation_id": answer.row["invitation_id"],
            "answer_text": answer.row["answer_text"],
            "is_orphan": answer.contact not in world.contacts,
            "exclusion_code": answer.exclusion,
            "version_count": len(late | {row["row_hash"] for row in answer.versions}),
            "late_version_count": len(late),
            "is_improved": None if own is None else bool(known) and own[0] > known[0],
        }
    return found
