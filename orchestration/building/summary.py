"""What a person reads of a build."""

from typing import Any

from rich.console import Console
from rich.markup import escape


def print_build(console: Console, summary: Any) -> None:
    """How many models and audits passed, how long it took, why it was full, and the warnings."""
    kind = "full build" if summary.is_full else "incremental build"
    console.print(
        f"Built: {summary.passed_count} of {summary.node_count} models and audits passed in "
        f"{summary.seconds:.1f} s ({kind}: {escape(summary.why)})",
        soft_wrap=True,
    )
    for warning in summary.warnings:
        console.print(f"  [yellow]warning[/] {escape(warning)}")
