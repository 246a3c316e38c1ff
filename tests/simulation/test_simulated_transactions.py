"""The truth of sessions, agent days, sales, tickets and repeats, recounted from the files."""

from typing import Any

import duckdb
import pytest

from simulation.draw.presence import OCCUPANCY

Rows = duckdb.DuckDBPyConnection
FACTS = """
    create or replace temp table facts as
    with as_of as (
        select greatest(
            (select max(updated_at) from contact_legs),
            (select max(updated_at) from survey_answers),
            (select max(updated_at) from survey_invitations)
        ) as as_of
    ),
    contacts as (
        select contact_id, any_value(customer_id) as customer_id,
            min(contact_started_at) as started_at, min(entered_at) as entered_at,
            max(greatest(coalesce(ended_at, entered_at), entered_at)) as ended_at,
            any_value(entry_reason_code) as menu_code,
            last(reason_code order by leg_number) filter (where reason_code is not null) as reason,
            bool_and(direction_code = 'inbound' and not is_test) as is_inbound,
            bool_or(coalesce(outcome_code = 'answered', false)) as is_answered,
            bool_or(queue_id is not null and outcome_code is not null
                and not (outcome_code = 'abandoned' and epoch(ended_at - entered_at) <= 5)
            ) as is_asked,
            first(channel_code order by leg_number) as channel_code
        from contact_legs_current group by contact_id
    )
    select contacts.*, as_of.as_of, coalesce(contact_reasons.issue_reason_code, menu_code) as issue
    from contacts cross join as_of
    left join contact_reasons on contacts.reason = contact_reasons.reason_code
"""


@pytest.fixture(scope="module")
def told(rows: Rows) -> Rows:
    rows.execute(FACTS)
    return rows


def found(rows: Rows, query: str) -> dict[str, int]:
    """The only row of a query, by column."""
    result = rows.execute(query)
    names = [column[0] for column in result.description or []]
    return {n: int(v or 0) for n, v in zip(names, result.fetchone() or (), strict=True)}


def agrees(own: dict[str, Any], recounted: dict[str, int]) -> None:
    assert {name: own[name] for name in recounted} == recounted
    assert any(recounted.values())


def test_repeats(told: Rows, truth: dict[str, Any]) -> None:
    for days in (1, 3, 7, 14, 30):
        recounted = found(
            told,
            f"""
            with asked as (
                select * from facts where is_inbound and is_asked and customer_id is not null
                    and issue is not null
            ),
            gapped as (
                select *, max(ended_at) over (partition by customer_id, issue order by started_at,
                    contact_id rows between unbounded preceding and 1 preceding) as latest
                from asked
            ),
            numbered as (
                select *, sum((latest is null or started_at > latest + interval 30 days)::int)
                    over (partition by customer_id, issue order by started_at, contact_id)
                    as issue_no
                from gapped
            ),
            begun as (
                select *, first_value(contact_id) over own as first_id
                from numbered where is_answered window own as (
                    partition by customer_id, issue, issue_no order by started_at, contact_id)
            ),
            firsts as (select * from begun where contact_id = first_id),
            paired as (
                select a.contact_id, a.ended_at, a.as_of, count(b.contact_id) as repeats,
                    min(b.started_at) as next_at
                from firsts a left join numbered b on a.customer_id = b.customer_id
                    and a.issue = b.issue and a.issue_no = b.issue_no
                    and (b.started_at, b.contact_id) > (a.started_at, a.contact_id)
                group by all
            )
            select count(*) as issues_count, sum(repeats) as repeats_count,
                count(*) filter (where ended_at + interval {days} days <= as_of) as mature_count,
                count(*) filter (where ended_at + interval {days} days <= as_of
                    and (next_at is null or next_at > ended_at + interval {days} days))
                    as resolved_count
            from paired""",
        )
        own = truth["observed"]["issues"]
        agrees(own | own[f"within_{days}_days"], recounted)


def test_sessions(told: Rows, truth: dict[str, Any]) -> None:
    recounted = found(
        told,
        """
        with sessions as (
            select s.*, r.issue_reason_code as issue from selfcare_sessions_current s
            left join contact_reasons r using (reason_code)
        ),
        followed as (
            select s.session_id, bool_or(f.contact_id is not null) as is_followed
            from sessions s left join facts f on s.customer_id = f.customer_id
                and s.issue = f.issue and f.is_inbound and f.is_asked
                and f.started_at between s.ended_at and s.ended_at + interval 7 days
            group by all
        )
        select count(*) as started_count, count(*) filter (where is_escalated) as escalated_count,
            count(contact_id) as linked_count, count(*) filter (where is_completed)
            as completed_count, count(sent_by_contact_id) as sent_by_agent_count,
            count(*) filter (where customer_id is not null and issue is not null
                and ended_at + interval 7 days <= as_of) as followable_count,
            count(*) filter (where customer_id is not null and issue is not null and is_completed
                and not is_followed and ended_at + interval 7 days <= as_of)
                as resolved_in_7_days_count
        from sessions join followed using (session_id)
        cross join (select any_value(as_of) as as_of from facts)""",
    )
    agrees(truth["observed"]["selfcare"], recounted)


