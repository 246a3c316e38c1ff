"""One writer per home: the lock that the command line and Dagster share."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from orchestration.errors import HomeHeldError
from orchestration.home import Home


@contextmanager
def home_lock(
    home: Home,
    purpose: str,
    wait_seconds: float = 3600,
    on_wait: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Hold the home for one land, build or publish step; others wait and are told for whom.

    The operating system frees the lock when its holder dies, however it dies, so that no hand
    is needed afterwards. Raises HomeHeldError after `wait_seconds`.
    """
    home.state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home.state / "home.lock")
    holder = home.state / "home.lock.json"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if on_wait:
            on_wait(f"waiting for {holder_text(home) or 'another process'}")
        try:
            lock.acquire(timeout=wait_seconds, poll_interval=0.2)
        except Timeout as error:
            raise HomeHeldError(
                f"{home.root} is still held by {holder_text(home) or 'another process'}. "
                "Wait until it ends, or end it, then run the command again."
            ) from error
    try:
        holder.write_text(
            json.dumps(
                {
                    "purpose": purpose,
                    "process": os.getpid(),
                    "since": datetime.now(UTC).isoformat(timespec="seconds"),
                }
            ),
            "utf-8",
        )
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def holder_text(home: Home) -> str:
    """Who holds the home and since when, in words; empty if nobody says so."""
    try:
        known = json.loads((home.state / "home.lock.json").read_text("utf-8"))
    except (OSError, ValueError):
        return ""
    return f"`{known['purpose']}` (process {known['process']}, since {known['since']})"
