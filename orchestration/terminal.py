"""How telltale speaks at a terminal: one console, progress while it works, a quiet end."""

import atexit
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

console = Console(highlight=False)


@contextmanager
def steps(title: str) -> Iterator[Callable[[str], None]]:
    """Yield a function that shows what is going on, and for how long.

    At a terminal it is one line that changes; in a pipe or a log it is one line per phase, told
    by the first word of the text.
    """
    if not console.is_terminal:
        yield _phase_printer(title)
        return
    with Progress(
        SpinnerColumn(),
        TextColumn(f"[bold]{title}[/]"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
        console=console,
        transient=True,
    ) as progress:
        task = progress.add_task("", total=None)
        yield lambda text: progress.update(task, description=escape(text))


def _phase_printer(title: str) -> Callable[[str], None]:
    said = [""]

    def say(text: str) -> None:
        phase = text.split(" ", 1)[0]
        if phase != said[0]:
            said[0] = phase
            console.print(f"{title}: {escape(text)}", style="dim", soft_wrap=True)

    return say


def exit_code(command: Callable[[], object]) -> int:
    """What a command exits with; 2 after the trace of an error that nobody expected."""
    try:
        command()
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else int(bool(ending.code))
    except Exception:
        traceback.print_exc()
        return 2
    return 0


def end(code: int) -> None:
    """End the process without tearing the interpreter down.

    DuckDB's bindings would report every object that dbt and Great Expectations still hold, a
    page of noise after each run.
    """
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
