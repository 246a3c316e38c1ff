"""The reader's page of KPIs says what the definitions and the words say."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.project.laws.breach import Breach

PAGE = "docs/kpis.md"
INTERVALS = {"proportion": "Wilson", "ratio": "none"}


def page_row(line: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """The row of the page for a KPI's line of sums and its line of words."""
    cells = [
        words["kpi_code"],
        words["kpi_id"],
        words["kpi_name_en"],
        words["kpi_name_fr"],
        words["source_text"],
        line["scopes"],
        f"{line['window']} d" if line["window"] else "-",
        INTERVALS.get(line["estimator"], "t"),
    ]
    return f"| {' | '.join(cells)} |"


def reported_row(words: Mapping[str, str], mart: str) -> str:
    """The row of the page for a KPI that is a column of a report."""
    names = ("kpi_code", "kpi_id", "kpi_name_en", "kpi_name_fr", "source_text")
    return f"| {' | '.join(words[name] for name in names)} | `{mart}` |"


def page_breaches(
    page: str,
    lines: Iterable[Mapping[str, Any]],
    words: Iterable[Mapping[str, str]],
    reported: Iterable[Mapping[str, str]] = (),
) -> list[Breach]:
    """KPIs whose row the page lacks or words otherwise, and rows of no KPI.

    `reported` are the KPIs that are columns of a report, with its name.
    """
    by_id = {line["kpi_id"]: line for line in lines}
    marts = {row["kpi_id"]: row["mart_name"] for row in reported}
    wanted = {
        row["kpi_id"]: reported_row(row, marts[row["kpi_id"]])
        if row["kpi_id"] in marts
        else page_row(by_id[row["kpi_id"]], row)
        for row in words
    }
    cells = [line.split(" | ") for line in page.splitlines() if line.count(" | ") == 7]
    named = [cell[1] for cell in cells if "_" in cell[1]]
    found = [
        Breach(f"{PAGE}, {kpi_id}", "says otherwise", f"write this row: {row}")
        for kpi_id, row in wanted.items()
        if page.splitlines().count(row) != 1
    ]
    return found + [
        Breach(f"{PAGE}, {kpi_id}", "is no KPI", "delete its row")
        for kpi_id in named
        if kpi_id not in wanted
    ]
