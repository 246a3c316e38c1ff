"""The oracle against cases worked by hand and the golden numbers of the KPI dictionary."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from tests.histories.history import History, histories, seeded_history
from tests.histories.rows import KEYS, Row, delivered_row, list_row
from tests.oracle.centre.centre import current_versions
from tests.oracle.golden.rows import leg as usual_leg
from tests.oracle.kpi_values import kpi_values
from tests.oracle.statistics.intervals import benjamini_hochberg, newcombe, welch, wilson

NOON = datetime(2026, 3, 4, 12)  # a Wednesday; its week begins on 2 March
WEDNESDAY, MONDAY = date(2026, 3, 4), date(2026, 3, 2)
LISTS: dict[str, list[Row]] = {
    "sites": [
        {"site_id": "main", "zone_name": "Europe/Paris"},
        {"site_id": "far", "zone_name": "America/New_York"},
    ],
    "queues": [{"queue_id": "q1", "site_id": "main"}, {"queue_id": "q2", "site_id": "far"}],
}


def leg(contact: str, number: int = 1, **values: Any) -> Row:
    """The visit of worked cases, on a channel that nobody names unless told otherwise."""
    return usual_leg(contact, number, **({"channel_code": None} | values))


def answer(number: int, text: str, **values: Any) -> Row:
    """An answer to the satisfaction question on five points, about contact c<number>."""
    said = {"response_id": f"r{number}", "question_code": "csat", "scale_code": "points_1_5"}
    said |= {"contact_id": f"c{number}", "answer_text": text}
    return delivered_row("survey_answers", **(said | values))


def values_of(
    legs: list[Row],
    answers: list[Row] | None = None,
    as_of: datetime | None = None,
    targets: list[Row] | None = None,
    **tables: list[Row],
) -> dict[Any, dict[str, Any]]:
    """The oracle's rows for a home in Paris with default site main."""
    delivered = {"agents": [], "survey_invitations": []} | tables
    delivered |= {"contact_legs": legs, "survey_answers": answers or []}
    lists = LISTS | {"kpi_targets": targets or []}
    return kpi_values(delivered, lists, "Europe/Paris", "main", as_of)


def all_of(rows: dict[Any, dict[str, Any]], kpi: str, scope: str = "company") -> dict[str, Any]:
    """The rows of a KPI over everything, by member of a scope."""
    return {k[4]: row for k, row in rows.items() if (k[0], k[1], k[3]) == (kpi, "all", scope)}


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (3, 3, 0.4385, 1),
        (2, 3, 0.2077, 0.9385),
        (9, 10, 0.5958, 0.9821),
        (45, 50, 0.7864, 0.9565),
        (811, 1000, 0.7856, 0.8341),
    ],
)
def test_wilson(successes: int, n: int, low: float, high: float) -> None:
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


def test_newcombe() -> None:
    assert newcombe((56, 70), (48, 80)) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_welch_rounds_its_degrees_of_freedom_down() -> None:
    # Difference -3, standard error sqrt(.5 + 2), 5.88 degrees of freedom: t(.975; 5) = 2.5706.
    tested = welch([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])
    assert tested is not None
    assert tested[1:] == pytest.approx((-3 - 4.06447, -3 + 4.06447), abs=1e-4)
    assert welch([7, 7, 7], [8, 8, 8]) is None


def test_benjamini_hochberg_passes_all_up_to_the_last_that_fits() -> None:
    assert benjamini_hochberg({"a": 0.04, "b": 0.05}) == {"a", "b"}
    assert benjamini_hochberg({"a": 0.01, "b": 0.04, "c": 0.2}) == {"a"}


def test_answer_rate_of_service_level_2() -> None:
    counts = {"answered": 1000, "voicemail": 5, "overflow_out": 18, "system_loss": 2}
    legs = [
        leg(f"{outcome}{number}", outcome_code=outcome)
        for outcome, count in counts.items()
        for number in range(count)
    ]
    for number in range(60):  # 10 of them short: 5.9 s is 5 whole seconds
        ended = NOON + timedelta(seconds=5.9 if number < 10 else 6)
        legs.append(leg(f"gone{number}", outcome_code="abandoned", ended_at=ended))
    for number in range(15):
        legs.append(leg(f"cb{number}", outcome_code="callback_taken"))
        delay = timedelta(seconds=86_400 if number < 9 else 86_401)
        called = {"callback_of_contact_id": f"cb{number}", "answered_at": NOON + delay}
        legs.append(leg(f"back{number}", direction_code="outbound", **called))
    row = values_of(legs)["answer_rate", "day", WEDNESDAY, "company", "company"]
    assert (row["numerator"], row["denominator"]) == (1009, 1090)
    assert row["value"] == pytest.approx(0.925688, abs=5e-7)


def test_handle_time_is_no_mean_of_means() -> None:
    parts = {"hold_seconds": 0, "wrap_up_seconds": 0}
    legs = [leg(f"a{number}", talk_seconds=600, **parts) for number in range(10)]
    legs += [leg(f"b{number}", talk_seconds=240, **parts) for number in range(90)]
    rows = values_of(legs)
    assert all_of(rows, "average_handle_seconds")["company"]["value"] == 276.0
    assert all_of(rows, "average_handle_seconds", "team") == {
        "unassigned": all_of(rows, "average_handle_seconds")["company"]
    }


