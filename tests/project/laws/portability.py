"""Constructs that two engines do not both have, or read differently without an error."""

import re

from tests.project.laws.breach import Breach
from tests.project.laws.sql import Texts, matches
from tests.project.laws.text import kept, without_shims

SHIM = "go through a macro of macros/engine/"

FOREIGN: dict[str, tuple[str, str]] = {
    r"\bvarchar\b": ("Spark has no plain varchar", "write string"),
    r"::": ("a cast that one engine lacks", "write cast(... as ...)"),
    r"\b(?:date_?diff|timestampdiff|datesub|date_sub|dateadd|date_add)\s*\(": (
        "argument order and rounding differ", "call seconds_between, add_seconds or add_days"),
    r"\b(?:strftime|strptime|date_format|to_char|to_timestamp|to_date)\s*\(": (
        "format words differ", SHIM),
    r"\bepoch\w*\s*\(|\bextract\s*\(\s*epoch|\bunix_timestamp\s*\(": ("epochs differ", SHIM),
    r"\b(?:isodow|dayofweek|day_of_week|weekday|dow)\b": (
        "Sunday is 0 or 1", "call iso_weekday"),
    r"\b(?:timezone|convert_timezone|from_utc_timestamp|at time zone)\b": (
        "zones convert differently", "call local_date"),
    r"\b(?:hash|xxhash64|md5_number)\s*\(": ("each engine has its own hash", "use row_hash"),
    r"\bapprox_\w*": ("approximate figures differ", "compute it exactly"),
    r"\b(?:string_agg|listagg|group_concat|array_agg|collect_list|list)\s*\(": (
        "the order of texts is not fixed", SHIM),
    r"\b(?:unnest|explode|generate_series)\s*\(": ("series differ", "call days_between"),
    r"\b(?:try_cast|try_to_\w+)\s*\(": ("failed casts differ", "call safe_cast"),
    r"\bregexp_\w+": ("patterns differ", SHIM),
    r"\b(?:to_json|from_json|json_\w+|get_json_object)\s*\(": ("JSON differs", SHIM),
    r"\b(?:read_parquet|read_csv|read_json|glob)\s*\(": ("reads files by itself", SHIM),
    r"\bconcat(?:_ws)?\s*\(": ("a null makes it null or is left out", "write || or joined_texts"),
    r"\bcast\s*\(\s*(?:\{\{ ratio\b[^}]*\}\}|\w*(?:_rate|_share|_score|_points|_probability)"
    r"|[\d.]*\.\d+)\s+as\s+(?:big|small|tiny)?int": (
        "halves round up or to the even number", "floor it first"),
    r"\bround\s*\(": ("round(0.285, 2) is .28 or .29", "keep all digits; readers round"),
    r"\blog\s*\(": ("to the base 10 or e", "write ln or log10"),
    r"_date\s+[-+]|[-+]\s+\w+_date\b": ("an integer or an interval", "call add_days"),
    r"_at\s+[-+]|[-+]\s+\w+_at\b": ("an interval on one engine", "call seconds_between"),
}  # fmt: skip
"""Pattern -> what differs, what to write. A type follows from a column's last word."""


def foreign_breaches(texts: Texts) -> list[Breach]:
    """Foreign constructs in SQL and in quoted Jinja, which is SQL in the making."""
    shared = {file: without_shims(text) for file, text in texts.items()}
    return [
        Breach(place, f"`{match.group().strip()}`: {differs}", remedy, place.partition(":")[0])
        for pattern, (differs, remedy) in FOREIGN.items()
        for place, match in matches(shared, pattern, lambda text: kept(text, "Sj"))
    ]


def quote_breaches(texts: Texts) -> list[Breach]:
    """Double quotes (a name or a text) and backslashes (a sign or an escape) in SQL."""
    shared = {file: without_shims(text) for file, text in texts.items()}
    found = [
        Breach(place, f"{match.group()} is a name or a text", "write 'text', or a plain name")
        for place, match in matches(shared, r'"[^"]*"?', lambda text: kept(text, "n"))
    ]
    return found + [
        Breach(place, "a backslash in a text escapes on one engine", "write it without")
        for place, _ in matches(shared, r"\\", lambda text: kept(text, "s"))
    ]


def choice_breaches(texts: Texts) -> list[Breach]:
    """`min_by` and `max_by` without a comment that says why no tie can differ."""
    found = []
    for place, match in matches(texts, r"\b(?:min_by|max_by)\s*\(", lambda text: kept(text, "Sj")):
        file, _, number = place.rpartition(":")
        lines = texts[file].split("\n")[: int(number)]
        near = "\n".join(lines[-4:])
        if not re.search(r"--|\{#", near):
            remedy = "say in a comment above why there are no ties"
            found.append(Breach(place, f"`{match.group()}` picks any of a tie", remedy))
    return found
