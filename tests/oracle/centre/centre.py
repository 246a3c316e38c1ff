"""The oracle's view of a centre: versions of a key, sites and days, teams, thresholds."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.centre.channels import channel_of

Row = dict[str, Any]

UNASSIGNED = "unassigned"
DEFAULT_SHORT_SECONDS = 5


def current_versions(rows: list[Row], key: tuple[str, ...]) -> list[Row]:
    """Return one row per key: greatest updated_at, else delivered_date, else row_hash."""
    best: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        name = tuple(row[column] for column in key)
        if name not in best or _rank(row) > _rank(best[name]):
            best[name] = row
    return list(best.values())


def _rank(row: Row) -> tuple[datetime, date, int]:
    return (
        row["updated_at"] or datetime.min,
        row["delivered_date"] or date.min,
        row["row_hash"],
    )


class Centre:
    """A centre's lists, agents and defaults. Absent lists are empty."""

    def __init__(
        self, lists: dict[str, list[Row]], agents: list[Row], zone: str, site: str
    ) -> None:
        self.zones = {row["site_id"]: row["zone_name"] for row in lists.get("sites", [])}
        self.queue_sites = {row["queue_id"]: row["site_id"] for row in lists.get("queues", [])}
        self.targets = lists.get("kpi_targets", [])
        self.queues = {row["queue_id"]: row for row in lists.get("queues", [])}
        self.reasons = {row["reason_code"]: row for row in lists.get("contact_reasons", [])}
        self.team_sites = {row["team_id"]: row["site_id"] for row in lists.get("teams", [])}
        self.lists = lists
        self.channel_words = lists.get("channels", [])
        self.assignments = current_versions(agents, ("agent_id", "valid_from_date"))
        self.zone, self.site = zone, site

    def channel(self, word: str | None) -> str | None:
        """Return the channel that a delivered word means."""
        return channel_of(word, self.channel_words)

    def leg_site(self, row: Row) -> str:
        """Return the leg's site, else its queue's, else the home's default."""
        return row["site_id"] or self.queue_sites.get(row["queue_id"]) or self.site

    def local_day(self, instant: datetime, site: str) -> date:
        """Return the calendar day of a naive UTC instant at a site, else in the home's zone."""
        return instant.replace(tzinfo=UTC).astimezone(self.site_zone(site)).date()

    def site_zone(self, site: str) -> ZoneInfo:
        """Return the zone of a site, else the home's."""
        return ZoneInfo(self.zones.get(site) or self.zone)

    def midnight(self, day: date, site: str) -> datetime:
        """Return the naive UTC instant at which a local day of a site begins."""
        local = datetime(day.year, day.month, day.day, tzinfo=self.site_zone(site))
        return local.astimezone(UTC).replace(tzinfo=None)

    def issue_reason(self, reason: str | None) -> str | None:
        """Return the level-2 reason; a reason that the list does not place is its own."""
        if reason is None:
            return None
        return self.reasons.get(reason, {}).get("issue_reason_code") or reason

    def is_reason(self, flag: str, reason: str | None) -> bool:
        """Return whether the list says true in this column for a reason."""
        return bool(self.reasons.get(reason, {}).get(flag))

    def short_seconds(self, queue: str | None, site: str, day: date) -> int:
        """Return the threshold of a short abandon: of the queue, else site, else company."""
        for scope, member in (("queue", queue), ("site", site), ("company", None)):
            rows = [
                row
                for row in self.targets
                if row["kpi_id"] == "short_abandon_rate"
                and row["threshold_seconds"] is not None
                and (row["scope_code"] or "company") == scope
                and (scope == "company" or (member is not None and row["scope_id"] == member))
                and (row["valid_from_date"] or date.min) <= day
            ]
            if rows:
                latest = max(rows, key=lambda row: row["valid_from_date"] or date.min)
                return latest["threshold_seconds"]
        return DEFAULT_SHORT_SECONDS

    def assignment(self, agent: str | None, day: date) -> Row:
        """Return the agent's assignment on that local day, empty where there is none."""
        rows = [
            row
            for row in self.assignments
            if agent is not None
            and row["agent_id"] == agent
            and (row["valid_from_date"] or date.min) <= day <= (row["valid_to_date"] or date.max)
        ]
        return max(rows, key=lambda row: row["valid_from_date"] or date.min, default={})

    def team(self, agent: str | None, day: date) -> str:
        """Return the agent's team on that local day, `unassigned` where there is none."""
        return self.assignment(agent, day).get("team_id") or UNASSIGNED

    def known_agent_site(self, agent: str | None, day: date) -> str:
        """Return the agent's site on that day, else their team's, else `unassigned`."""
        row = self.assignment(agent, day)
        return row.get("site_id") or self.team_sites.get(row.get("team_id")) or UNASSIGNED

    def agent_site(self, agent: str | None, day: date) -> str:
        """Return the site whose clock the agent follows: their own, else the home's default."""
        known = self.known_agent_site(agent, day)
        return self.site if known == UNASSIGNED else known
