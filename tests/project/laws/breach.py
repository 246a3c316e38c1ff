"""What a law hands back: breaches, the exceptions it grants, and how a test shows both."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[3]
"""The folder of dbt_project.yml."""


class Breach(NamedTuple):
    """One place that breaks a law: where, what is wrong, what to do; `key` names exceptions."""

    place: str
    what: str
    remedy: str
    key: str = ""


def excused(breaches: Iterable[Breach], exceptions: Mapping[str, str]) -> list[Breach]:
    """Breaches whose key fits no exception (shell patterns), and exceptions that fit nothing.

    An exception that excuses nothing is a breach itself: the list may not outlive its reasons.
    """
    found = list(breaches)
    used = {
        pattern
        for pattern in exceptions
        if any(fnmatchcase(breach.key, pattern) for breach in found)
    }
    left = [
        breach for breach in found if not any(fnmatchcase(breach.key, pattern) for pattern in used)
    ]
    stale = [
        Breach("tests/project/laws/exceptions.py", f"`{pattern}` excuses nothing", "remove it")
        for pattern in exceptions
        if pattern not in used
    ]
    return left + stale


def demand(breaches: Iterable[Breach]) -> None:
    """Fails with every breach on a line of its own."""
    lines = [f"{breach.place}: {breach.what}; {breach.remedy}" for breach in breaches]
    assert not lines, f"{len(lines)} breaches of the house style:\n" + "\n".join(sorted(lines))


def line_of(text: str, position: int) -> int:
    """Line number, from 1, of a position in a text."""
    return text.count("\n", 0, position) + 1


def texts_under(*folders: str, pattern: str = "*.sql") -> dict[str, str]:
    """Text of every file of the folders that fits, by its path from the root."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for folder in folders
        for path in sorted((ROOT / folder).rglob(pattern))
    }
