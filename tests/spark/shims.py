"""The shims of macros/engine/ without dbt: plain Jinja renders them for one engine."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2

FOLDER = Path(__file__).resolve().parents[2] / "macros" / "engine"


def shim_texts() -> dict[str, str]:
    """Text of every file of shims that make expressions, by file name."""
    names = ("casts.sql", "numbers.sql", "sums.sql", "texts.sql", "time.sql")
    return {name: (FOLDER / name).read_text("utf-8") for name in names}


def rendered(line: str, engine: str, texts: dict[str, str]) -> str:
    """One line of Jinja, such as `{{ iso_weekday('day') }}`, as SQL of an engine."""
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], undefined=jinja2.StrictUndefined)
    known: dict[str, Any] = {}

    def dispatch(name: str, package: str = "") -> Callable[..., Any]:
        return known[f"{engine}__{name}"]

    globals_: dict[str, Any] = {
        "adapter": SimpleNamespace(dispatch=dispatch),
        "return": lambda value: value,
        "modules": SimpleNamespace(re=re),
    }
    template = environment.from_string("".join(texts.values()), globals=globals_)
    known.update(vars(template.module))
    return environment.from_string(line, globals=globals_ | known).render().strip()
