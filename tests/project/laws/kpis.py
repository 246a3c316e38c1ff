"""Every KPI is one line of sums and one line of words."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import jinja2

from tests.project.laws.breach import Breach

LINES = "macros/kpis/definitions.sql"
WORDS = "seeds/kpis.csv"
REPORTED = "seeds/reported_kpis.csv"
SQL_WORDS = {
    "cast", "null", "as", "bigint", "case", "when", "then", "else", "end", "and", "or", "not",
    "is", "coalesce", "decimal", "integer", "double",
}  # fmt: skip
UNITS = {"share": ("rate", "share", "level"), "seconds": ("seconds",), "score": ("score",)}
"""`unit_code` of a KPI -> the last words that its id may have; other units are free."""


def macro_value(text: str, name: str) -> Any:
    """What a macro of a file without dbt's own functions hands to `return`."""
    returned: dict[str, Any] = {}

    def give(value: Any) -> str:
        token = f"returned {len(returned)}"
        returned[token] = value
        return token

    def resolved(value: Any) -> Any:
        if isinstance(value, str):
            return resolved(returned[value.strip()]) if value.strip() in returned else value
        if isinstance(value, list):
            return [resolved(item) for item in value]
        if isinstance(value, dict):
            return {key: resolved(item) for key, item in value.items()}
        return value

    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    environment.globals["return"] = give
    return resolved(str(getattr(environment.from_string(text).module, name)()))


def words_breaches(
    lines: Iterable[Mapping[str, Any]],
    words: Iterable[Mapping[str, str]],
    sums: Mapping[str, Mapping[str, Any]] | None = None,
    reported: Iterable[str] = (),
) -> list[Breach]:
    """KPIs with a line and no words or the reverse, twice, in two families, in another unit.

    `sums` holds the families of sums; one that belongs to another family names it `family_code`.
    `reported` are KPIs that are columns of a report: they have no line.
    """
    lines = list(lines)
    defined = [line["kpi_id"] for line in lines] + list(reported)
    families = {
        line["kpi_id"]: (sums or {}).get(line["family"], {}).get("family_code", line["family"])
        for line in lines
    }
    named = [row["kpi_id"] for row in words]
    found = [
        Breach(f"{file}, {kpi_id}", "stands here twice", "keep one")
        for file, ids in ((LINES, defined), (WORDS, named))
        for kpi_id in sorted({kpi_id for kpi_id in ids if ids.count(kpi_id) > 1})
    ]
    found += [
        Breach(f"{LINES}, {kpi_id}", "has no words", f"add its row to {WORDS}")
        for kpi_id in sorted(set(defined) - set(named))
    ]
    found += [
        Breach(f"{WORDS}, {kpi_id}", "has no sums", f"add its line to {LINES} or {REPORTED}")
        for kpi_id in sorted(set(named) - set(defined))
    ]
    for row in words:
        place, family = f"{WORDS}, {row['kpi_id']}", row["family_code"]
        if families.get(row["kpi_id"], family) != family:
            found.append(Breach(place, f"its line says {families[row['kpi_id']]}", "agree"))
        last = row["kpi_id"].split("_")[-1]
        if last not in UNITS.get(row["unit_code"], (last,)):
            remedy = f"end its id in {' or '.join(UNITS[row['unit_code']])}"
            found.append(Breach(place, f"is a {row['unit_code']} and ends in {last}", remedy))
    return found


def sums_breaches(
    lines: Iterable[Mapping[str, Any]],
    families: Mapping[str, Mapping[str, Any]],
    scope_sets: Mapping[str, Mapping[str, str | None]],
    aggregates: Mapping[str, Iterable[str]],
) -> list[Breach]:
    """Sums and scopes of a KPI that its family's aggregate does not hold as columns."""
    found = []
    for line in lines:
        place = f"{LINES}, {line['kpi_id']}"
        family, scopes = families.get(line["family"]), scope_sets.get(line["scopes"])
        if family is None or scopes is None:
            what = f"family {line['family']} or scopes {line['scopes']} are not known"
            found.append(Breach(place, what, "name one of kpi_families and kpi_scope_sets"))
            continue
        aggregate = family["aggregate"]
        columns = set(aggregates.get(aggregate, ()))
        wanted = {column: f"scope {scope}" for scope, column in scopes.items() if column}
        names = ("numerator", "denominator", "squares", "inputs", "eligible", "open")
        parts = {name: line.get(name) or "" for name in names}
        parts["hidden"] = " ".join(f"{count} {of}" for count, of, _ in line.get("hidden", ()))
        for part, text in parts.items():
            for word in re.findall(r"[a-z_]\w*", str(text)):
                if word not in SQL_WORDS:
                    wanted[word] = part
        for column, part in wanted.items():
            if column not in columns:
                what = f"its {part} `{column}` is no column of {aggregate}"
                found.append(Breach(place, what, "correct the word or add the column"))
    return found


def reported_breaches(
    rows: Iterable[Mapping[str, str]], marts: Mapping[str, Iterable[str]]
) -> list[Breach]:
    """KPIs that name a report or a column of it that is not there."""
    return [
        Breach(
            f"{REPORTED}, {row['kpi_id']}",
            f"{row['mart_name']}.{row['column_name']} is not there",
            "correct the word or add the column",
        )
        for row in rows
        if row["column_name"] not in marts.get(row["mart_name"], ())
    ]
