"""Contacts as the oracle sees them: customer, start, end, reasons, and who asked for a person."""

from dataclasses import dataclass
from datetime import date, datetime

from tests.oracle.centre.centre import UNASSIGNED, Centre
from tests.oracle.events import NOT_OFFERED, contact_keys
from tests.oracle.visits.legs import Leg


@dataclass(frozen=True)
class Contact:
    """One contact that is no test. `reason` is the last declared, `issue_reason` its level 2.

    `known_reason` is that of the menu where none was declared, as `issue_reason` is then its.
    """

    contact_id: str
    customer: str | None
    started_at: datetime
    ended_at: datetime
    day: date
    keys: dict[str, str]
    reason: str | None
    known_reason: str | None
    issue_reason: str | None
    legs: list[Leg]

    @property
    def demand(self) -> list[Leg]:
        """The inbound legs, callback attempts apart."""
        return [leg for leg in self.legs if leg.is_demand]

    @property
    def handled(self) -> list[Leg]:
        """The inbound legs that a person answered."""
        return [leg for leg in self.legs if leg.is_handled]

    @property
    def is_human(self) -> bool:
        """Whether a person answered, or a visit was offered; what has no end yet is neither."""
        return any(
            leg.is_answered or (leg.has_queue and leg.outcome not in NOT_OFFERED)
            for leg in self.demand
        )

    @property
    def agent(self) -> str | None:
        """The agent of the last answered leg, of any class."""
        answered = [leg.agent for leg in self.legs if leg.is_answered]
        return answered[-1] if answered else None

    @property
    def handle(self) -> int | None:
        """Handle seconds of all answered inbound legs, None unless all of them are known."""
        parts = [leg.handle for leg in self.handled]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None

    @property
    def declared(self) -> bool | None:
        """What the last answered leg that declares says of the resolution."""
        said = [leg.is_resolved for leg in self.legs if leg.is_answered]
        said = [declared for declared in said if declared is not None]
        return said[-1] if said else None


def contact_of(contact_id: str, legs: list[Leg], centre: Centre) -> Contact:
    """Return the contact of its legs, which are in order of their number."""
    keys = contact_keys(legs)
    declared = None if keys["reason"] == UNASSIGNED else keys["reason"]
    menu = menu_reason(legs)
    customers = [leg.customer for leg in legs if leg.customer is not None]
    return Contact(
        contact_id=contact_id,
        customer=customers[0] if customers else None,
        started_at=min(leg.entered_at for leg in legs),
        ended_at=max(leg.ended_at or leg.entered_at for leg in legs),
        day=legs[0].day,
        keys=keys,
        reason=declared,
        known_reason=declared or menu,
        issue_reason=centre.issue_reason(declared or menu),
        legs=legs,
    )


def menu_reason(legs: list[Leg]) -> str | None:
    """Return what the customer chose in the menu, on the first leg that says it."""
    return next((leg.entry_reason for leg in legs if leg.entry_reason != UNASSIGNED), None)
