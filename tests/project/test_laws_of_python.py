"""Habits of Python."""

import warnings

import pytest

from tests.project.laws.breach import demand, texts_under
from tests.project.laws.imports import (
    dagster_breaches,
    heavy_breaches,
    reached,
    slow_start_breaches,
)
from tests.project.laws.python import (
    MANY_LINES,
    docstring_breaches,
    drawer_breaches,
    environment_breaches,
    silence_breaches,
    size_breaches,
)

COMMAND = "orchestration/cli.py"


@pytest.fixture(scope="module")
def product() -> dict[str, str]:
    found = texts_under("orchestration", "simulation", "expectations", pattern="*.py")
    assert COMMAND in found
    return found


def test_shared_packages_do_not_know_dagster(product: dict[str, str]) -> None:
    demand(dagster_breaches(product))


def test_heavy_libraries_are_imported_inside_functions(product: dict[str, str]) -> None:
    demand(heavy_breaches(product))


def test_the_command_starts_without_heavy_libraries(product: dict[str, str]) -> None:
    assert reached(COMMAND, product) > {COMMAND}
    demand(slow_start_breaches(product, COMMAND))


def test_a_module_is_short(product: dict[str, str]) -> None:
    for breach in size_breaches(product, MANY_LINES):
        warnings.warn(f"{breach.place}: {breach.what}; {breach.remedy}", stacklevel=1)
    demand(size_breaches(product))


def test_a_module_is_a_noun(product: dict[str, str]) -> None:
    demand(drawer_breaches(product | texts_under("tests", pattern="*.py")))


def test_no_error_is_passed_over(product: dict[str, str]) -> None:
    demand(silence_breaches(product | texts_under("tests", pattern="*.py")))


def test_everything_public_says_what_it_is(product: dict[str, str]) -> None:
    demand(docstring_breaches(product))


def test_nothing_reads_the_environment_at_import(product: dict[str, str]) -> None:
    demand(environment_breaches(product))


@pytest.mark.parametrize(
    "text", ["import dagster", "from dagster import asset", "def f():\n    import dagster_dbt"]
)
def test_dagster_in_a_shared_package_is_seen(text: str) -> None:
    assert dagster_breaches({"orchestration/landing/a.py": text})
    assert not dagster_breaches({"orchestration/assets.py": text})


@pytest.mark.parametrize(
    "text",
    [
        "import dbt.cli",
        "from great_expectations.core import x",
        "try:\n    import dagster\nexcept ImportError:\n    raise",
        "class A:\n    import dbt",
    ],
)
def test_a_heavy_import_at_the_top_is_seen(text: str) -> None:
    assert heavy_breaches({"orchestration/building/a.py": text})


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("orchestration/building/a.py", "def f():\n    import dbt"),
        ("orchestration/building/a.py", "if TYPE_CHECKING:\n    import dbt"),
        ("orchestration/building/a.py", "import dbtools"),
        ("orchestration/assets.py", "import dagster\nfrom dagster_dbt import x"),
    ],
)
def test_a_late_import_and_the_wiring_are_no_breach(file: str, text: str) -> None:
    assert not heavy_breaches({file: text})


def test_a_slow_start_is_seen_through_other_modules() -> None:
    texts = {
        "orchestration/cli.py": "from orchestration import status",
        "orchestration/status.py": "import orchestration.assets",
        "orchestration/assets.py": "import dagster",
        "orchestration/schedules.py": "import dagster",
    }
    (breach,) = slow_start_breaches(texts, "orchestration/cli.py")
    assert breach.place == "orchestration/assets.py:1"


def test_a_long_module_and_a_drawer_are_seen() -> None:
    assert size_breaches({"a.py": "x = 1\n" * 201})
    assert not size_breaches({"a.py": "x = 1\n" * 200})
    assert len(drawer_breaches({"a/utils.py": "", "constants.py": "", "a/noun.py": ""})) == 2


@pytest.mark.parametrize(
    "text",
    ["try:\n    f()\nexcept:\n    g()", "try:\n    f()\nexcept ValueError:\n    pass"],
)
def test_an_error_passed_over_is_seen(text: str) -> None:
    assert silence_breaches({"a.py": text})
    assert not silence_breaches({"a.py": f"{text}  # why"}) or "except:" in text
    assert not silence_breaches({"a.py": text.replace("except:", "except OSError:").replace(
        "pass", "g()")})  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["x = 1", '"""A."""\ndef f(): ...', '"""A."""\nclass A:\n    """B."""\n    def f(self): ...'],
)
def test_a_missing_docstring_is_seen(text: str) -> None:
    assert len(docstring_breaches({"a.py": text})) == 1
    assert not docstring_breaches({"a.py": '"""A."""\ndef _f(): ...', "b.py": ""})


@pytest.mark.parametrize(
    "text",
    [
        "import os\nx = os.environ.get('A')",
        "from os import getenv\nx = getenv('A')",
        "import os\ndef f(x=os.getenv('A')): ...",
        "import os\nclass A:\n    x = os.environ['A']",
    ],
)
def test_the_environment_at_import_is_seen(text: str) -> None:
    assert environment_breaches({"a.py": text})
    assert not environment_breaches({"a.py": "import os\ndef f():\n    return os.environ['A']"})
