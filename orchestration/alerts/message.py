"""One alert: counts and names of our own steps and audits, never a value of a row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from orchestration.home import Home
from orchestration.publication.versions import current_version


@dataclass(frozen=True)
class Alert:
    """What happened in which home, in lines for people and in `facts` for programs.

    No line and no fact may come from a delivered file: names of files and texts of errors may
    name customers.
    """

    kind_code: str
    title: str
    lines: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    def text(self, home: Home) -> str:
        """The alert for a person, with the home and with what readers see meanwhile."""
        version = current_version(home)
        seen = f"Readers keep {version}." if version else "Nothing is published yet."
        return "\n".join([self.title, "", *self.lines, "", f"Home: {home.root.name}. {seen}"])

    def json(self, home: Home) -> dict[str, Any]:
        """The alert for a program; chat systems show its `text`."""
        return {
            "text": self.text(home),
            "kind_code": self.kind_code,
            "title": self.title,
            "home_name": home.root.name,
            "version": current_version(home),
            "sent_at": datetime.now(UTC).isoformat(timespec="seconds"),
            **self.facts,
        }