def test_legs_that_sent_customers_to_selfcare(told: Rows, truth: dict[str, Any]) -> None:
    recounted = found(
        told,
        """
        select count(*) as sent_count,
            count(*) filter (where r.is_selfcare_eligible) as sent_of_eligible_count,
            count(*) filter (where r.is_selfcare_eligible and a.customer_id is not null
                and a.ended_at + interval 24 hours <= f.as_of
                and exists (select 1 from selfcare_sessions_current s
                where s.sent_by_contact_id = a.contact_id
                and s.started_at <= a.ended_at + interval 24 hours)) as started_in_24_hours_count
        from contact_legs_current a join facts f using (contact_id)
        left join contact_reasons r on a.reason_code = r.reason_code
        where sent_to_channel_code is not null and f.is_inbound""",
    )
    agrees(truth["observed"]["selfcare"]["sent_legs"], recounted)


def test_agent_days_fit_the_legs(told: Rows, truth: dict[str, Any]) -> None:
    days = """(
        select d.*, coalesce(busy, 0) as busy, coalesce(unknown, 0) as unknown,
            coalesce(all_busy, 0) as all_busy
        from agent_days_current d left join (
            select agent_id, timezone(s.zone_name, timezone('UTC', answered_at))::date as work_date,
                sum(talk_seconds + hold_seconds + coalesce(wrap_up_seconds, 0)) as all_busy,
                sum(talk_seconds + hold_seconds + coalesce(wrap_up_seconds, 0))
                    filter (where not is_test) as busy,
                count(*) filter (where not is_test and wrap_up_seconds is null) as unknown
            from contact_legs_current l join (select distinct agent_id, site_id from agents) a
                using (agent_id) join sites s on a.site_id = s.site_id
            where answered_at is not null group by all
        ) using (agent_id, work_date)
    )"""
    recounted = found(
        told,
        f"""select count(*) as agent_days_count, sum(busy) as busy_seconds,
        sum(unknown) as unknown_wrap_up_count, sum(idle_seconds) as idle_seconds,
        sum(logged_in_seconds) as logged_in_seconds, sum(planned_seconds) as planned_seconds,
        sum(absent_seconds) as absent_seconds from {days}""",
    )
    own = truth["observed"]["presence"]
    agrees(own, recounted)
    bad = "all_busy + idle_seconds > logged_in_seconds or logged_in_seconds > 86400"
    assert found(told, f"select count(*) as n from {days} where {bad}")["n"] == 0
    occupancy = own["busy_seconds"] / (own["busy_seconds"] + own["idle_seconds"])
    assert occupancy == pytest.approx(OCCUPANCY, abs=0.01)


def test_sales(told: Rows, truth: dict[str, Any]) -> None:
    recounted = found(
        told,
        """
        with matched as (
            select s.*, coalesce(any_value(s.contact_id),
                last(f.contact_id order by f.started_at)) as joined
            from sales_current s left join (
                select distinct l.agent_id, f.contact_id, f.customer_id, f.started_at
                from facts f join contact_legs_current l using (contact_id)
                where l.agent_id is not null and not l.is_test
            ) f on s.contact_id is null and s.customer_id = f.customer_id
                and s.agent_id = f.agent_id
                and f.started_at between s.sold_at - interval 24 hours and s.sold_at
            group by all
        ),
        kept as (
            select joined, count(*) as sales, sum(sale_amount) as amount from matched
            where cancelled_at is null or cancelled_at > sold_at + interval 14 days group by all
        ),
        eligible as (
            select contact_id from facts join contact_reasons on reason = reason_code
            where is_inbound and is_answered and is_sale_eligible
                and entered_at + interval 15 days <= as_of
        )
        select (select count(*) from matched) as sales_count,
            (select count(joined) from matched where contact_id is null)
                as joined_by_customer_count,
            (select count(cancelled_at) from matched) as cancelled_count,
            (select 100 * sum(sale_amount) from matched) as sale_cents,
            count(*) as eligible_contacts_count, count(kept.joined) as converted_contacts_count,
            sum(kept.sales) as kept_sales_count, 100 * sum(kept.amount) as kept_sale_cents
        from eligible left join kept on eligible.contact_id = kept.joined""",
    )
    agrees(truth["observed"]["sales"], recounted)


