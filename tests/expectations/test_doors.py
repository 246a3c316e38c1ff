"""Each suite against rows that it must let in and rows that it must keep out."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations.engine import validate
from expectations.suites import suite_module, suite_texts
from expectations.verdict import Verdict
from orchestration.landing.casting.casts import duckdb_type
from orchestration.landing.contract import read_contracts

CONTRACTS = read_contracts()
LEG = {
    "contact_id": "c1",
    "leg_number": 1,
    "direction_code": "inbound",
    "channel_code": "phone",
    "outcome_code": "answered",
    "entered_at": "2026-03-02 10:00:00",
    "answered_at": "2026-03-02 10:00:10",
    "ended_at": "2026-03-02 10:05:00",
    "talk_seconds": 290,
}
ANSWER = {"response_id": "r", "question_code": "q", "scale_code": "points_1_5", "answer_text": "5"}
CALL = {"call_id": "1", "is_answered": True, "csat_scale_code": "points_1_5"}
AGENT = {"agent_id": "a", "valid_from_date": "2026-01-01"}
INVITATION = {"invitation_id": "i", "survey_code": "s", "sent_at": "2026-01-02 10:00:00"}
EVALUATION = {"evaluation_id": "e", "agent_id": "a", "evaluator_id": "b"}

Judge = Callable[..., tuple[Verdict, set[tuple[str, int]]]]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Validate rows as candidates; the verdict and the (reason, line) of rows kept out."""

    def run(source: str, table: str, *rows: dict[str, Any]) -> tuple[Verdict, set[tuple[str, int]]]:
        connection = duckdb.connect()
        columns = ", ".join(
            f"{column.name} {duckdb_type(column.data_type)}"
            for column in CONTRACTS[source, table].columns
        )
        connection.execute(
            f"create table rows ({columns}, delivery_id varchar, line_number bigint)"
        )
        for number, row in enumerate(rows, start=2):
            row = {**row, "delivery_id": "d", "line_number": number}
            connection.execute(
                f"insert into rows ({', '.join(row)}) values ({', '.join('?' * len(row))})",
                list(row.values()),
            )
        path = tmp_path / "candidates.parquet"
        connection.execute(f"copy rows to '{path}'")
        verdict = validate(connection, source, table, f"read_parquet('{path}')", tmp_path)
        kept_out = {
            (finding.reason_code, line)
            for finding in verdict.findings
            if finding.failed_rows
            for (line,) in connection.execute(
                f"select line_number from {finding.failed_rows}"
            ).fetchall()
        }
        return verdict, kept_out

    return run


