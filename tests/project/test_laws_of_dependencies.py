"""Every import from elsewhere is declared, and everything that is declared is installed."""

import tomllib
from importlib import metadata
from typing import Any

import pytest
from packaging.utils import canonicalize_name

from tests.project.laws.breach import ROOT, demand
from tests.project.laws.dependencies import (
    declared_names,
    foreign_imports,
    missing_packages,
    undeclared_breaches,
    yaml_breaches,
)
from tests.project.laws.repository import repository_files, texts_of

TESTS = ("tests/", "benchmarks/")
SPARK = ("orchestration/spark/", "tests/spark/")


@pytest.fixture(scope="module")
def modules() -> dict[str, str]:
    return {
        file: text for file, text in texts_of(repository_files()).items() if file.endswith(".py")
    }


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_every_import_is_declared(modules: dict[str, str], project: dict[str, Any]) -> None:
    packages = metadata.packages_distributions()
    extras = project["optional-dependencies"]
    wanted = {file: tuple(project["dependencies"]) for file in modules}
    for file in modules:
        wanted[file] += tuple(extras["test"]) if file.startswith(TESTS) else ()
        wanted[file] += tuple(extras["spark"]) if file.startswith(SPARK) else ()
    assert len(foreign_imports(modules)) > 100
    found = []
    for requirements in set(wanted.values()):
        texts = {name: text for name, text in modules.items() if wanted[name] == requirements}
        found += undeclared_breaches(texts, requirements, packages, modules)
    demand(found)


def test_there_is_one_yaml_library(modules: dict[str, str]) -> None:
    demand(yaml_breaches(modules))


def test_the_environment_lacks_nothing_but_the_parser_that_is_left_out(
    project: dict[str, Any],
) -> None:
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    here: dict[str, list[str]] = {
        canonicalize_name(found.name): list(found.requires or [])
        for found in metadata.distributions()
    }
    assert missing_packages(wanted, here) == {"dbt-core-experimental-parser": {"dbt-core"}}


def test_an_undeclared_import_is_seen() -> None:
    texts = {"a.py": "import os, yaml\nfrom b.c import d\nfrom . import e", "b/c.py": "import PIL"}
    packages = {"yaml": ["PyYAML"], "PIL": ["pillow"]}
    (breach,) = undeclared_breaches(texts, ["pyyaml>=6"], packages)
    assert (breach.place, breach.key) == ("b/c.py:1", "PIL")
    assert not undeclared_breaches(texts, ["pyyaml", "Pillow"], packages)
    assert declared_names(["dbt-spark[PyHive]==1"]) == {"dbt-spark", "pyhive"}


def test_a_second_yaml_library_is_seen() -> None:
    assert yaml_breaches({"a.py": "from ruamel.yaml import YAML"})
    assert not yaml_breaches({"a.py": "import yaml"})


def test_a_package_that_is_not_here_is_seen() -> None:
    here = {"a": ["b[c]>1", "z; python_version < '3'"], "b": ["d; extra == 'c'", "a"]}
    assert missing_packages(["a"], here) == {"d": {"b"}}
    assert missing_packages(["a"], {**here, "d": []}) == {}
