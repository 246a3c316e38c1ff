"""The oracle's reports beside A11 and A12: lift of promotions, digital customers, mixes."""

from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.centre.channels import DIGITAL_CHANNELS, KNOWN_CHANNELS
from tests.oracle.contacts.contacts import Contact
from tests.oracle.followed.promotions import Stratum, lift_strata, mantel_haenszel
from tests.oracle.world import World, periods

Place = tuple[str, date, str, str]
"""(period_code, period_start_date, scope_code, scope_id)"""
Sides = tuple[int, int, int, int]
SMALLEST_SHARE = Fraction(80, 100)


def rpt_channel_promotions(world: World) -> dict[Place, dict[str, Any]]:
    """Return adoption with and without a proposal, and the lift, by month and over everything.

    `all` begins with the first month of a stratum. Rates and the lift are None without a unit.
    """
    strata, cells = lift_strata(world), dict[Place, dict[Stratum, Sides]]()
    first = min((month for _, _, month in strata), default=date.min)
    for (reason, channel, month), sides in strata.items():
        for period, start in (("month", month), ("all", first)):
            members = (("company", "company"), ("channel", channel), ("reason", reason))
            for scope, member in members:
                cell = cells.setdefault((period, start, scope, member), {})
                cell[reason, channel, month] = sides
    return {place: _lifted(list(cell.values())) for place, cell in cells.items()}


def _lifted(strata: list[Sides]) -> dict[str, Any]:
    adopted, promoted, others_adopted, others = (sum(side) for side in zip(*strata, strict=True))
    lift = mantel_haenszel(strata) or (None, None, None)
    return {
        "compared_stratum_count": sum(n1 > 0 and n0 > 0 for _, n1, _, n0 in strata),
        "promoted_count": promoted,
        "adopted_count": adopted,
        "unpromoted_count": others,
        "unpromoted_adopted_count": others_adopted,
        "adoption_rate": Fraction(adopted, promoted) if promoted else None,
        "unpromoted_adoption_rate": Fraction(others_adopted, others) if others else None,
        "lift_gap": lift[0],
        "lift_low": lift[1],
        "lift_high": lift[2],
    }


def rpt_digital_customers(world: World) -> dict[Place, dict[str, Any]]:
    """Return exact customers with a digital contact among customers with a contact.

    Contacts are inbound ones; one whose customer or channel is unknown lacks an input.
    """
    contacts: dict[Place, list[Contact]] = defaultdict(list)
    for contact in world.contacts.values():
        if contact.demand:
            for place in _places(contact.day, contact.keys):
                contacts[place].append(contact)
    found: dict[Place, dict[str, Any]] = {}
    for place, cell in contacts.items():
        known = [(c.customer, c.keys["channel"]) for c in cell]
        known = [(customer, channel) for customer, channel in known if customer is not None]
        known = [(customer, channel) for customer, channel in known if channel in KNOWN_CHANNELS]
        everyone = {customer for customer, _ in known}
        digital = {customer for customer, channel in known if channel in DIGITAL_CHANNELS}
        share = Fraction(len(known), len(cell))
        is_shown = share >= SMALLEST_SHARE
        found[place] = {
            "contact_count": len(cell),
            "known_contact_count": len(known),
            "input_share": share,
            "customer_count": len(everyone),
            "digital_customer_count": len(digital),
            "digital_customer_share": Fraction(len(digital), len(everyone)) if is_shown else None,
            "reason_code": None if is_shown else "no_customer_or_channel",
        }
    return found


def rpt_channel_mixes(world: World) -> dict[tuple[str, *Place, str], dict[str, Any]]:
    """Return inbound contacts by first channel, and resolved ones by that of the resolving leg.

    It is the last answered leg that declares, where it declares the contact resolved.
    """
    counts: Counter[tuple[str, Place, str]] = Counter()
    for contact in world.contacts.values():
        if not contact.demand:
            continue
        declaring = [g for g in contact.legs if g.is_answered and g.is_resolved is not None]
        for place in _places(contact.day, contact.keys):
            counts["first", place, contact.keys["channel"]] += 1
            if declaring and declaring[-1].is_resolved:
                counts["resolving", place, declaring[-1].channel] += 1
    whole: Counter[tuple[str, Place]] = Counter()
    for (mix, place, _), count in counts.items():
        whole[mix, place] += count
    return {
        (mix, *place, channel): {
            "contact_count": count,
            "contact_share": Fraction(count, whole[mix, place]),
        }
        for (mix, place, channel), count in counts.items()
    }


def _places(day: date, keys: dict[str, str]) -> list[Place]:
    return [
        (period, start, scope, keys[scope])
        for period, start in periods(day, date.min)
        for scope in ("company", "site")
        if period in ("week", "month")
    ]