@pytest.mark.parametrize(
    ("source", "table", "good", "changes", "reason"),
    [
        ("standard", "contact_legs", LEG, {"direction_code": "sideways"}, "E_CODE"),
        ("standard", "contact_legs", LEG, {"outcome_code": "lost"}, "E_CODE"),
        ("standard", "contact_legs", LEG, {"actor_kind_code": "ghost"}, "E_CODE"),
        ("standard", "contact_legs", LEG, {"leg_number": 0}, "E_NUMBER"),
        ("standard", "contact_legs", LEG, {"talk_seconds": -1}, "E_TIME_DURATION"),
        ("standard", "contact_legs", LEG, {"talk_seconds": 86_401}, "E_TIME_DURATION"),
        ("standard", "contact_legs", LEG, {"answered_at": "2026-03-02 09:59:59"}, "E_TIME_ORDER"),
        ("standard", "contact_legs", LEG, {"ended_at": "2026-03-02 10:00:05"}, "E_TIME_ORDER"),
        ("standard", "survey_answers", ANSWER, {"answer_text": "4.5"}, "E_SCALE"),
        ("standard", "survey_answers", ANSWER, {"answer_text": "4,5"}, "E_SCALE"),
        ("standard", "contact_legs", LEG, {"sentiment_score": 101}, "E_SCALE"),
        ("standard", "agents", AGENT, {"valid_to_date": "2025-12-31"}, "E_TIME_ORDER"),
        ("standard", "agents", AGENT, {"weekly_contract_seconds": -1}, "E_TIME_DURATION"),
        ("standard", "survey_invitations", INVITATION, {"nps_type_code": "x"}, "E_CODE"),
        (
            "standard",
            "survey_invitations",
            INVITATION,
            {"delivered_at": "2026-01-01 10:00:00"},
            "E_TIME_ORDER",
        ),
        ("standard", "survey_answers", ANSWER, {"answer_text": "6"}, "E_SCALE"),
        ("standard", "survey_answers", ANSWER, {"answer_text": "good"}, "E_SCALE"),
        (
            "standard",
            "survey_answers",
            {**ANSWER, "scale_code": "yes_no", "answer_text": "Oui"},
            {"answer_text": "perhaps"},
            "E_SCALE",
        ),
        ("standard", "evaluations", EVALUATION, {"evaluator_id": "a"}, "E_EVALUATOR"),
        ("call_list", "calls", CALL, {"csat_answer_text": "0"}, "E_SCALE"),
        ("call_list", "calls", CALL, {"wait_seconds": -5}, "E_TIME_DURATION"),
        ("call_list", "calls", CALL, {"wait_seconds": 86_401}, "E_TIME_DURATION"),
        ("standard", "contact_legs", LEG, {"wait_seconds": 86_401}, "E_TIME_DURATION"),
        (
            "standard",
            "contact_legs",
            {**LEG, "channel_code": "E-Mail", "wait_seconds": 200_000},
            {"wait_seconds": -1},
            "E_TIME_DURATION",
        ),
        (
            "call_list",
            "calls",
            {**CALL, "channel_code": "Briefpost", "wait_seconds": 200_000},
            {"channel_code": "Téléphone"},
            "E_TIME_DURATION",
        ),
    ],
)
def test_one_wrong_row_is_kept_out_and_the_good_one_comes_in(
    judge: Judge, source: str, table: str, good: dict, changes: dict, reason: str
) -> None:
    _, kept_out = judge(source, table, good, {**good, **changes}, good)
    assert kept_out == {(reason, 3)}


def test_nulls_contradict_nothing(judge: Judge) -> None:
    bare = {name: LEG[name] for name in ("contact_id", "leg_number", "entered_at")}
    verdict, kept_out = judge("standard", "contact_legs", bare)
    assert not kept_out
    reported = {finding.column for finding in verdict.findings if not finding.is_met}
    assert "outcome_code" in reported


def test_an_unknown_scale_is_reported_and_comes_in(judge: Judge) -> None:
    verdict, kept_out = judge("standard", "survey_answers", {**ANSWER, "scale_code": "text"})
    assert not kept_out
    failed = [finding.reason_code for finding in verdict.findings if not finding.is_met]
    assert failed == ["E_SCALE_UNKNOWN"]


def test_nothing_at_all_is_reported(judge: Judge) -> None:
    verdict, _ = judge("call_list", "calls")
    assert not verdict.is_met
    assert any(finding.reason_code == "E_EMPTY" for finding in verdict.findings)


def test_findings_hold_no_value_of_a_row(judge: Judge) -> None:
    secret = {**LEG, "direction_code": "secret-word"}
    verdict, _ = judge("standard", "contact_legs", secret)
    assert "secret-word" not in repr(verdict)


@pytest.mark.parametrize(("source", "table"), list(CONTRACTS))
def test_every_raw_table_has_a_suite_whose_columns_exist(source: str, table: str) -> None:
    module = suite_module(source, table)
    assert module is not None
    assert suite_texts(source, table)
    names = {column.name for column in CONTRACTS[source, table].columns}
    suite = importlib.import_module(module.__name__).suite()
    assert len(suite) >= 2
    for expectation in suite:
        meta = expectation.meta
        assert meta["on_failure"] in ("quarantine_row", "report")
        assert meta["reason"].startswith("E_")
        asked = {
            getattr(expectation, name, None) for name in ("column", "column_A", "column_B")
        } - {
            None,
            "is_on_scale",
            "is_scale_known",
            "is_by_another",
            "is_wait_possible",
            "is_answer_in_order",
        }
        assert asked <= names


def test_a_table_without_a_suite_is_let_in(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    duckdb.execute(f"copy (select 'd' as delivery_id, 1 as line_number) to '{path}'")
    verdict = validate(
        duckdb.connect(), "standard", "nothing_like_it", f"read_parquet('{path}')", tmp_path
    )
    assert (verdict.row_count, verdict.findings) == (1, ())
