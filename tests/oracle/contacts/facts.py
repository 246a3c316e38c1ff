"""The oracle's fact of contacts: every row as the mart should show it."""

from tests.oracle.centre.channels import is_digital
from tests.oracle.contacts.contacts import Contact, menu_reason
from tests.oracle.contacts.handled import has_inner_transfer
from tests.oracle.visits.facts import Fact, is_offered, is_visit, known
from tests.oracle.world import World


def fct_contacts(world: World) -> dict[tuple[str], Fact]:
    """Return the row of every contact with a leg that is no test."""
    return {(contact.contact_id,): _contact_row(contact) for contact in world.contacts.values()}


def _contact_row(contact: Contact) -> Fact:
    legs, first, demand = contact.legs, contact.legs[0], contact.demand
    outcomes = {leg.outcome for leg in demand}
    answered = [leg for leg in legs if leg.is_answered]
    is_answered, is_over = bool(contact.handled), "in_progress" not in outcomes
    is_lost = "lost_record" in outcomes and not is_answered
    waits = [leg.wait for leg in legs if is_visit(leg)]
    known_waits = [wait for wait in waits if wait is not None]
    return {
        "customer_id": contact.customer,
        "direction_code": "inbound" if first.is_inbound else "outbound",
        "channel_code": known(first.channel),
        "queue_id": known(first.queue),
        "site_id": first.site,
        "entry_reason_code": menu_reason(legs),
        "agent_id": answered[-1].agent if answered else None,
        "team_id": known(answered[-1].team) if answered else None,
        "reason_code": contact.reason,
        "is_demand": bool(demand),
        "is_arrived": bool(outcomes - {"ivr_only"}) and is_over and not is_lost,
        "is_lost": is_over and is_lost,
        "is_dissuaded": bool(demand) and outcomes <= {"dissuaded", "closed"},
        "is_for_person": any(leg.is_handled or is_offered(leg) for leg in legs),
        "is_answered": is_answered,
        "is_resolved": contact.declared,
        "has_transfer": has_inner_transfer(contact),
        "is_one_sided": any(leg.is_one_sided for leg in demand),
        "is_limited": any(leg.is_one_sided for leg in demand),
        "is_digital": is_digital(first.channel) if demand else False,
        "entered_date": first.day,
        "entered_at": min(leg.entered_at for leg in legs),
        "ended_at": max((leg.ended_at for leg in legs if leg.ended_at is not None), default=None),
        "leg_count": len(legs),
        "wait_seconds": sum(known_waits) if waits and len(known_waits) == len(waits) else None,
        "handle_seconds": contact.handle if is_answered else None,
    }
