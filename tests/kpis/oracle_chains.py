"""How the oracle chains contacts of one customer and reason into issues."""

from tests.kpis.oracle_contacts import Contact
from tests.kpis.oracle_world import DAY, World, seconds_from

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
    """Return the contacts of each issue; those before its first answered one are in none.

    `contacts` are human ones in order of start and id.
    """
    found: list[list[Contact]] = []
    is_begun = False
    for contact in contacts:
        if is_begun:
            reached = max(other.ended_at for other in found[-1])
            is_begun = seconds_from(reached, contact.started_at) <= gap
        if is_begun:
            found[-1].append(contact)
        elif contact.handled:
            found.append([contact])
            is_begun = True
    return found