@pytest.mark.parametrize(("texts", "mean"), [("5" * 6 + "1" * 4, 60), ("4" * 6 + "3" * 4, 65)])
def test_csat(texts: str, mean: float) -> None:
    numbers = range(10)
    rows = values_of([leg(f"c{n}") for n in numbers], [answer(n, texts[n]) for n in numbers])
    assert all_of(rows, "csat_score")["company"]["value"] == mean
    assert all_of(rows, "csat_score")["company"]["numerator"] == Decimal(mean * 10)
    assert all_of(rows, "csat_top_box_rate")["company"]["value"] == pytest.approx(0.6)
    assert not [key for key in rows if key[0].startswith("csat") and key[1] == "day"]


def test_a_transferred_contact_is_two_visits_and_one_contact() -> None:
    first = leg("c1", 1, transfer_kind_code="consult", is_resolved=True, reason_code="bill")
    rows = values_of([first, leg("c1", 2, queue_id="q2", is_resolved=False)])
    assert all_of(rows, "answer_rate")["company"]["denominator"] == 2
    resolved = all_of(rows, "declared_resolution_rate", "queue")
    assert list(resolved) == ["q1"] and resolved["q1"]["value"] == 0.0
    assert list(all_of(rows, "declared_resolution_rate", "reason")) == ["bill"]


def test_days_are_local_to_the_site_of_the_leg() -> None:
    midnight = datetime(2026, 10, 24, 22)  # 00:00 in Paris, summer time until 01:00 UTC
    legs = [leg("a", entered_at=midnight), leg("b", entered_at=midnight - timedelta(seconds=1))]
    legs += [leg("c", entered_at=datetime(2026, 10, 25, 22, 59, 59))]  # the 25 h day
    legs += [leg("d", entered_at=datetime(2026, 10, 25, 3, 59), queue_id="q2")]  # 24th over there
    legs += [leg("e", entered_at=midnight, queue_id="q2", site_id="main")]
    days = {
        key[2].day: row["denominator"]
        for key, row in values_of(legs).items()
        if key[0] == "answer_rate" and key[1] == "day" and key[3] == "company"
    }
    assert days == {24: 2, 25: 3}


def test_the_version_is_the_last_updated_then_delivered_then_the_greatest_hash() -> None:
    rows = [
        leg("c", updated_at=None, delivered_date=date(2026, 9, 9)),
        leg("c", updated_at=NOON, delivered_date=None, queue_id="q2"),
        leg("c", updated_at=NOON, delivered_date=date(2026, 3, 5), queue_id="q3"),
        leg("c", updated_at=NOON, delivered_date=date(2026, 3, 5), queue_id="q4"),
    ]
    expected = max(rows[2:], key=lambda row: row["row_hash"])
    for _ in range(4):
        rows = rows[1:] + rows[:1]
        assert current_versions(rows, KEYS["contact_legs"]) == [expected]


def test_thresholds_of_short_abandons_are_dated_and_the_queue_goes_first() -> None:
    kpi: dict[str, Any] = {"kpi_id": "short_abandon_rate"}
    queue = kpi | {"scope_code": "queue", "scope_id": "q1"}
    company = kpi | {"scope_code": "company", "scope_id": "company", "threshold_seconds": 30}
    targets = [
        list_row("kpi_targets", **company),
        list_row("kpi_targets", **queue, valid_from_date=WEDNESDAY, threshold_seconds=8),
    ]
    legs = []
    for day, queue_id in [(0, "q1"), (-1, "q1"), (0, "q2")]:
        entered = NOON + timedelta(days=day)
        said = {"queue_id": queue_id, "ended_at": entered + timedelta(seconds=20)}
        legs.append(leg(f"c{day}{queue_id}", entered_at=entered, outcome_code="abandoned", **said))
    offered = all_of(values_of(legs, targets=targets), "answer_rate", "queue")
    assert {name: row["denominator"] for name, row in offered.items()} == {"q1": 1}


def test_a_record_without_an_end_is_lost_after_a_day() -> None:
    nothing: dict[str, Any] = {"outcome_code": None, "answered_at": None, "ended_at": None}
    legs = [leg(f"c{number}") for number in range(4)] + [leg("open", **nothing)]
    later = NOON + timedelta(days=1)
    rows = all_of(values_of(legs, as_of=later - timedelta(seconds=1)), "answer_rate")
    assert rows["company"]["input_share"] == 1.0
    rows = all_of(values_of(legs, as_of=later), "answer_rate")
    assert (rows["company"]["input_share"], rows["company"]["value"]) == (0.8, 1.0)
    rows = all_of(values_of(legs[1:], as_of=later), "answer_rate")
    assert (rows["company"]["reason_code"], rows["company"]["value"]) == ("lost_records", None)
    closed = leg("open", outcome_code=None, answered_at=NOON, ended_at=NOON)
    assert all_of(values_of([closed], as_of=later), "answer_rate")["company"]["value"] == 1.0


