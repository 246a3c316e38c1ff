"""Mutants that say the same as the original: `equivalents.csv`, read by hand and kept by name."""

import csv
from pathlib import Path

LISTED = Path(__file__).with_name("equivalents.csv")


def equivalents(file: Path = LISTED) -> dict[tuple[str, str], str]:
    """Why a mutant changes nothing that could ever be seen, by model and mutant.

    Raises ValueError for a line without a reason.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        found = {(row["model"], row["mutant"]): row["why"] for row in csv.DictReader(lines)}
    silent = [f"{model} {mutant}" for (model, mutant), why in found.items() if not why]
    if silent:
        raise ValueError(f"{file.name} gives no reason for {', '.join(silent)}")
    return found
