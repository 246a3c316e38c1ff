"""What a person reads about what readers see: which version, where, and what holds them there."""

from rich.console import Console
from rich.markup import escape

from orchestration.home import Home
from orchestration.publication.link import LINK
from orchestration.publication.pointer import Served, newest_version, pinned_version
from orchestration.publication.publish import Publication
from orchestration.publication.versions import current_version


def print_publication(console: Console, home: Home, publication: Publication) -> None:
    """Which version readers see, and where."""
    if publication.pinned:
        done = "Written" if publication.is_new else "Nothing new"
        console.print(
            f"{done}: {publication.version}; [yellow]readers stay on {publication.pinned}[/], "
            "where `telltale rollback` pinned them. `telltale rollback --undo` lets them see "
            f"{publication.version}.",
            soft_wrap=True,
        )
    elif publication.is_new:
        console.print(
            f"Published: {publication.version} in {escape(str(home.published / LINK))}",
            soft_wrap=True,
        )
    else:
        console.print(f"Nothing new: readers keep {publication.version}.")


def print_served(console: Console, home: Home, served: Served) -> None:
    """What a rollback, or its end, lets readers see."""
    moved = f"before: {served.before}" if served.before != served.version else "as before"
    where = escape(str(home.published / LINK))
    console.print(f"Readers see {served.version} ({moved}) in {where}", soft_wrap=True)
    if served.is_pinned:
        console.print(
            "They stay there: later runs write new versions beside it, and nobody sees those "
            "until `telltale rollback --undo`.",
            soft_wrap=True,
        )
    else:
        console.print("They follow what is published from now on.")
    console.print("A tool that holds the file open sees this after it has opened it again.")


def print_pointer(console: Console, home: Home) -> None:
    """The path that readers open, and the pin where a rollback holds them."""
    console.print(f"          readers open {escape(str(home.published / LINK))}", soft_wrap=True)
    current, pinned = current_version(home), pinned_version(home)
    if pinned and pinned != current:
        console.print(
            f"          [yellow]the rollback to {pinned} was interrupted[/]; "
            f"`telltale rollback {pinned}` finishes it",
            soft_wrap=True,
        )
    elif pinned:
        console.print(
            f"          [yellow]pinned[/] by `telltale rollback`; newest: {newest_version(home)}. "
            "`telltale rollback --undo` lets readers follow again",
            soft_wrap=True,
        )