def test_seconds_not_known_are_not_zero() -> None:
    legs = [leg(f"c{n}", talk_seconds=60, wrap_up_seconds=0) for n in range(3)]
    rows = values_of([*legs, leg("bot", actor_kind_code="bot"), leg("test", is_test=True)])
    assert all_of(rows, "average_talk_seconds")["company"]["value"] == 60.0
    assert all_of(rows, "average_hold_seconds")["company"]["reason_code"] == "no_hold"
    assert all_of(rows, "average_handle_seconds")["company"]["denominator"] == 0
    assert all_of(rows, "answer_rate")["company"]["event_count"] == 3  # what a bot took is no visit


def test_an_agent_keeps_the_team_of_the_day() -> None:
    spans = [(date(2026, 1, 1), WEDNESDAY, "t1"), (date(2026, 3, 5), None, "t2")]
    agents = [
        delivered_row(
            "agents", agent_id="a1", valid_from_date=start, valid_to_date=end, team_id=team
        )
        for start, end, team in spans
    ]
    legs = [
        leg(f"c{day}", agent_id="a1", talk_seconds=1, entered_at=NOON + timedelta(days=day))
        for day in (0, 1, 2)
    ]
    rows = all_of(values_of(legs, agents=agents), "average_talk_seconds", "team")
    assert {name: row["denominator"] for name, row in rows.items()} == {"t1": 1, "t2": 2}


def test_orphans_are_outside_and_invitations_lead_to_contacts() -> None:
    invitation = delivered_row("survey_invitations", invitation_id="i", contact_id="c0")
    answers = [answer(n, "5") for n in range(6)]
    answers[0] |= {"contact_id": None, "invitation_id": "i"}
    legs = [leg(f"c{n}") for n in range(5)]  # c5 has not come yet
    rows = values_of(legs, answers, survey_invitations=[invitation])
    assert all_of(rows, "csat_top_box_rate")["company"]["denominator"] == 5


def test_a_hidden_member_does_not_follow_from_the_others() -> None:
    queues = ["q1"] * 6 + ["q2"] * 6 + ["q3"] * 4 + ["q4"] * 9
    legs = [leg(f"c{n}", queue_id=queue) for n, queue in enumerate(queues)]
    rows = all_of(values_of(legs, [answer(n, "5") for n in range(25)]), "csat_score", "queue")
    hidden = {name: row["suppression_code"] for name, row in rows.items()}
    assert hidden == {"q1": "complementary", "q2": None, "q3": "under_5", "q4": None}
    assert rows["q1"]["event_count"] is None and rows["q3"]["value"] is None


def test_a_change_of_the_week_is_real() -> None:
    legs = []
    for week, answered, offered in [(0, 56, 70), (-1, 48, 80)]:
        for number in range(offered):
            outcome = "answered" if number < answered else "abandoned"
            said = {"outcome_code": outcome, "entered_at": NOON + timedelta(weeks=week)}
            legs.append(leg(f"c{week}-{number}", **said))
    row = values_of(legs)["answer_rate", "week", MONDAY, "company", "company"]
    assert row["previous_value"] == 0.6 and row["is_change_real"]
    assert row["change_p_value"] == pytest.approx(0.00805, abs=5e-5)


@settings(max_examples=40, deadline=None)
@given(histories())
def test_order_and_repetition_change_nothing(history: History) -> None:
    defaults = (history.zone, history.site, history.as_of)
    expected = kpi_values(history.tables, history.lists, *defaults)
    repeated = {name: (rows + rows)[::-1] for name, rows in history.tables.items()}
    assert kpi_values(repeated, history.lists, *defaults) == expected


@settings(max_examples=40, deadline=None)
@given(histories())
def test_members_add_up_to_the_company(history: History) -> None:
    defaults = (history.zone, history.site, history.as_of)
    rows = kpi_values(history.tables, history.lists, *defaults)
    sums: dict[Any, list[int]] = {}
    for (kpi, period, start, scope, _), row in rows.items():
        if not kpi.startswith("csat"):
            found = sums.setdefault((kpi, period, start, scope), [0, 0])
            found[0] += row["numerator"]
            found[1] += row["denominator"]
    for (kpi, period, start, _), found in sums.items():
        assert found == sums[kpi, period, start, "company"]


@settings(max_examples=40, deadline=None)
@given(histories())
def test_only_equal_rows_tie_in_everything(history: History) -> None:
    for name, key in KEYS.items():
        seen: dict[Any, Row] = {}
        for row in history.tables[name]:
            columns = (*key, "updated_at", "delivered_date", "row_hash")
            assert seen.setdefault(tuple(row[column] for column in columns), row) == row


def test_a_seed_gives_one_history_in_any_order_of_its_rows() -> None:
    history = seeded_history(1, 200)
    assert history == seeded_history(1, 200) != seeded_history(2, 200)
    expected = kpi_values(history.tables, history.lists, history.zone, history.site)
    for rows in history.tables.values():
        Random(0).shuffle(rows)
    assert kpi_values(history.tables, history.lists, history.zone, history.site) == expected
