"""The date in a file's name."""

import re
from datetime import date

FIRST_YEAR, LAST_YEAR = 1990, 2100


def last_date(pattern: str, name: str) -> date | None:
    """The last date that the first group of `pattern` reads from `name`, or None.

    A match beside a further digit is a piece of a longer number, such as that of a call. Matches
    may overlap: the digits before a date can look like the beginning of one.
    """
    expression, start, found = re.compile(pattern), 0, None
    while match := expression.search(name, start):
        start = match.start() + 1
        beside = name[max(match.start() - 1, 0) : match.start()] + name[match.end() :][:1]
        if not any(letter.isdigit() for letter in beside):
            found = _date(match.group(1)) or found
    return found


def _date(text: str | None) -> date | None:
    try:
        found = date.fromisoformat((text or "").replace("-", ""))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
