"""The two commands of README in a clean clone print what README shows.

The one test that runs a whole first `make run`: what a newcomer sees first is seen nowhere else.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.home import PROJECT_ROOT

VARYING = re.compile(r"in [\d.]+ s ")
"""Seconds of the build differ from machine to machine."""


def shown_in_readme() -> list[str]:
    """Lines of README's second block: what the first run answers."""
    text = (PROJECT_ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.S | re.M)
    return comparable(blocks[1])


def comparable(text: str) -> list[str]:
    """Lines that say something, without what differs from run to run."""
    return [VARYING.sub("", line).strip() for line in text.splitlines() if line.strip()]


def clone_into(folder: Path) -> Path:
    """Copy what a clone of this tree would hold, edits that are not committed yet included."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT_ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    for name in filter(None, names):
        if (PROJECT_ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT_ROOT / name, folder / name)
    return folder


def made(clone: Path, *arguments: str) -> str:
    """What `make` prints in a clone that uses the environment of this test."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("TELLTALE_HOME", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    }
    tools = [f"VENV={clone.parent / 'venv'}", f"BIN={Path(sys.executable).parent}"]
    done = subprocess.run(
        ["make", "--no-print-directory", *arguments, *tools],
        cwd=clone,
        env=environment | {"PYTHONPATH": str(clone), "COLUMNS": "80"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.timeout(1800)
def test_a_clean_clone_prints_what_readme_shows(tmp_path: Path) -> None:
    clone = clone_into(tmp_path / "telltale")
    # The environment itself is not made anew: what `make setup` does after it is.
    steps = [line for line in made(clone, "-n", "setup").splitlines() if "orchestration." in line]
    assert len(steps) == 1
    environment = {"PYTHONPATH": str(clone), "TELLTALE_HOME": str(clone / "var")}
    command = ["sh", "-c", steps[0]]
    subprocess.run(command, cwd=clone, check=True, env=os.environ | environment)
    assert (clone / ".env").exists() and not list((clone / "var" / "seeds").glob("*"))
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv" / ".ready").touch()
    printed = comparable(made(clone, "run").replace(f"{clone}/", ""))
    expected = shown_in_readme()
    start = next(n for n, line in enumerate(printed) if "files judged" in line)
    found = printed[start : start + len(expected)]
    stale = [f"{was}  ->  {now}" for was, now in zip(expected, found, strict=True) if was != now]
    assert not stale, "README's first screen shows what is no longer printed:\n" + "\n".join(stale)
