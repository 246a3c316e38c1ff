"""The one error type that a person is meant to read, and the form of what it says."""

import textwrap
import unicodedata

WIDTH = 100
"""Columns of the terminal for which messages are broken into lines."""


_SHAPELESS = ("Cc", "Cf", "Cs", "Zl", "Zp")


class TelltaleError(Exception):
    """What is wrong, where, what was expected and what to do, in plain words.

    The command line prints the message without a traceback and exits with code 1.
    """


class HomeHeldError(TelltaleError):
    """Another process holds the home or its warehouse; it passes when that one ends."""


def explained(
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


def visible(text: str) -> str:
    """The text on one line of a terminal: what has no shape of its own is written as `\\x1b`.

    Controls, line ends, marks of direction and bytes that are no UTF-8, as names of files may
    hold them.
    """
    return "".join(_escape(one) if unicodedata.category(one) in _SHAPELESS else one for one in text)


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


def _escape(letter: str) -> str:
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else ascii(letter)[1:-1]
