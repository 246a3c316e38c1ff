"""The oracle's facts of what is followed: selfcare, promotions and sales as the marts show them."""

from tests.oracle.centre.centre import current_versions
from tests.oracle.centre.channels import SELFCARE_CHANNELS, is_digital
from tests.oracle.contacts.contacts import Contact
from tests.oracle.contacts.handled import WEEK, has_returned, has_started, sending
from tests.oracle.followed.events import is_waiting, off_hours, task_resolved
from tests.oracle.followed.promotions import ADOPTION_SECONDS, has_adopted, has_habit, offers
from tests.oracle.followed.sales import WINDOW_SECONDS, is_kept, joined_contact, kept_sales
from tests.oracle.visits.facts import Fact, known
from tests.oracle.visits.legs import Leg
from tests.oracle.world import DAY, World


def fct_selfcare_sessions(world: World) -> dict[tuple[str], Fact]:
    """Return the row of every session."""
    rows = current_versions(world.tables.get("selfcare_sessions", []), ("session_id",))
    delivered, found = {row["session_id"]: row for row in rows}, dict[tuple[str], Fact]()
    for session in world.sessions:
        row, end = delivered[session.session_id], session.ended_at
        customer, reason, back = session.customer, session.issue_reason, None
        if customer is not None and reason is not None and end is not None:
            back = has_returned(world, None, customer, reason, end)
        resolved, off = task_resolved(world, session), off_hours(world, session)
        is_closed = end is not None and world.is_closed(end, WEEK)
        found[session.session_id,] = {
            "customer_id": customer,
            "channel_code": known(session.channel),
            "is_digital": is_digital(session.channel),
            "site_id": session.site,
            "reason_code": row["reason_code"],
            "contact_id": row["contact_id"],
            "sent_by_contact_id": session.sent_by,
            "sent_by_agent_id": row["sent_by_agent_id"],
            "is_completed": session.is_completed,
            "is_escalated": session.is_escalated,
            "is_off_hours": None if off is None else bool(off),
            "has_return": back,
            "is_resolved": bool(resolved) if is_closed and resolved is not None else None,
            "is_closed": is_closed,
            "has_open_window": is_waiting(world, session),
            "entered_date": session.day,
            "started_at": session.started_at,
            "ended_at": end,
        }
    return found


def fct_selfcare_transfers(world: World) -> dict[tuple[str, int], Fact]:
    """Return the row of every handled leg of a reason with a selfcare path that sent there."""
    return {
        (leg.contact_id, leg.number): _leg_keys(contact, leg) | _sent(world, contact, leg)
        for contact in world.contacts.values()
        for leg in contact.handled
        if leg.sent_to in SELFCARE_CHANNELS
        and world.centre.is_reason("is_selfcare_eligible", leg.reason)
    }


def fct_channel_promotions(world: World) -> dict[tuple[str, int, str], Fact]:
    """Return the row of every proposal, and of every leg and channel that it is compared with."""
    found: dict[tuple[str, int, str], Fact] = {}
    for contact, leg, channel, is_promoted in offers(world):
        is_closed = world.is_closed(contact.started_at, ADOPTION_SECONDS)
        habit = None if contact.customer is None else has_habit(world, contact, channel)
        adopted = None
        if is_closed and habit is False:
            adopted = has_adopted(world, contact, leg, channel)
        if is_promoted or adopted is not None:
            found[leg.contact_id, leg.number, channel] = _leg_keys(contact, leg) | {
                "is_promoted": is_promoted,
                "has_prior_use": habit,
                "is_adopted": adopted,
                "is_closed": is_closed,
            }
    return found


def fct_sales(world: World) -> dict[tuple[str], Fact]:
    """Return the row of every sale; an orphan lies on its own day in the home's zone."""
    found: dict[tuple[str], Fact] = {}
    for sale in current_versions(world.tables.get("sales", []), ("sale_id",)):
        name, is_inferred = joined_contact(world, sale) or (sale["contact_id"], False)
        contact, at_home = world.contacts.get(name), world.centre.local_day(sale["sold_at"], "")
        columns = "customer_id agent_id product_code sold_at cancelled_at sale_amount"
        found[sale["sale_id"],] = {column: sale[column] for column in columns.split()} | {
            "contact_id": name,
            "is_inferred": is_inferred,
            "is_kept": is_kept(sale),
            "is_orphan": contact is None,
            "activity_date": contact.day if contact else at_home,
        }
    return found


def fct_sale_chances(world: World) -> dict[tuple[str], Fact]:
    """Return the row of every handled contact whose reason is open to sales."""
    kept, found = kept_sales(world), dict[tuple[str], Fact]()
    for contact in world.contacts.values():
        if not contact.handled or not world.centre.is_reason("is_sale_eligible", contact.reason):
            continue
        amounts = [sale["sale_amount"] for sale in kept[contact.contact_id]]
        found[contact.contact_id,] = {
            "customer_id": contact.customer,
            "agent_id": contact.agent,
            "site_id": contact.keys["site"],
            "queue_id": known(contact.keys["queue"]),
            "channel_code": known(contact.keys["channel"]),
            "reason_code": contact.reason,
            "is_closed": world.is_closed(contact.started_at, WINDOW_SECONDS),
            "entered_date": contact.day,
            "entered_at": contact.started_at,
            "sale_count": len(amounts),
            "sale_amount": None if None in amounts else sum(amounts),
        }
    return found


def _sent(world: World, contact: Contact, leg: Leg) -> Fact:
    earliest, sent_at = sending(world, contact, leg)
    started, back, success = has_started(world, contact, earliest, sent_at), None, None
    if contact.customer is not None:
        reason = world.centre.issue_reason(leg.reason)
        back = has_returned(world, contact.contact_id, contact.customer, reason, sent_at)
        success = started and not back
    is_known = started or contact.customer is not None
    is_start_closed, is_closed = world.is_closed(sent_at, DAY), world.is_closed(sent_at, WEEK)
    return {
        "sent_to_channel_code": leg.sent_to,
        "is_started": started if is_start_closed and is_known else None,
        "has_return": back,
        "is_successful": success if is_closed else None,
        "is_start_closed": is_start_closed,
        "is_closed": is_closed,
        "sent_at": sent_at,
    }


def _leg_keys(contact: Contact, leg: Leg) -> Fact:
    return {
        "customer_id": contact.customer,
        "agent_id": leg.agent,
        "site_id": leg.site,
        "queue_id": known(leg.queue),
        "channel_code": known(leg.channel),
        "entry_reason_code": known(leg.entry_reason),
        "team_id": known(leg.team),
        "reason_code": known(leg.reason),
        "entered_date": leg.day,
    }