def test_tickets(told: Rows, truth: dict[str, Any]) -> None:
    recounted = found(
        told,
        """
        with reopened as (
            select ticket_id, min(changed_at) filter (where status_code = 'solved') as first_at,
                last(status_code order by changed_at) as status_code,
                bool_or(status_code = 'pending' and actor_kind_code = 'person') as has_work,
                count(*) filter (where status_code = 'open' and actor_kind_code = 'customer') > 0
                    as is_reopened
            from ticket_changes_current group by ticket_id
        )
        select count(*) as tickets_count, count(first_human_reply_at) as replied_count,
            sum(epoch(first_human_reply_at - created_at)) as first_reply_seconds,
            count(resolved_at) as resolved_count,
            sum(epoch(resolved_at - created_at)) as first_resolution_seconds,
            count(*) filter (where status_code != 'solved') as open_count,
            count(*) filter (where has_work) as reopened_with_work_count
        from tickets_current join reopened using (ticket_id)""",
    )
    agrees(truth["observed"]["tickets"], recounted)
    wrong = (
        "select count(*) as n from tickets_current t where resolved_at is distinct from (select "
    )
    wrong += "min(changed_at) from ticket_changes_current c where c.ticket_id = t.ticket_id "
    wrong += "and status_code = 'solved')"
    assert found(told, wrong)["n"] == 0


def test_switch_totals_differ_where_it_was_planted(told: Rows, truth: dict[str, Any]) -> None:
    apart = told.execute("""
        with visits as (
            select leg.*, timezone(zone_name, timezone('UTC', entered_at))::date as measured_date,
                coalesce(outcome_code = 'abandoned' and epoch(ended_at - entered_at) <= 5, false)
                    as is_short
            from contact_legs_current leg join queues using (queue_id)
            join sites on queues.site_id = sites.site_id
            where direction_code = 'inbound' and not is_test
        ),
        counted as (
            select queue_id, measured_date, count(*) as received,
                count(*) filter (where outcome_code is not null and not is_short) as offered,
                count(*) filter (where outcome_code = 'answered') as answered,
                count(*) filter (where outcome_code in ('abandoned', 'abandoned_ringing')
                    and not is_short) as abandoned
            from visits group by all
        )
        select queue_id, measured_date::text, measure_code, measured_count, counted_count
        from control_totals_current join (unpivot counted on received, offered, answered, abandoned
            into name measure_code value counted_count)
            using (queue_id, measured_date, measure_code)
        where measured_count != counted_count""").fetchall()
    planted = truth["planted"]["switch_discrepancy"]
    assert {(measure, said, counted) for *_, measure, said, counted in apart} == {
        (measure, both["switch_count"], both["feed_count"])
        for measure, both in planted["measures"].items()
    }
    assert {row[:2] for row in apart} == {(planted["queue_id"], planted["measured_date"])}
    assert len(apart) == truth["observed"]["control_totals"]["different_count"] == 3


def test_journeys(told: Rows, truth: dict[str, Any]) -> None:
    visits = """(select l.* from contact_legs_current l where direction_code = 'inbound'
        and not is_test and queue_id is not null)"""
    own = truth["observed"]["journeys"]
    agrees(own["transfers"], found(told, f"""
        select count(*) as handled_legs_count, count(transferred_at) as transferred_count,
            count(*) filter (where epoch(transferred_at - answered_at) <= 60) as wrong_queue_count
        from {visits} where outcome_code = 'answered'"""))  # fmt: skip
    agrees(own["redials"], found(told, f"""
        select count(*) as redial_count from {visits} a where exists (select 1 from {visits} b
            where a.customer_id = b.customer_id and a.queue_id = b.queue_id
            and b.outcome_code in ('abandoned', 'abandoned_ringing') and b.ended_at < a.entered_at
            and a.entered_at <= b.ended_at + interval 60 seconds)"""))  # fmt: skip
    agrees(own["promotions"], found(told, """
        with promoted as (
            select f.* replace (r.issue_reason_code as issue), promoted_channel_code as wanted
            from contact_legs_current l join facts f using (contact_id)
            join contact_reasons r on l.reason_code = r.reason_code
            where promoted_channel_code is not null and f.is_inbound and r.is_promotion_eligible
        ),
        used as (
            select p.*, exists (select 1 from facts f where f.customer_id = p.customer_id
                and f.channel_code = wanted and f.is_inbound
                and f.started_at < p.started_at
                and f.started_at >= p.started_at - interval 90 days) as is_habit,
            exists (select 1 from facts f where f.customer_id = p.customer_id
                and f.issue = p.issue and f.channel_code = wanted and f.is_inbound
                and f.started_at > p.started_at
                and f.started_at <= p.started_at + interval 30 days) as is_adopted,
            customer_id is not null and issue is not null
                and started_at + interval 30 days <= as_of as is_mature
            from promoted p
        )
        select count(*) as promoted_count,
            count(*) filter (where is_mature and not is_habit) as followable_count,
            count(*) filter (where is_mature and not is_habit and is_adopted) as adopted_count
        from used"""))  # fmt: skip
    agrees(own["callbacks"], found(told, f"""
        select count(*) filter (where is_callback_offered) as offered_count,
            count(*) filter (where outcome_code = 'callback_taken') as accepted_count,
            (select count(*) from contact_legs_current where callback_of_contact_id in
                (select contact_id from {visits} where outcome_code = 'callback_taken')
                and not is_test) as attempts_count
        from {visits}"""))  # fmt: skip
    at_once = own["handle_seconds"]["chat"]
    assert 0.5 < at_once["effective_handle_seconds"] / at_once["handle_seconds"] < 0.99
