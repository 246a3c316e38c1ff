"""The marts of visits, workload and presence that the oracle knows, and its rows for them."""

from orchestration.home import Home
from tests.kpis.marts import Mart, Rows, as_named, mart
from tests.oracle.contacts.facts import fct_contacts
from tests.oracle.presence.reports import agent_days, chat_concurrency, chats, turnover
from tests.oracle.presence.workload import workloads
from tests.oracle.visits import facts, quantities, reports
from tests.oracle.visits.counts import queue_intervals, reconciliation
from tests.oracle.world import World

WAITS = " ".join(f"{p}_wait_seconds {p}_wait_low {p}_wait_high" for p in ("p50", "p90", "p95"))
CURVE = " ".join(f"patience_{at}_{end}" for at in (20, 60, 120) for end in ("share", "low", "high"))
ERLANG = "wait_probability mean_wait_seconds served_share occupancy_share"

VISIT_MARTS: dict[str, Mart] = {
    "fct_contact_legs": mart(
        "contact_id leg_number",
        """source_code customer_id direction_code channel_code queue_id site_id entry_reason_code
        agent_id team_id reason_code outcome_code is_outcome_inferred is_demand is_visit is_offered
        is_answered is_abandoned is_handled service_level_outcome_code service_level_policy_code
        service_level_seconds is_within_threshold is_service_level_counted is_service_level_met
        transfer_kind_code transferred_at is_transferred is_wrong_queue is_callback_offered
        is_one_sided is_limited is_sending_known is_promotion_known
        is_callback_reached callback_state_code unanswered_ring_count sent_to_channel_code
        promoted_channel_code is_resolved is_open entered_date half_hour_at contact_started_at
        entered_at answered_at ended_at wait_seconds talk_seconds hold_seconds wrap_up_seconds
        handle_seconds""",
        rows="not is_test",
    ),
    "fct_contacts": mart(
        "contact_id",
        """customer_id direction_code channel_code queue_id site_id entry_reason_code agent_id
        team_id reason_code is_demand is_arrived is_lost is_dissuaded is_for_person is_answered
        is_resolved has_transfer is_digital entered_date entered_at ended_at leg_count wait_seconds
        handle_seconds is_one_sided is_limited""",
    ),
    "fct_abandons": mart(
        "contact_id leg_number",
        """customer_id channel_code queue_id site_id entry_reason_code outcome_code is_open
        is_redialled entered_date left_at wait_seconds""",
    ),
    "rpt_service_levels": mart(
        "period_code period_start_date scope_code scope_id policy_code",
        "is_in_force threshold_seconds met_count counted_count unknown_count reason_code",
        "input_share service_level_rate service_level_low service_level_high",
    ),
    "rpt_waits": mart(
        "period_code period_start_date scope_code scope_id",
        "answered_wait_count longest_wait_seconds",
        WAITS,
    ),
    "rpt_handle_times": mart(
        "period_code period_start_date scope_code scope_id",
        "handled_count",
        "p50_handle_seconds p50_handle_low p50_handle_high "
        "p90_handle_seconds p90_handle_low p90_handle_high",
    ),
    "rpt_abandonments": mart(
        "period_code period_start_date scope_code scope_id",
        "offered_count abandoned_count counted_count late_abandoned_count reason_code",
        "input_share late_abandoned_share late_abandoned_low late_abandoned_high",
    ),
    "rpt_interval_targets": mart(
        "period_code period_start_date scope_code scope_id",
        "interval_count at_target_count",
        "at_target_share",
    ),
    "rpt_callbacks": mart(
        "period_code period_start_date scope_code scope_id",
        "accepted_count closed_count attempted_count reached_count attempt_count",
        "attempt_coefficient",
    ),
    "rpt_patience": mart(
        "period_code period_start_date scope_code scope_id",
        "visit_count abandon_count median_patience_seconds",
        CURVE,
        tolerance=1e-7,
    ),
    "agg_queue_intervals": mart(
        "half_hour_at entered_date site_id queue_id",
        """received_count offered_count answered_count one_sided_count one_sided_answered_count
        short_abandon_count abandoned_count
        abandoned_ringing_count callback_taken_count callback_reached_count callback_unknown_count
        voicemail_count
        overflow_out_count system_loss_count lost_record_count in_progress_count
        answered_wait_count answered_wait_seconds offered_wait_count offered_wait_seconds
        service_level_counted_count service_level_met_count handled_count handle_seconds""",
    ),
    "rpt_queue_intervals": mart(
        "half_hour_at entered_date site_id queue_id",
        "half_hour_name offered_count",
        "answer_rate abandonment_rate service_level_rate",
    ),
    "rpt_reconciliation": mart(
        "check_code source_code queue_id measured_date measure_code",
        "delivered_count control_count residual_count status_code status_name",
        "residual_share",
    ),
    "fct_agent_days": mart(
        "agent_id work_date",
        """team_id site_id is_delivered is_plausible busy_seconds unmeasured_leg_count idle_seconds
        paused_seconds logged_in_seconds paid_seconds planned_seconds absent_seconds""",
    ),
    "rpt_turnover": mart(
        "turnover_month scope_code scope_id",
        "left_count agent_day_count day_count is_final",
        "turnover_rate",
    ),
    "fct_chats": mart(
        "contact_id leg_number",
        "agent_id site_id team_id entered_date handle_seconds",
        "effective_handle_sum",
    ),
    "rpt_chat_concurrency": mart(
        "period_code period_start_date scope_code scope_id",
        "answered_count chat_count handle_seconds",
        "effective_handle_sum input_share concurrency_coefficient",
    ),
    "rpt_workloads": mart(
        "queue_id weekday_number starts_seconds",
        """week_count arrival_count handled_count is_queue_handle threshold_seconds
        erlang_c_agent_count erlang_c_paid_agent_count erlang_c_added_agent_count
        erlang_a_agent_count erlang_a_paid_agent_count erlang_a_added_agent_count""",
        "shrinkage_share arrival_rate mean_handle_seconds patience_rate target_share load_erlangs "
        + " ".join(f"erlang_{kind}_{name}" for kind in "ca" for name in ERLANG.split())
        + " erlang_a_abandonment_probability",
    ),
}


def expected_rows(world: World, home: Home) -> dict[str, Rows]:
    """Return the oracle's rows of every mart; customers as they are called in that home."""
    waits, patience = reports.waits_and_patience(world)
    intervals = queue_intervals(world)
    return {
        "fct_contact_legs": as_named(home, facts.fct_contact_legs(world)),
        "fct_contacts": as_named(home, fct_contacts(world)),
        "fct_abandons": as_named(home, facts.fct_abandons(world)),
        "rpt_service_levels": reports.service_levels(world),
        "rpt_waits": waits,
        "rpt_handle_times": quantities.handle_times(world),
        "rpt_abandonments": quantities.abandonments(world),
        "rpt_interval_targets": quantities.interval_targets(world),
        "rpt_callbacks": quantities.callbacks(world),
        "rpt_patience": patience,
        "agg_queue_intervals": intervals,
        "rpt_queue_intervals": intervals,
        "rpt_reconciliation": reconciliation(world),
        "fct_agent_days": agent_days(world),
        "rpt_turnover": turnover(world),
        "fct_chats": chats(world),
        "rpt_chat_concurrency": chat_concurrency(world),
        "rpt_workloads": workloads(world),
    }
