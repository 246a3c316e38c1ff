"""Which part of a dbt file each character belongs to, so that laws look at code only.

One letter per character: `S` SQL, `s` text in SQL quotes, `n` name in double quotes, `c` SQL
comment, `J` Jinja, `j` text in Jinja quotes, `k` Jinja comment.
"""

import re


def marks(text: str) -> str:
    """One letter per character of the text, as above."""
    letters: list[str] = []
    state = "S"
    while len(letters) < len(text):
        at = len(letters)
        if text.startswith("{#", at):
            letters += "k" * (ending(text, "#}", at) - at)
        elif text.startswith(("{{", "{%"), at):
            letters += jinja_marks(text, at)
        elif state == "S" and text.startswith("--", at):
            letters += "c" * (ending(text, "\n", at) - at)
        elif state == "S" and text.startswith("/*", at):
            letters += "c" * (ending(text, "*/", at) - at)
        elif state == "s" and text.startswith("''", at):
            letters += "ss"
        else:
            quoted = {"'": "s", '"': "n"}.get(text[at])
            letters.append(quoted if state == "S" and quoted else state)
            if quoted and state in ("S", quoted):
                state = quoted if state == "S" else "S"
    return "".join(letters)


def ending(text: str, closing: str, start: int) -> int:
    """Position after the first `closing` from `start` on, or the end of the text."""
    found = text.find(closing, start)
    return len(text) if found < 0 else found + len(closing)


def jinja_marks(text: str, start: int) -> str:
    """Letters of the Jinja expression or statement that begins at `start`."""
    closing = "}}" if text[start + 1] == "{" else "%}"
    letters, depth = "JJ", 0
    while start + len(letters) < len(text):
        at = start + len(letters)
        if depth == 0 and text.startswith(closing, at):
            return letters + "JJ"
        if text[at] in "'\"":
            quoted = re.compile(rf"{text[at]}(?:\\.|[^\\{text[at]}])*{text[at]}?", re.DOTALL)
            matched = quoted.match(text, at)
            letters += "j" * (len(matched.group()) if matched else 1)
        else:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            letters += "J"
    return letters


def kept(text: str, letters: str) -> str:
    """The text with everything but these letters blanked; lines and positions stay."""
    return "".join(
        character if mark in letters or character == "\n" else " "
        for character, mark in zip(text, marks(text), strict=True)
    )


def flattened(text: str) -> str:
    """SQL code in which every Jinja expression is a run of underscores, as one name would be."""
    return "".join(
        character if mark in "S" or character == "\n" else "_" if mark in "Jj" else " "
        for character, mark in zip(text, marks(text), strict=True)
    )


def without_shims(text: str) -> str:
    """The text less the macros that are written for one engine (`duckdb__...`, `spark__...`)."""
    return re.sub(
        r"\{%-?\s*macro (?:duckdb|spark)__.*?endmacro\s*-?%\}",
        lambda found: re.sub(r"[^\n]", " ", found.group()),
        text,
        flags=re.DOTALL,
    )
