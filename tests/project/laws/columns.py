"""The last word of a column is its unit, and the unit has one type."""

import csv
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tests.project.laws.breach import ROOT, Breach

EXACT, MONEY, FACT_SCORE = "decimal(38,12)", "decimal(18,2)", "decimal(18,12)"

UNITS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("id", "code", "name", "text"), ("string",)),
    "at": ("timestamp",),
    **dict.fromkeys(("date", "week", "month"), ("date",)),
    **dict.fromkeys(("seconds", "count", "hash"), ("bigint",)),
    **dict.fromkeys(("number", "version"), ("integer",)),
    **dict.fromkeys(("points", "sum"), (EXACT,)),
    "squares": (EXACT, "bigint"),
    "amount": (MONEY,),
    **dict.fromkeys(("rate", "share", "probability"), ("double",)),
    "score": ("double", FACT_SCORE),
    **dict.fromkeys(
        ("gap", "effect", "coefficient", "weight", "limit", "low", "high"), ("double",)
    ),
}
"""Last word -> the types that it may have."""

RESULTS = {
    "rate", "share", "probability", "gap", "effect", "coefficient", "weight", "limit", "low",
    "high",
}  # fmt: skip
"""Units of results: they exist in kpi_ and rpt_ only."""

SUMMED = {"seconds", "count", "points", "sum", "squares", "amount"}
KEYS = {"id", "code", "date", "week", "month", "at"}
"""An agg_ column is one of these: it may be summed, or it is a time bucket or a conformed key."""

KPI_WORDS = {
    "numerator": (EXACT, "double"), "denominator": ("bigint", "double"), "squares": (EXACT,),
    **dict.fromkeys(
        ("value", "low", "high", "target", "previous_value", "change_p_value"), ("double",)
    ),
}  # fmt: skip
"""Words that kpi_ models alone carry, whatever the unit of the KPI in the row; sums are doubles
only where BI tools read them, past the last division."""

FORBIDDEN = {
    "total", "number", "nb", "avg", "pct", "percent", "flag", "time", "duration", "info",
    "aht", "dmt", "fcr", "qa", "acw",
}  # fmt: skip
LANGUAGES = {"en", "fr"}
"""A `_name` in a language carries the language last."""


class Column(NamedTuple):
    """A documented column; `room` is a model's first word, or `seed` or `source`."""

    file: str
    room: str
    table: str
    name: str
    data_type: str | None

    def breach(self, what: str, remedy: str) -> Breach:
        """A breach of this column, with its table and name as the key of exceptions."""
        key = f"{self.table}.{self.name}"
        return Breach(f"{self.file}, column {key}", what, remedy, key)


def columns_of(manifest: Mapping[str, Any]) -> list[Column]:
    """Columns of every model's YAML, every source's contract and every seed's column_types."""
    found = []
    for node in [*manifest["nodes"].values(), *manifest["sources"].values()]:
        kind, name = node["resource_type"], node["name"]
        if kind not in ("model", "seed", "source"):
            continue
        file = (node.get("patch_path") or node["original_file_path"]).partition("://")
        table = f"{node['source_name']}.{name}" if kind == "source" else name
        types = node["config"].get("column_types") or {}
        for column in {**node["columns"], **dict.fromkeys(types)}:
            documented = node["columns"].get(column) or {}
            typed = types.get(column) or documented.get("data_type")
            room = name.split("_")[0] if kind == "model" else kind
            plain = typed.replace(" ", "").lower() if typed else None
            found.append(Column(file[2] or file[0], room, table, column, plain))
    return found


def unit_breaches(columns: Iterable[Column]) -> list[Breach]:
    """Columns whose last word is no unit, or whose type is not the unit's."""
    found = []
    for column in columns:
        words = column.name.split("_")
        if column.room == "kpi" and column.name in KPI_WORDS:
            types = KPI_WORDS[column.name]
        elif words[0] in ("is", "has"):
            types = ("boolean",)
        else:
            last = words[-2] if words[-1] in LANGUAGES and words[-2:-1] == ["name"] else words[-1]
            if last not in UNITS or len(words) == 1:
                remedy = f"end it in one of {', '.join(sorted(UNITS))}; begin a question with is_"
                found.append(column.breach("its last word is no unit", remedy))
                continue
            types = (FACT_SCORE,) if (last, column.room) == ("score", "fct") else UNITS[last]
        if column.data_type and column.data_type not in types:
            remedy = f"its unit has the type {' or '.join(types)}"
            found.append(column.breach(f"its type is {column.data_type}", remedy))
        if column.data_type == "boolean" and words[0] not in ("is", "has"):
            found.append(column.breach("a boolean is a question", "begin it with is_ or has_"))
    return found


def word_breaches(columns: Iterable[Column]) -> list[Breach]:
    """Columns with a forbidden word or abbreviation; `number` as an ordinal is the last word."""
    found = []
    for column in columns:
        words = column.name.split("_")
        ordinal = words[-1] == "number" and len(words) > 1
        for word in FORBIDDEN & set(words[:-1] if ordinal else words):
            remedy = "say what it counts or measures, in words and with its unit last"
            found.append(column.breach(f"`{word}` is a forbidden word", remedy))
    return found


def result_breaches(columns: Iterable[Column]) -> list[Breach]:
    """Results of a division or an estimate outside kpi_ and rpt_."""
    return [
        column.breach(
            f"`{column.name.split('_')[-1]}` is a result in {column.room}_",
            "keep the two sums here and divide in kpi_ or rpt_",
        )
        for column in columns
        if column.name.split("_")[-1] in RESULTS and column.room in ("stg", "int", "dim", "fct")
    ]


def additive_breaches(columns: Iterable[Column]) -> list[Breach]:
    """Columns of agg_ models that are neither a key nor a sum."""
    return [
        column.breach("may not be summed", "an agg_ holds keys and sums; derive it in rpt_")
        for column in columns
        if column.room == "agg" and column.name.split("_")[-1] not in KEYS | SUMMED
    ]


def seed_headers() -> dict[str, list[str]]:
    """Header of every seed file by the seed's name."""
    headers = {}
    for path in sorted((ROOT / "seeds").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            headers[path.stem] = next(csv.reader(lines))
    return headers


def untyped_breaches(
    headers: Mapping[str, Iterable[str]], columns: Iterable[Column]
) -> list[Breach]:
    """Columns of seed files without a declared type, and types without a column."""
    typed = {(column.table, column.name) for column in columns if column.data_type}
    held = {(seed, name) for seed, names in headers.items() for name in names}
    seeds = {column.table for column in columns if column.room == "seed"}
    declared = {pair for pair in typed if pair[0] in seeds}
    untyped = [
        Breach(f"seeds/{seed}.csv, column {name}", "has no type", "add it to column_types")
        for seed, name in sorted(held - typed)
    ]
    return untyped + [
        Breach(f"seeds/_seeds.yml, {seed}.{name}", "is in no file", "remove it or add the column")
        for seed, name in sorted(declared - held)
    ]
