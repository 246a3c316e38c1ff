"""The marts of issues and tickets that the oracle knows, and its rows for them."""

from orchestration.home import Home
from tests.kpis.marts import Mart, Rows, as_named, mart
from tests.oracle.issues import facts as issues
from tests.oracle.issues.agreement import rpt_resolution_agreement
from tests.oracle.issues.reports import rpt_backlogs, rpt_journeys, rpt_resolutions
from tests.oracle.issues.resolution import rpt_resolution_curves
from tests.oracle.surveys.facts import answer_rows
from tests.oracle.tickets import facts as tickets
from tests.oracle.world import DAY, World

DAILY = "entered_date site_id queue_id channel_code reason_code"

ISSUE_MARTS: dict[str, Mart] = {
    "fct_issues": mart(
        "contact_id",
        """customer_id site_id queue_id channel_code resolving_channel_code reason_code path_name
        is_followed is_declared_resolved entered_date started_at first_ended_at repeated_at ended_at
        contact_count reopening_count repeat_count switch_count answered_leg_count handled_count
        handle_seconds issue_seconds until_repeat_seconds followed_seconds is_closed""",
    ),
    "fct_customer_issues": mart(
        "contact_id",
        """customer_id entered_date started_at first_ended_at repeated_at until_repeat_seconds
        followed_seconds""",
    ),
    "agg_issues_daily": mart(
        DAILY,
        """issue_count open_window_count mature_count mature_unfollowed_count
        first_contact_resolved_count settled_count settled_unfollowed_count settled_handled_count
        settled_handle_seconds settled_handle_seconds_squares settled_repeat_count
        settled_contact_count settled_contact_count_squares""",
    ),
    "fct_tickets": mart(
        "ticket_id",
        """contact_id customer_id site_id queue_id channel_code reason_code priority_code
        entered_date created_at first_human_reply_at resolved_at fully_resolved_at reopened_at
        is_solved has_changes reopened_count worked_reopening_count first_reply_seconds
        first_reply_open_seconds resolution_seconds resolution_open_seconds full_resolution_seconds
        age_seconds since_resolution_seconds until_reopening_seconds target_seconds clock_code
        is_in_target is_undecidable""",
    ),
    "fct_ticket_turns": mart(
        "ticket_id turn_number",
        """site_id queue_id reason_code turn_code turned_at turned_date is_worked_reopening
        as_of_date""",
    ),
    "agg_tickets_daily": mart(
        DAILY,
        """ticket_count solved_count decided_count in_target_count undecidable_count
        unreplied_count replied_count first_reply_seconds first_reply_seconds_squares
        settled_solved_count reopening_known_count reopened_count open_reply_count open_target_count
        open_window_count""",
    ),
    "rpt_resolution_curves": mart(
        "period_code period_start_date scope_code scope_id window_seconds",
        "issue_count mature_count resolved_count at_risk_count",
        """resolution_rate resolution_low resolution_high survival_probability survival_low
        survival_high""",
    ),
    "rpt_journeys": mart(
        "period_code period_start_date reason_code path_name",
        """is_begun_by_phone issue_count phone_ended_count closed_count median_issue_seconds
        handled_count handle_seconds mean_handle_seconds""",
        "phone_ended_share phone_ended_low phone_ended_high",
    ),
    "rpt_resolutions": mart(
        "period_code period_start_date scope_code scope_id unit_code measured_code",
        """unit_count ended_count open_count median_open_seconds ninth_decile_open_seconds
        oldest_open_seconds median_seconds ninth_decile_seconds""",
    ),
    "rpt_backlogs": mart(
        "backlog_date scope_code scope_id",
        "opened_count solved_count reopened_count open_count",
    ),
    "fct_survey_answers": mart(
        "response_id question_code",
        """contact_id invitation_id answer_text is_orphan exclusion_code version_count
        late_version_count is_improved""",
        rows="question_code in ('csat', 'nps')",
    ),
    "rpt_resolution_agreement": mart(
        "period_code period_start_date pair_code",
        "issue_count both_yes_count first_yes_count second_yes_count both_no_count",
        "agreement_share kappa_coefficient",
    ),
}


def expected_rows(world: World, home: Home) -> dict[str, Rows]:
    """Return the oracle's rows of every mart; customers as they are called in that home."""
    return {
        "fct_issues": as_named(home, issues.issue_rows(world)),
        "fct_customer_issues": as_named(home, issues.customer_issue_rows(world)),
        "agg_issues_daily": issues.daily_issue_rows(world),
        "fct_tickets": as_named(home, tickets.ticket_rows(world)),
        "fct_ticket_turns": tickets.turn_rows(world),
        "agg_tickets_daily": tickets.daily_ticket_rows(world),
        "rpt_resolution_curves": {
            (*period, *member, days * DAY): cell
            for (*period, member), curve in rpt_resolution_curves(world).items()
            for days, cell in curve.items()
        },
        "rpt_journeys": {(*key[:2], *key[2]): row for key, row in rpt_journeys(world).items()},
        "rpt_resolutions": {
            (*key[:2], *key[2]): row for key, row in rpt_resolutions(world).items()
        },
        "rpt_backlogs": dict(rpt_backlogs(world)),
        "fct_survey_answers": {
            key: row for key, row in answer_rows(world).items() if key[1] in ("csat", "nps")
        },
        "rpt_resolution_agreement": dict(rpt_resolution_agreement(world)),
    }
