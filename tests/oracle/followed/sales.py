"""The oracle's additional sales (A13): kept sales joined to one contact each."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from tests.oracle.centre.centre import Row, current_versions
from tests.oracle.contacts.contacts import Contact
from tests.oracle.events import Event
from tests.oracle.world import DAY, World, is_within, seconds_from

CANCEL_SECONDS = 14 * DAY
WINDOW_SECONDS = 15 * DAY


def joined_contact(world: World, sale: Row) -> tuple[str, bool] | None:
    """Return (contact, is inferred): its own, else the customer's last one with that agent.

    That may be one that the centre made: it takes the sale from an earlier call of the customer.
    """
    if sale["contact_id"] is not None:
        return (sale["contact_id"], False) if sale["contact_id"] in world.contacts else None
    if sale["customer_id"] is None or sale["agent_id"] is None:
        return None
    found = [
        (contact.started_at, contact.contact_id)
        for contact in world.contacts.values()
        if (contact.customer, contact.agent) == (sale["customer_id"], sale["agent_id"])
        and is_within(contact.started_at, sale["sold_at"], DAY)
    ]
    return (max(found)[1], True) if found else None


def is_kept(sale: Row) -> bool:
    """Return whether the sale was not cancelled within 14 days of being made."""
    cancelled = sale["cancelled_at"]
    return cancelled is None or seconds_from(sale["sold_at"], cancelled) > CANCEL_SECONDS


def kept_sales(world: World) -> dict[str, list[Row]]:
    """Return the kept sales by the contact that each belongs to."""
    kept: dict[str, list[Row]] = defaultdict(list)
    for sale in current_versions(world.tables.get("sales", []), ("sale_id",)):
        joined = joined_contact(world, sale)
        if joined is not None and is_kept(sale):
            kept[joined[0]].append(sale)
    return kept


def sale_events(world: World) -> Iterator[Event]:
    """Yield the events of A13 per handled contact whose reason is open to sales."""
    kept = kept_sales(world)
    for contact in world.contacts.values():
        if contact.handled and world.centre.is_reason("is_sale_eligible", contact.reason):
            yield from contact_events(world, contact, kept[contact.contact_id])


def contact_events(world: World, contact: Contact, sales: list[Row]) -> Iterator[Event]:
    """Yield conversion, sales and value of one eligible contact."""
    amounts = [sale["sale_amount"] for sale in sales]
    known = [Fraction(amount) for amount in amounts if amount is not None]
    is_open = not world.is_closed(contact.started_at, WINDOW_SECONDS)
    for kpi_id, amount in (
        ("sale_conversion_rate", int(bool(sales))),
        ("average_sale_count", len(sales)),
        ("average_sale_amount", sum(known, Fraction(0)) if len(known) == len(amounts) else None),
    ):
        yield Event(kpi_id, contact.day, contact.keys, amount, is_open=is_open)
