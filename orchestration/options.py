"""Options that several commands share."""

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from orchestration.errors import TelltaleError
from orchestration.home import Home
from orchestration.terminal import console


def home_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--home`, and turn a TelltaleError into plain words and exit code 1."""

    @click.option(
        "--home",
        "home_path",
        type=click.Path(path_type=Path),
        help="The centre's folder. Default: TELLTALE_HOME, else var/.",
    )
    @functools.wraps(command)
    def wrapped(home_path: Path | None, **options: Any) -> Any:
        try:
            return command(home=Home.at(home_path), **options)
        except TelltaleError as error:
            console.print(f"[bold red]error[/] {escape(str(error))}", soft_wrap=True)
            sys.exit(1)

    return wrapped


def engine_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--engine`, which goes before TELLTALE_ENGINE for this command."""

    @click.option(
        "--engine",
        type=click.Choice(["duckdb", "spark"]),
        help="What builds. Default: TELLTALE_ENGINE, else duckdb.",
    )
    @functools.wraps(command)
    def wrapped(engine: str | None, **options: Any) -> Any:
        if engine:
            os.environ["TELLTALE_ENGINE"] = engine
        return command(**options)

    return wrapped
