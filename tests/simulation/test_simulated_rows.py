"""What is delivered agrees with itself, row by row, and with the contract of the source."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
import yaml

from orchestration.home import PROJECT_ROOT, Home

Rows = duckdb.DuckDBPyConnection
ARROW_TYPES = {
    "string": "string", "bigint": "int64", "integer": "int32", "boolean": "bool",
    "timestamp": "timestamp[us]", "date": "date32[day]", "double": "double",
    "decimal(18,2)": "decimal128(18, 2)",
}  # fmt: skip
WRITTEN = (
    "contact_legs", "survey_invitations", "survey_answers", "selfcare_sessions", "agent_days",
    "sales", "tickets", "ticket_changes", "control_totals",
)  # fmt: skip


def one(rows: Rows, query: str) -> Any:
    """The only value of a query."""
    found = rows.execute(query).fetchone()
    assert found is not None
    return found[0]


def none_where(rows: Rows, condition: str, table: str = "contact_legs") -> None:
    """No delivered row meets the condition."""
    assert one(rows, f"select count(*) from {table} where {condition}") == 0, condition


def test_columns_and_types_are_those_of_the_source(centre: Home) -> None:
    contract = yaml.safe_load(
        (PROJECT_ROOT / "models" / "staging" / "standard" / "_sources.yml").read_text("utf-8")
    )
    tables = {table["name"]: table["columns"] for table in contract["sources"][0]["tables"]}
    for folder in sorted((centre.deliveries / "standard").iterdir()):
        # Every instant of the simulation has a clock, so it has no column that says so.
        columns = [one for one in tables[folder.name] if one["name"] != "has_entry_clock"]
        names = [column["name"] for column in columns]
        for path in sorted(folder.iterdir()):
            if path.suffix == ".csv":
                header = path.read_text("utf-8").splitlines()[0]
                assert header.split(",") == names
                continue
            types = {column["name"]: column["data_type"] for column in columns}
            schema = pq.read_schema(path)
            assert schema.names == names
            assert {field.name: str(field.type) for field in schema} == {
                name: ARROW_TYPES[kind] for name, kind in types.items()
            }


def test_files_are_named_by_mondays_up_to_the_last_sunday(
    centre: Home, truth: dict[str, Any]
) -> None:
    first = date(2026, 6, 29) - timedelta(weeks=truth["arguments"]["weeks"])
    mondays = [first + timedelta(weeks=week) for week in range(truth["arguments"]["weeks"])]
    for table in ("contact_legs", "survey_invitations", "survey_answers"):
        folder = centre.deliveries / "standard" / table
        assert [path.name for path in sorted(folder.iterdir())] == [
            f"{table}_{monday}.parquet" for monday in mondays
        ]


def test_written_rows_are_current_ones_older_versions_and_copies(
    rows: Rows, truth: dict[str, Any]
) -> None:
    for table in WRITTEN:
        counts = truth["deliveries"][table]
        written = one(rows, f"select count(*) from {table}")
        current = one(rows, f"select count(*) from {table}_current")
        distinct = one(
            rows, f"select count(*) from (select distinct * exclude (filename) from {table})"
        )
        assert written == counts["written_rows_count"]
        assert current == counts["current_rows_count"]
        assert distinct == current + counts["older_versions_count"]
        assert written - distinct == counts["copies_count"]
        assert counts["copies_count"] > 0 or current < 2_000
    contacts = one(rows, "select count(distinct contact_id) from contact_legs")
    assert contacts == truth["arguments"]["contacts"]


def test_rows_lie_in_the_week_of_their_update_and_copies_later(rows: Rows) -> None:
    monday = r"cast(regexp_extract(filename, '(\d{4}-\d\d-\d\d)', 1) as date)"
    for table in WRITTEN:
        files = f"(select *, {monday} as monday from {table})"
        none_where(rows, "date_trunc('week', updated_at) > monday", files)
        early = one(
            rows, f"select count(*) from {files} where date_trunc('week', updated_at) = monday"
        )
        distinct = one(
            rows, f"select count(*) from (select distinct * exclude (filename) from {table})"
        )
        assert early == distinct


def test_no_duration_is_negative_and_instants_are_in_order(rows: Rows) -> None:
    for column in ("talk_seconds", "hold_seconds", "wrap_up_seconds", "ring_seconds",
                   "unanswered_ring_count"):  # fmt: skip
        none_where(rows, f"{column} < 0")
    none_where(rows, "entered_at < contact_started_at")
    none_where(rows, "answered_at < entered_at")
    none_where(rows, "ended_at < coalesce(answered_at, entered_at)")
    none_where(rows, "updated_at < coalesce(ended_at, entered_at)")
    none_where(rows, "updated_at >= timestamp '2026-06-29 00:00:00'")
    none_where(rows, "ended_at != answered_at + to_seconds(talk_seconds + hold_seconds)")
    for column in ("entered_at", "updated_at", "ended_at"):
        none_where(rows, f"{column} != date_trunc('second', {column})")


def test_only_answered_legs_hold_an_agents_work(rows: Rows) -> None:
    answered = "outcome_code is not distinct from 'answered'"
    for column in ("agent_id", "answered_at", "talk_seconds", "hold_seconds"):
        none_where(rows, f"({answered}) != ({column} is not null)")
    for column in ("reason_code", "wrap_up_seconds", "is_resolved", "transfer_kind_code"):
        none_where(rows, f"not ({answered}) and {column} is not null")
    none_where(rows, "(outcome_code is null) != (ended_at is null)")
    none_where(rows, "(transfer_kind_code is null) != (transferred_at is null)")
    menu = "('ivr_only', 'ivr_abandoned', 'dissuaded', 'closed')"
    none_where(
        rows,
        f"direction_code = 'inbound' and (queue_id is null) != "
        f"(coalesce(outcome_code, '') in {menu})",
    )
    share = one(rows, f"select avg((wrap_up_seconds is null)::int) from contact_legs_current "
                      f"where {answered}")  # fmt: skip
    assert 0.01 < share < 0.03


def test_a_transfer_or_overflow_is_followed_by_another_queue(rows: Rows) -> None:
    pairs = (
        "(select a.*, b.queue_id as next_queue_id, b.entered_at as next_entered_at, "
        "b.contact_id as next_contact_id from contact_legs_current a left join "
        "contact_legs_current b on a.contact_id = b.contact_id and b.leg_number = a.leg_number + 1)"
    )
    moves = "(outcome_code is not distinct from 'overflow_out' "
    moves += "or coalesce(transfer_kind_code, 'external') != 'external')"
    none_where(rows, f"{moves} != (next_contact_id is not null)", pairs)
    none_where(rows, "next_queue_id = queue_id or next_entered_at != ended_at", pairs)


def test_callbacks_name_the_contact_that_took_one(rows: Rows) -> None:
    none_where(rows, "(outcome_code is not distinct from 'callback_taken') != "
                     "(callback_promised_at is not null)")  # fmt: skip
    none_where(rows, "(callback_of_contact_id is null) != (callback_attempt_number is null)")
    sources = "(select a.entered_at, b.ended_at from contact_legs_current a left join (select * "
    sources += "from contact_legs_current where outcome_code = 'callback_taken') b "
    sources += "on a.callback_of_contact_id = b.contact_id "
    sources += "where a.callback_of_contact_id is not null)"
    none_where(rows, "ended_at is null or entered_at < ended_at", sources)


def test_live_queues_are_entered_within_their_local_hours(rows: Rows) -> None:
    legs = """(
        select hours.opens_seconds is not null as opened
        from (
            select leg.*, queue.calendar_code,
                timezone(site.zone_name, timezone('UTC', leg.entered_at)) as local_at
            from contact_legs_current as leg
            inner join queues as queue on leg.queue_id = queue.queue_id
            inner join sites as site on queue.site_id = site.site_id
            where leg.leg_number = 1 and leg.channel_code != 'email'
        ) as leg
        left join opening_hours as hours
            on leg.calendar_code = hours.calendar_code
            and isodow(leg.local_at) = hours.weekday_number
            and epoch(leg.local_at::time) >= hours.opens_seconds
            and epoch(leg.local_at::time) < hours.closes_seconds
            and not exists (
                select 1 from holidays
                where holidays.calendar_code = leg.calendar_code
                    and holidays.holiday_date = leg.local_at::date
            )
    )"""
    assert one(rows, f"select count(*) from {legs}") > 10_000
    none_where(rows, "not opened", legs)


def test_an_agents_assignments_do_not_overlap_and_cover_his_work(rows: Rows) -> None:
    both = "agents a inner join agents b on a.agent_id = b.agent_id "
    both += "and a.valid_from_date < b.valid_from_date"
    none_where(rows, "coalesce(a.valid_to_date, date '9999-12-31') >= b.valid_from_date", both)
    assert one(rows, f"select count(*) from {both}") > 0
    assert one(rows, "select count(*) from agents where left_date = valid_to_date") > 0
    work = """(
        select agents.team_id, teams.site_id, queues.site_id as queue_site_id
        from contact_legs_current as leg
        inner join queues on leg.queue_id = queues.queue_id
        left join agents
            on leg.agent_id = agents.agent_id
            and (timezone('UTC', leg.answered_at) at time zone 'Europe/Paris')::date
                between agents.valid_from_date - 1
                and coalesce(agents.valid_to_date, date '9999-12-30') + 1
        left join teams on agents.team_id = teams.team_id
        where leg.agent_id is not null
    )"""
    none_where(rows, "team_id is null or site_id != queue_site_id", work)


def test_codes_are_in_the_lists(rows: Rows) -> None:
    for column, table in (("queue_id", "queues"), ("site_id", "sites"),
                          ("reason_code", "contact_reasons")):  # fmt: skip
        none_where(rows, f"{column} not in (select {column} from {table})")
    none_where(rows, "entry_reason_code not in (select issue_reason_code from contact_reasons)")


def test_surveys_ask_answered_contacts_and_answers_follow_sending(rows: Rows) -> None:
    asked = """(
        select invitation.sent_at, invitation.suppressed_reason_code, invitation.updated_at,
            max(leg.outcome_code = 'answered') as answered, max(leg.is_test) as is_test
        from survey_invitations_current as invitation
        left join contact_legs_current as leg on invitation.contact_id = leg.contact_id
        group by all
    )"""
    none_where(rows, "not coalesce(answered, false) or is_test", asked)
    none_where(rows, "(sent_at is null) != (suppressed_reason_code is not null)", asked)
    answers = "survey_answers a left join survey_invitations_current b using (invitation_id)"
    none_where(rows, "b.sent_at is null or a.answered_at < b.sent_at", answers)
    none_where(rows, "a.answered_at > b.sent_at + interval 20 days", answers)
    late = "a.updated_at > b.sent_at + interval 7 days"
    assert one(rows, f"select count(*) from {answers} where {late}") > 0
    scales = {
        "csat": ("points_1_5", "answer_text::int between 1 and 5"),
        "nps": ("points_0_10", "answer_text::int between 0 and 10"),
        "resolved": ("yes_no", "answer_text in ('yes', 'no')"),
    }
    for question, (scale, valid) in scales.items():
        own = f"(select * from survey_answers where question_code = '{question}')"
        none_where(rows, f"scale_code != '{scale}' or not ({valid})", own)


@pytest.mark.parametrize("name", ["settings.toml", "truth.json"])
def test_the_home_is_described(centre: Home, name: str) -> None:
    assert Path(centre.root / name).read_text("utf-8")
