"""The version of telltale that wrote a record."""

import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from orchestration.home import PROJECT_ROOT


@cache
def telltale_version() -> str:
    """As installed, else as pyproject.toml of this checkout says."""
    try:
        return version("telltale")
    except PackageNotFoundError:
        text = (PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(text)["project"]["version"])
