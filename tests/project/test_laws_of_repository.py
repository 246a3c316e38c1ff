"""What holds for every file of the repository."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.project.laws import exceptions
from tests.project.laws.breach import ROOT, demand, excused
from tests.project.laws.repository import (
    lock_breaches,
    locked,
    machine_breaches,
    plain_word_breaches,
    registry_breaches,
    repository_files,
    texts_of,
    unfinished_breaches,
    weight_breaches,
)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    found = repository_files()
    assert "dbt_project.yml" in found
    return found


@pytest.fixture(scope="module")
def texts(files: dict[str, bytes]) -> dict[str, str]:
    return texts_of(files)


def test_no_file_names_a_package_registry(texts: dict[str, str]) -> None:
    demand(registry_breaches(texts))


def test_no_file_holds_a_path_of_one_machine(texts: dict[str, str]) -> None:
    demand(excused(machine_breaches(texts), exceptions.MACHINE_PATHS))


def test_no_file_notes_unfinished_work(texts: dict[str, str]) -> None:
    demand(unfinished_breaches(texts))


def test_words_are_plain(texts: dict[str, str]) -> None:
    demand(plain_word_breaches(texts))


def test_no_file_is_heavy_or_only_keeps_a_folder(files: dict[str, bytes]) -> None:
    demand(excused(weight_breaches(files), exceptions.LARGE_FILES))


def test_the_locks_pin_and_hash_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    wanted += [one for name, extra in extras.items() if name != "spark" for one in extra]
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert len(locked(lock)) > len(wanted)
    demand(lock_breaches(lock, wanted))
    with_spark = (ROOT / "requirements-spark.lock").read_text("utf-8")
    demand(lock_breaches(with_spark, [*wanted, *extras["spark"]]))
    # A figure that differs must come from the engine, not from another library.
    versions = {name: version for name, (version, _) in locked(with_spark).items()}
    assert {
        name: version for name, (version, _) in locked(lock).items()
    }.items() <= versions.items()


def test_one_version_is_stated_everywhere(texts: dict[str, str]) -> None:
    version = tomllib.loads(texts["pyproject.toml"])["project"]["version"]
    assert yaml.safe_load(texts["dbt_project.yml"])["version"] == version
    headings = re.findall(r"^## (.+)$", texts["CHANGELOG.md"], re.M)
    assert headings[0] == "Unreleased"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+, \d{4}-\d\d-\d\d", one) for one in headings[1:])


def test_hooks_before_a_commit_are_local_and_installed(texts: dict[str, str]) -> None:
    repositories = yaml.safe_load(texts[".pre-commit-config.yaml"])["repos"]
    assert [one["repo"] for one in repositories] == ["local"]
    entries = [hook["entry"].split() for hook in repositories[0]["hooks"]]
    tools = {entry[0].removeprefix(".venv/bin/") for entry in entries}
    assert all(Path(sys.executable).with_name(tool).exists() for tool in tools)
    named = [word for entry in entries for word in entry if word.startswith("tests/")]
    assert named and all(word in texts for word in named)


@pytest.mark.parametrize("host", [("py", "pi.org"), ("files.python", "hosted.org")])
def test_a_registry_is_seen(host: tuple[str, str]) -> None:
    (breach,) = registry_breaches({"a.md": f"see\nhttps://{''.join(host)}/simple"})
    assert breach.place == "a.md:2"


@pytest.mark.parametrize("folder", ["ro" + "ot", "wo" + "rk", "ho" + "me"])
def test_a_path_of_one_machine_is_seen(folder: str) -> None:
    assert machine_breaches({"a.md": f"open /{folder}/a/file"})
    assert machine_breaches({"a.py": f'PATH = "/{folder}/a"'})
    assert not machine_breaches({"a.md": f"tests/{folder}/a and ./{folder}/a and $X/{folder}/a"})


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME"])
def test_a_note_of_unfinished_work_is_seen(word: str) -> None:
    assert unfinished_breaches({"a.py": f"# {word}: later"})


@pytest.mark.parametrize("word", ["h" + "is", "H" + "e", "wrong " + "turn", "un" + "asked"])
def test_a_word_that_is_not_plain_is_seen(word: str) -> None:
    assert plain_word_breaches({"a.md": f"see {word} there"})
    assert not plain_word_breaches({"a.md": "this, whether, shim, turn, asked, therein"})


def test_a_heavy_file_and_a_kept_folder_are_seen() -> None:
    files = {"a.bin": b"0" * (1024 * 1024 + 1), "b/.gitkeep": b"", "c.bin": b"0" * 1024 * 1024}
    assert [breach.key for breach in weight_breaches(files)] == ["a.bin", "b/.gitkeep"]


HASH = f"    --hash=sha256:{'0' * 64}"


def test_a_lock_without_pin_hash_or_dependency_is_seen() -> None:
    good = f"click==8.1.7 \\\n{HASH} \\\n{HASH}\n    # via x\nPy_Arrow[a]==26.0.1 ; x \\\n{HASH}\n"
    assert locked(good) == {"click": ("8.1.7", 2), "py-arrow": ("26.0.1", 1)}
    assert not lock_breaches(good, ["click==8.*", "py-arrow"])
    assert len(lock_breaches(good, ["click==9.*", "rich"])) == 2
    assert lock_breaches("click==8.1.7\n    # via x\n", ["click"])
    assert lock_breaches(f"click \\\n{HASH}\n", [])
