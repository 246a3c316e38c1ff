"""The truth is true: recounted from the files, and near its own expectations."""

import json
from math import sqrt
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from orchestration.home import Home
from simulation import simulate
from simulation.calendars import easter_sunday
from simulation.centre import ABANDONED, ANSWERED, CHAT, PHONE
from simulation.draw.waits import expected, wait

VISITS = """
    select leg.*, epoch(coalesce(answered_at, ended_at) - entered_at)::bigint as waited,
        timezone(zone_name, timezone('UTC', entered_at))::date as entered_date,
        queues.site_id as queue_site_id
    from contact_legs_current as leg
    inner join queues using (queue_id)
    inner join sites on queues.site_id = sites.site_id
    where direction_code = 'inbound' and callback_of_contact_id is null and not is_test
"""
TALLY = """
    count(*)::bigint as received_count,
    count(*) filter (where outcome_code is not null
        and not (outcome_code = 'abandoned' and waited <= 5))
        as offered_count,
    count(*) filter (where outcome_code = 'answered') as answered_count,
    count(*) filter (where outcome_code = 'abandoned' and waited <= 5) as short_abandon_count,
    count(*) filter (where outcome_code = 'abandoned' and waited > 5) as abandoned_count,
    count(*) filter (where outcome_code = 'abandoned_ringing') as abandoned_ringing_count,
    count(*) filter (where outcome_code = 'callback_taken') as callback_taken_count,
    count(*) filter (where outcome_code = 'voicemail') as voicemail_count,
    count(*) filter (where outcome_code = 'overflow_out') as overflow_out_count,
    count(*) filter (where outcome_code = 'system_loss') as system_loss_count,
    count(*) filter (where outcome_code is null and channel_code in ('phone', 'chat')
        and entered_at + interval 24 hours <= as_of) as lost_record_count,
    count(*) filter (where outcome_code is null and not (channel_code in ('phone', 'chat')
        and entered_at + interval 24 hours <= as_of)) as in_progress_count,
    count(*) filter (where outcome_code = 'answered' and waited <= 20) as answered_in_20_count,
    coalesce(sum(waited) filter (where outcome_code = 'answered'), 0) as answered_wait_seconds,
    coalesce(sum(waited) filter (where outcome_code is not null
        and not (outcome_code = 'abandoned' and waited <= 5)), 0) as offered_wait_seconds,
    coalesce(sum(talk_seconds), 0) as known_talk_seconds,
    coalesce(sum(hold_seconds), 0) as known_hold_seconds,
    count(wrap_up_seconds) as handled_count,
    coalesce(sum(talk_seconds) filter (where wrap_up_seconds is not null), 0) as talk_seconds,
    coalesce(sum(hold_seconds) filter (where wrap_up_seconds is not null), 0) as hold_seconds,
    coalesce(sum(wrap_up_seconds), 0) as wrap_up_seconds,
    coalesce(sum(talk_seconds + hold_seconds + wrap_up_seconds), 0) as handle_seconds,
    coalesce(sum((talk_seconds + hold_seconds + wrap_up_seconds) ** 2), 0)::bigint
        as handle_seconds_squares,
    count(*) filter (where transfer_kind_code = 'blind') as transfer_blind_count,
    count(*) filter (where transfer_kind_code = 'consult') as transfer_consult_count,
    count(*) filter (where transfer_kind_code = 'external') as transfer_external_count
"""


def recount(rows: duckdb.DuckDBPyConnection, key: str) -> dict[str, dict[str, int]]:
    """The tally of visits by a key, from the delivered files."""
    as_of = "(select max(greatest(updated_at, ended_at)) from contact_legs_current)"
    as_of = f"""greatest({as_of}, (select max(updated_at) from survey_answers_current),
        (select max(updated_at) from survey_invitations_current))"""
    found = rows.execute(
        f"select {key}, {TALLY} from (select *, {as_of} as as_of from ({VISITS})) group by all"
    )
    names = [column[0] for column in found.description or []][1:]
    return {
        str(row[0]): {name: int(v) for name, v in zip(names, row[1:], strict=True)}
        for row in found.fetchall()
    }


