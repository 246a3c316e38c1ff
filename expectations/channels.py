"""Words for channels: what the product knows of them before any list of a centre is read."""

from collections.abc import Sequence
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
KINDS, WORDS = SEEDS / "channel_kinds.csv", SEEDS / "channel_words.csv"
DAY_SECONDS = 86_400
_ACCENTED, _PLAIN = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy"
_DROPPED = " \t\u00a0\u202f\u0300\u0301\u0302\u0303\u0308\u0327-_"


def word_key(text: str) -> str:
    """SQL of what a word is compared by: no case, accents, blanks, hyphens or underscores.

    The macro `word_key` of the warehouse is the same; a test compares them.
    """
    return f"translate(lower({text}), '{_ACCENTED}{_DROPPED}', '{_PLAIN}')"


def known_words(listed: Sequence[tuple[str, str]] = ()) -> str:
    """SQL of one row per known word: word_key, channel_code; `listed` are a centre's own pairs."""
    own = _read(KINDS)
    pairs = ", ".join(f"({_quoted(word)}, {_quoted(code)})" for word, code in listed)
    more = (
        f"select {word_key('word_text')} as word_key, channel_code, 1 as source_rank "
        f"from (values {pairs}) as listed (word_text, channel_code) union all "
        if pairs
        else ""
    )
    return f"""
        select spelled.word_key, arg_min(kinds.channel_code, source_rank) as channel_code,
            bool_or(kinds.is_deferred = 'true') as is_deferred
        from (
            {more} select {word_key("channel_code")}, channel_code, 2 from {own}
            union all select {word_key("word_text")}, channel_code, 3 from {_read(WORDS)}
        ) as spelled (word_key, channel_code, source_rank)
        inner join {own} as kinds
            on {word_key("spelled.channel_code")} = {word_key("kinds.channel_code")}
        group by spelled.word_key
    """


def view(relation: str, channel: str = "channel_code", wait: str = "wait_seconds") -> str:
    """All columns of `relation` with `is_wait_possible`.

    A wait is from 0 to a day; on a channel where the customer does not stay, or of which the
    product does not know whether they do, it may be longer. Null where no wait was delivered.
    """
    return f"""
        select rows.*,
            case
                when rows.{wait} is null then null
                when rows.{wait} between 0 and {DAY_SECONDS} then true
                when rows.{wait} < 0 or rows.{channel} is null then false
                else coalesce(known.is_deferred, true)
            end as is_wait_possible
        from {relation} as rows
        left join ({known_words()}) as known on {word_key(f"rows.{channel}")} = known.word_key
    """


def _read(path: Path) -> str:
    return f"read_csv({_quoted(str(path))}, all_varchar = true, header = true)"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
