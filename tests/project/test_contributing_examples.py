"""The worked examples of CONTRIBUTING.md, run exactly as they stand in a copy of the project."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.home import PROJECT_ROOT, Home
from tests.project.laws.breach import demand
from tests.project.laws.kpi_page import PAGE, page_breaches
from tests.project.laws.kpis import LINES, REPORTED, WORDS, macro_value, words_breaches

BLOCK = re.compile(
    r"^\*\*`(?P<path>[^`]+)`\*\*(?:, below `(?P<anchor>[^`]+)`:)?\n\n```\w+\n(?P<text>.*?)```$",
    re.M | re.S,
)
COPIED = (
    "models", "macros", "seeds", "docs", "tests/data", "tests/kpis", "tests/oracle",
    "tests/histories", "orchestration", "expectations", "simulation",
)  # fmt: skip
FILES = (
    "dbt_project.yml", "profiles.yml", "pyproject.toml", "tests/__init__.py", "tests/conftest.py",
    "tests/compiled.py", "tests/replay.py",
)  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project to which every example was added; its home is `var/`."""
    project = tmp_path_factory.mktemp("example") / "telltale"
    for folder in COPIED:
        shutil.copytree(
            PROJECT_ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in FILES:
        shutil.copy(PROJECT_ROOT / name, project / name)
    for block in BLOCK.finditer((PROJECT_ROOT / "CONTRIBUTING.md").read_text("utf-8")):
        root = project / "var" if block["path"].startswith("deliveries/") else project
        add_example(root / block["path"], block["anchor"], block["text"])
    return project


@pytest.fixture(scope="module")
def example(project: Path) -> Home:
    """The copy's home after a run."""
    home = Home.at(project / "var")
    run_python(project, "-m", "orchestration.cli", "run", "--home", str(home.root))
    return home


def run_python(project: Path, *arguments: str) -> str:
    """What Python prints in a copy of the project, whose modules it imports."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def add_example(path: Path, anchor: str | None, text: str) -> None:
    """Write a block as a file, or insert it below the one line that contains its anchor."""
    if anchor is None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = [number for number, line in enumerate(lines) if anchor in line]
    assert len(at) == 1, (
        f"{path}: {anchor!r} stands in {len(at)} lines, so nothing can be added below it"
    )
    lines.insert(at[0] + 1, text)
    path.write_text("".join(lines), "utf-8")


def test_the_new_source_lands_and_counts(example: Home) -> None:
    with duckdb.connect(str(example.warehouse), read_only=True) as connection:
        found = connection.execute(
            "select queue_id, sum(offered_count), sum(answered_count), sum(short_abandon_count) "
            "from marts.agg_transactional_daily group by queue_id order by queue_id"
        ).fetchall()
    assert found == [("aide", 1, 0, 0), ("ventes", 2, 2, 1)]


def test_the_new_kpi_has_values_and_words(example: Home) -> None:
    with duckdb.connect(str(example.warehouse), read_only=True) as connection:
        found = connection.execute(
            "select kpi_name_fr, numerator, denominator, reason_code from marts.kpi_values "
            "inner join marts.dim_kpis using (kpi_id) "
            "where kpi_id = 'voicemail_rate' "
            "and scope_code = 'company' and period_code = 'day'"
        ).fetchall()
    assert found == [("Taux de messagerie vocale", 0, 0, "not_delivered")]


def test_the_new_kpi_is_none_that_is_here_already() -> None:
    assert "voicemail" not in (PROJECT_ROOT / WORDS).read_text("utf-8")


def test_the_new_kpi_meets_the_laws_and_the_oracle(project: Path) -> None:
    text = (project / LINES).read_text("utf-8")
    lines, families = macro_value(text, "kpi_definitions"), macro_value(text, "kpi_families")
    words = list(csv.DictReader((project / WORDS).read_text("utf-8").splitlines()))
    with (project / REPORTED).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reported = [row["kpi_id"] for row in rows]
    demand(words_breaches(lines, words, families, reported))
    demand(page_breaches((project / PAGE).read_text("utf-8"), lines, words, rows))
    golden = "tests/oracle/golden/test_visits.py"
    asked = "from tests.oracle.kpis import KPIS; print(*sorted(KPIS))"
    known = run_python(project, "-c", asked).split()
    assert known == sorted({row["kpi_id"] for row in words} - set(reported))
    said = run_python(project, "-m", "pytest", "-q", "-p", "no:cacheprovider", golden)
    assert "passed" in said