@pytest.mark.parametrize(
    ("member", "key"),
    [("by_queue", "queue_id"), ("by_channel", "channel_code"), ("by_site", "queue_site_id"),
     ("by_date", "entered_date")],
)  # fmt: skip
def test_visits_recounted_from_the_files_are_those_observed(
    rows: duckdb.DuckDBPyConnection, truth: dict[str, Any], member: str, key: str
) -> None:
    assert recount(rows, key) == truth["observed"][member]
    assert recount(rows, "'company'")["company"] == truth["observed"]["visits"]


def test_team_work_recounted_is_that_observed(
    rows: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    found = rows.execute(
        "select team_id, count(*), sum(talk_seconds + hold_seconds + wrap_up_seconds)::bigint "
        f"from ({VISITS}) leg inner join agents on leg.agent_id = agents.agent_id and entered_date "
        "between valid_from_date and coalesce(valid_to_date, date '9999-12-31') group by all"
    ).fetchall()
    assert {team: (count, seconds) for team, count, seconds in found} == {
        team: (own["answered_count"], own["handle_seconds"])
        for team, own in truth["observed"]["by_team"].items()
    }


def test_contacts_recounted_from_the_files_are_those_observed(
    rows: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    inbound = """select contact_id, bool_or(coalesce(outcome_code = 'answered', false)) as answered,
        bool_or(outcome_code is null) as pending,
        bool_or(coalesce(outcome_code = 'ivr_only', false)) as served,
        last(is_resolved order by leg_number) filter (where is_resolved is not null) as resolved
        from contact_legs_current where direction_code = 'inbound' and not is_test
        group by contact_id"""
    found = rows.execute(
        "select count(*), count(*) filter (where answered), "
        "count(*) filter (where not pending and not served), count(resolved), "
        f"count(*) filter (where resolved) from ({inbound})"
    ).fetchone()
    contacts, says = truth["observed"]["contacts"], truth["observed"]["declarations"]
    assert found == (
        contacts["inbound_contacts_count"], contacts["answered_contacts_count"],
        contacts["arrived_contacts_count"], says["declared_contacts_count"],
        says["declared_resolved_contacts_count"],
    )  # fmt: skip


def test_every_visit_has_one_outcome(truth: dict[str, Any]) -> None:
    visits = truth["observed"]["visits"]
    outcomes = (
        "answered", "short_abandon", "abandoned", "abandoned_ringing", "callback_taken",
        "voicemail", "overflow_out", "system_loss", "lost_record", "in_progress",
    )  # fmt: skip
    assert visits["received_count"] == sum(visits[f"{name}_count"] for name in outcomes)
    assert all(visits[f"{name}_count"] > 0 for name in outcomes)


def test_answers_recounted_from_the_files_are_those_observed(
    rows: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    for member, condition in (
        ("distributions", "true"),
        ("distributions_in_time", "a.updated_at <= b.sent_at + interval 14 days"),
    ):
        found = rows.execute(
            "select a.question_code, a.answer_text, count(*) from survey_answers_current a "
            "inner join survey_invitations_current b using (invitation_id) "
            f"where {condition} group by all"
        ).fetchall()
        assert {(q, t): n for q, t, n in found} == {
            (question, text): count
            for question, texts in truth["observed"][member].items()
            for text, count in texts.items()
        }


def test_callbacks_reached_recounted_are_those_observed(
    rows: duckdb.DuckDBPyConnection, truth: dict[str, Any]
) -> None:
    found = rows.execute(
        f"select count(*) from ({VISITS}) a where outcome_code = 'callback_taken' and exists ("
        "select 1 from contact_legs_current b where b.callback_of_contact_id = a.contact_id "
        "and not b.is_test and b.answered_at <= a.entered_at + interval 24 hours)"
    ).fetchone()
    assert found == (truth["observed"]["callback_reached_in_promise_count"],)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The truth of a centre that is large enough for laws of large numbers."""
    file = simulate(Home.at(tmp_path_factory.mktemp("large")), 150_000, 12, 11)
    return json.loads(file.read_text("utf-8"))


def test_observed_waits_and_work_are_near_their_expectations(large: dict[str, Any]) -> None:
    for channel in ("phone", "chat"):
        found = large["observed"]["by_channel"][channel]
        own = large["expected"]["by_channel"][channel]
        for name in ("answered_count", "short_abandon_count", "answered_in_20_count"):
            assert abs(found[name] - own[name]) < 4 * sqrt(own[name]), name
        left = found["abandoned_count"] + found["abandoned_ringing_count"]
        assert abs(left - own["abandoned_count"]) < 4 * sqrt(own["abandoned_count"])
        waited = own["answered_wait_seconds"]
        assert found["answered_wait_seconds"] == pytest.approx(waited, rel=0.03)
    for channel, own in large["expected"]["by_channel"].items():
        found = large["observed"]["by_channel"][channel]
        assert found["known_talk_seconds"] == pytest.approx(own["talk_seconds"], rel=0.02)
        wrap_up = found["wrap_up_seconds"] / found["handled_count"]
        assert wrap_up == pytest.approx(own["wrap_up_mean_seconds"], rel=0.03)
    hold = large["expected"]["by_channel"]["phone"]["hold_seconds"]
    assert large["observed"]["visits"]["known_hold_seconds"] == pytest.approx(hold, rel=0.05)


def test_observed_csat_is_near_its_expectation(large: dict[str, Any]) -> None:
    counts = {int(k): n for k, n in large["observed"]["distributions"]["csat"].items()}
    likely, size = large["expected"]["csat"], sum(counts.values())
    assert size == likely["answers_count"]
    mean = sum(points * count for points, count in counts.items()) / size
    top = (counts[4] + counts[5]) / size
    assert abs(mean - likely["mean"]) < 4 * likely["mean_standard_error"]
    assert abs(top - likely["top_two_share"]) < 4 * likely["top_two_standard_error"]


def test_shares_are_believable(large: dict[str, Any]) -> None:
    visits, outside = large["observed"]["visits"], large["observed"]["outside_queues"]
    assert 0.85 < visits["answered_count"] / visits["offered_count"] < 0.97
    assert 0.02 < visits["abandoned_count"] / visits["offered_count"] < 0.12
    assert 0.02 < large["observed"]["contacts"]["transferred_contacts_count"] / 150_000 < 0.05
    assert outside["outbound_count"] == pytest.approx(4_500, rel=0.02)
    assert 0.02 < outside["ivr_only_count"] / 150_000 < 0.05
    assert large["observed"]["test_contacts_count"] == 150
    assert large["observed"]["responses_count"] / large["observed"]["sent_count"] > 0.30


@pytest.mark.parametrize("channel", [PHONE, CHAT])
@pytest.mark.parametrize("may_overflow", [True, False])
def test_expectations_of_waits_are_exact(channel: int, may_overflow: bool) -> None:
    load = np.full(400_000, 0.93)
    drawn = wait(np.random.default_rng(5), channel, load, may_overflow)
    answered, waits = drawn["outcome"] == ANSWERED, drawn["wait_seconds"]
    short = (drawn["outcome"] == ABANDONED) & (waits <= 5)
    left = np.isin(drawn["outcome"], (1, 2)) & ~short
    for name, found in (
        ("answered", answered), ("answered_in_20", answered & (waits <= 20)),
        ("short_abandon", short), ("abandoned", left), ("answered_wait_seconds", answered * waits),
    ):  # fmt: skip
        likely = expected(channel, load[:1], may_overflow)[name][0]
        assert abs(found.mean() - likely) < 4.5 * found.std() / sqrt(len(load)), name


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)]
)
def test_easter_sunday(year: int, month: int, day: int) -> None:
    easter = easter_sunday(year)
    assert (easter.year, easter.month, easter.day) == (year, month, day)


def test_planted_dates_are_mondays_within_the_weeks(tmp_path: Path) -> None:
    truth = json.loads(simulate(Home.at(tmp_path), 200, 8, 1).read_text("utf-8"))
    assert truth["planted"]["hurried_team"]["from_date"] == "2026-06-01"
    assert truth["planted"]["harder_reason"]["from_date"] == "2026-06-08"
