"""The marts of the transactional family find what the simulation knows to be true of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home import Home
from simulation import simulate

Centre = tuple[Home, dict[str, Any]]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, run_replayed: Callable[..., Any]) -> Centre:
    """A simulated centre of three months, run, and what was observed in it."""
    home = Home.at(tmp_path_factory.mktemp("centre") / "home")
    truth = simulate(home, contacts=4000, weeks=13, seed=6)
    assert run_replayed(home).is_complete
    return home, json.loads(Path(truth).read_text("utf-8"))["observed"]


def sums(home: Home, mart: str) -> dict[str, Any]:
    """All measures of an aggregate, added up."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        described = connection.execute(f"describe marts.{mart}").fetchall()
        names = [name for name, kind, *_ in described if kind == "BIGINT" or "DECIMAL" in kind]
        added = ", ".join(f"sum({name})" for name in names)
        row = connection.execute(f"select {added} from marts.{mart}").fetchone()
    return dict(zip(names, row or (), strict=True))


def rows(home: Home, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the private warehouse."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize(("mart", "part", "pairs"), [
    ("agg_followed_daily", "selfcare", {
        "started_count": "session_count", "escalated_count": "escalated_session_count",
        "contained_count": "contained_session_count",
        "resolved_in_7_days_count": "resolved_session_count",
        "outside_opening_hours_count": "off_hours_session_count",
        "human_contacts_count": "human_contact_count",
    }),
    ("agg_followed_daily", "selfcare.sent_legs", {
        "eligible_count": "selfcare_eligible_count",
        "sent_of_eligible_count": "selfcare_sent_count",
        "started_in_24_hours_count": "selfcare_started_count",
        "followable_count": "selfcare_followed_count", "successful_count": "selfcare_success_count",
    }),
    ("agg_followed_daily", "journeys.promotions", {
        "promoted_count": "promoted_count", "followable_count": "followed_promotion_count",
        "adopted_count": "adopted_promotion_count",
    }),
    ("agg_followed_daily", "sales", {
        "eligible_contacts_count": "sale_contact_count",
        "converted_contacts_count": "converted_contact_count", "kept_sales_count": "sale_count",
    }),
    ("agg_abandons_daily", "journeys.redials", {"redial_count": "redialled_count"}),
    ("agg_transactional_daily", "journeys.transfers", {
        "transferred_count": "transferred_count", "wrong_queue_count": "wrong_queue_count",
    }),
    ("agg_transactional_daily", "journeys.callbacks", {
        "offered_count": "callback_offered_count", "accepted_count": "callback_accepted_count",
        "closed_promise_count": "callback_closed_count",
        "reached_in_closed_promise_count": "callback_closed_kept_count",
    }),
    ("agg_presence_daily", "presence", {
        "agent_days_count": "agent_day_count", "planned_seconds": "scheduled_seconds",
        "absent_seconds": "absent_seconds",
    }),
    ("fct_agent_days", "presence", {
        "idle_seconds": "idle_seconds", "logged_in_seconds": "logged_in_seconds",
        "paused_seconds": "paused_seconds", "paid_seconds": "paid_seconds",
        "unknown_wrap_up_count": "unmeasured_leg_count",
    }),
    ("agg_tickets_daily", "tickets", {
        "tickets_count": "ticket_count", "unreplied_count": "unreplied_count",
        "replied_count": "replied_count", "first_reply_seconds": "first_reply_seconds",
        "resolved_count": "solved_count",
    }),
    ("agg_tickets_daily", "tickets.reopened_within_7_days", {
        "mature_count": "settled_solved_count", "reopened_count": "reopened_count",
    }),
    ("agg_issues_daily", "issues", {"issues_count": "issue_count"}),
    ("agg_issues_daily", "issues.within_7_days", {"mature_count": "mature_count"}),
])  # fmt: skip
def test_what_was_observed_is_found(
    mart: str, part: str, pairs: dict[str, str], centre: Centre
) -> None:
    home, known = centre
    for key in part.split("."):
        known = known[key]
    found = sums(home, mart)
    assert {name: found[column] for name, column in pairs.items()} == {
        name: known[name] for name in pairs
    }
    assert any(known[name] for name in pairs)


def test_who_came_back_is_found(centre: Centre) -> None:
    home, known = centre
    # The simulation knows no repeats but contacts: a re-opened ticket is one more.
    found = rows(
        home,
        "select sum(contact_count - 1), count(*) filter (where contact_count > 1), "
        "sum(repeat_count - reopening_count) from marts.fct_issues where is_followed",
    )
    repeats = known["issues"]["repeats_count"]
    assert found == [(repeats, known["issues"]["repeated_issues_count"], repeats)]
    assert repeats > 0


def test_the_days_on_which_the_switch_disagrees_are_found(centre: Centre) -> None:
    home, known = centre
    found = rows(
        home,
        "select count(residual_count), count(*) filter (where residual_count != 0) "
        "from marts.rpt_reconciliation where check_code = 'control_totals'",
    )
    totals = known["control_totals"]
    assert found == [(totals["compared_count"], totals["different_count"])]
    assert totals["different_count"] > 0


def test_every_first_channel_is_found(centre: Centre) -> None:
    home, known = centre
    found = rows(
        home,
        "select channel_code, count(*) from marts.fct_contacts "
        "where is_demand group by channel_code",
    )
    assert dict(found) == known["journeys"]["channels"]["contacts_by_first_channel"]
    customers = rows(
        home,
        "select count(distinct customer_id), "
        "count(distinct case when is_digital then customer_id end) "
        "from marts.fct_contacts where is_demand",
    )
    channels = known["journeys"]["channels"]
    assert customers == [(channels["customers_count"], channels["digital_customers_count"])]


def test_shared_time_of_chats_is_found(centre: Centre) -> None:
    home, known = centre
    found = rows(home, "select sum(handle_seconds), sum(effective_handle_sum) from marts.fct_chats")
    handled, effective = found[0]
    assert handled == known["journeys"]["handle_seconds"]["chat"]["handle_seconds"]
    assert 0 < effective < handled
