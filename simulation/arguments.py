"""What `simulate` was asked for, and whether a home already holds exactly that."""

import json
from pathlib import Path

from orchestration.errors import TelltaleError
from simulation.write.files import fingerprints

MOST_WEEKS = 520


def check_arguments(arguments: dict[str, int]) -> None:
    """Raise TelltaleError for an argument out of range."""
    for name, least, most in (
        ("contacts", 1, 50_000_000), ("weeks", 1, MOST_WEEKS), ("seed", 0, 2**63 - 1),
    ):  # fmt: skip
        if not least <= arguments[name] <= most:
            raise TelltaleError(
                f"simulate: {name} must be a whole number from {least} to {most}, "
                f"found {arguments[name]}."
            )


def check_same(folder: Path, truth_file: Path, arguments: dict[str, int]) -> None:
    """Raise TelltaleError unless the folder holds exactly what these arguments gave before."""
    try:
        truth = json.loads(truth_file.read_text("utf-8"))
        known, files = truth["arguments"], truth["files"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        known, files = None, {}
    advice = "Choose another home, or remove that folder (and what was landed from it) and repeat."
    if known is None:
        raise TelltaleError(
            f"{folder} already holds deliveries that no simulation wrote; they are left alone. "
            + advice
        )
    if known != arguments:
        raise TelltaleError(
            f"{folder} already holds a simulation with {said(known)}, not {said(arguments)}. "
            + advice
        )
    found = fingerprints(folder)
    changed = sorted(name for name in found.keys() | files.keys()
                     if found.get(name) != files.get(name))  # fmt: skip
    if changed:
        raise TelltaleError(
            f"{folder}: {len(changed)} files are not as the simulation with {said(known)} wrote "
            f"them (first: {changed[0]}). {advice}"
        )


def said(arguments: dict[str, int]) -> str:
    """Arguments in words."""
    return ", ".join(f"{name} {value}" for name, value in arguments.items())
