"""The one error type that a person is meant to read, and the form of what it says."""

import textwrap

WIDTH = 100
"""Columns of the terminal for which messages are broken into lines."""


class TelltaleError(Exception):
    """What is wrong, where, what was expected and what to do, in plain words.

    The command line prints the message without a traceback and exits with code 1.
    """


def told(
    what: str,
    *details: str,
    expected: str | None = None,
    found: str | None = None,
    to_do: str | None = None,
) -> str:
    """A message in lines: what is wrong and where, then details and the named parts, indented."""
    parts = [("expected: ", expected), ("found: ", found), ("to do: ", to_do)]
    texts = [*details, *(word + text for word, text in parts if text)]
    return "\n".join([what, *(line for text in texts for line in indented(text))])


def indented(text: str) -> list[str]:
    """One text as lines of at most `WIDTH`, two spaces in; further lines stand two deeper."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent="  ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
