"""The suite of each raw table: a module of its own, found by its name."""

import importlib
from pathlib import Path
from types import ModuleType


def suite_module(source: str, table: str) -> ModuleType | None:
    """`expectations.<source>.<table>`, or None where a table has no suite."""
    try:
        return importlib.import_module(f"expectations.{source}.{table}")
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith(f"expectations.{source}"):
            return None
        raise


def suite_texts(source: str, table: str) -> tuple[str, ...]:
    """The texts that decide what the suite does: they belong to a contract's fingerprint."""
    module = suite_module(source, table)
    if module is None or not module.__file__:
        return ()
    here = Path(__file__).parent
    files = [Path(module.__file__), here / "rules.py", *getattr(module, "LISTS", ())]
    return tuple(path.read_text(encoding="utf-8") for path in files if path.exists())
