"""How the oracle chains contacts of one customer and reason, and what lies in a chain."""

from tests.oracle.contacts.contacts import Contact
from tests.oracle.followed.sessions import Session
from tests.oracle.world import DAY, World, seconds_from

GAP_SECONDS = 30 * DAY


def gap_seconds(world: World, reason: str | None) -> int:
    """Return the silence that ends an issue: the longest listed for its reason, at least 30 d."""
    listed = [
        row.get("issue_gap_seconds") or 0
        for code, row in world.centre.reasons.items()
        if reason is not None and world.centre.issue_reason(code) == reason
    ]
    return max([GAP_SECONDS, *listed])


def chains(contacts: list[Contact], gap: int) -> list[list[Contact]]:
    """Return contacts, given in order of start and id, cut where the silence is too long."""
    found: list[list[Contact]] = []
    for contact in contacts:
        ends = [other.ended_at for other in found[-1]] if found else []
        if ends and seconds_from(max(ends), contact.started_at) <= gap:
            found[-1].append(contact)
        else:
            found.append([contact])
    return found


def chain_of(session: Session, found: list[list[Contact]], gap: int) -> list[Contact] | None:
    """Return the chain in which a session of that customer and reason lies, None if in none.

    It follows the contacts before it if the silence is short enough, else leads to the next one
    if that begins soon enough after its end.
    """
    contacts = [contact for chain in found for contact in chain]
    before = [contact for contact in contacts if contact.started_at <= session.started_at]
    later = contacts[len(before) :]
    reached = max((contact.ended_at for contact in before), default=None)
    if reached is not None and seconds_from(reached, session.started_at) <= gap:
        return next(chain for chain in found if before[-1] in chain)
    end = session.ended_at or session.started_at
    if later and seconds_from(end, later[0].started_at) <= gap:
        return next(chain for chain in found if later[0] in chain)
    return None
