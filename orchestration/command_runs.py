"""What the last `telltale run` did, kept for Dagster: no command loads Dagster to say it."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from orchestration.durable import write_json
from orchestration.home import Home


@dataclass(frozen=True)
class CommandRun:
    """When the last run of the command line ended, and when the last one that built did (UTC)."""

    ended_at: str
    built_at: str | None = None


def last_command_run(home: Home) -> CommandRun | None:
    """The last run that ended well; None if there was none, or if nobody can read of it."""
    try:
        return CommandRun(**json.loads(_file(home).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def remember_command_run(home: Home, is_built: bool) -> None:
    """Keep that a run ended well just now. The caller holds the home's lock."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    before = last_command_run(home)
    built_at = now if is_built else before and before.built_at
    write_json(_file(home), asdict(CommandRun(now, built_at)))


def _file(home: Home) -> Path:
    return home.state / "command_run.json"
