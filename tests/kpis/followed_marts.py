"""The marts of selfcare, promotions and sales that the oracle knows, and its rows for them."""

from orchestration.home import Home
from tests.kpis.marts import Mart, Rows, as_named, mart
from tests.oracle.followed import facts, reports
from tests.oracle.world import World

LEG = "agent_id site_id queue_id channel_code entry_reason_code team_id reason_code entered_date"
PLACE = "period_code period_start_date scope_code scope_id"

FOLLOWED_MARTS: dict[str, Mart] = {
    "fct_selfcare_sessions": mart(
        "session_id",
        """customer_id channel_code is_digital site_id reason_code contact_id sent_by_contact_id
        sent_by_agent_id is_completed is_escalated is_off_hours has_return is_resolved is_closed
        has_open_window entered_date started_at ended_at""",
    ),
    "fct_selfcare_transfers": mart(
        "contact_id leg_number",
        f"""customer_id {LEG} sent_to_channel_code is_started has_return is_successful
        is_start_closed is_closed sent_at""",
    ),
    "fct_channel_promotions": mart(
        "contact_id leg_number promoted_channel_code",
        f"customer_id {LEG} is_promoted has_prior_use is_adopted is_closed",
    ),
    "fct_sales": mart(
        "sale_id",
        """contact_id customer_id agent_id product_code is_inferred is_kept is_orphan
        activity_date sold_at cancelled_at sale_amount""",
    ),
    "fct_sale_chances": mart(
        "contact_id",
        """customer_id agent_id site_id queue_id channel_code reason_code is_closed entered_date
        entered_at sale_count sale_amount""",
    ),
    "rpt_channel_promotions": mart(
        PLACE,
        """compared_stratum_count promoted_count adopted_count unpromoted_count
        unpromoted_adopted_count""",
        "adoption_rate unpromoted_adoption_rate lift_gap lift_low lift_high",
    ),
    "rpt_digital_customers": mart(
        PLACE,
        "contact_count known_contact_count customer_count digital_customer_count reason_code",
        "input_share digital_customer_share",
    ),
    "rpt_channel_mixes": mart(
        f"mix_code {PLACE} channel_code",
        "contact_count",
        "contact_share",
    ),
}


def expected_rows(world: World, home: Home) -> dict[str, Rows]:
    """Return the oracle's rows of every mart; customers as they are called in that home."""
    return {
        "fct_selfcare_sessions": as_named(home, facts.fct_selfcare_sessions(world)),
        "fct_selfcare_transfers": as_named(home, facts.fct_selfcare_transfers(world)),
        "fct_channel_promotions": as_named(home, facts.fct_channel_promotions(world)),
        "fct_sales": as_named(home, facts.fct_sales(world)),
        "fct_sale_chances": as_named(home, facts.fct_sale_chances(world)),
        "rpt_channel_promotions": reports.rpt_channel_promotions(world),
        "rpt_digital_customers": reports.rpt_digital_customers(world),
        "rpt_channel_mixes": reports.rpt_channel_mixes(world),
    }
