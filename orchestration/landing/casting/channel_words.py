"""Words for channels that neither the product nor the centre knows, counted as rows land."""

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb

from expectations.channels import known_words, word_key
from orchestration.home import Home
from orchestration.landing.contract import Contract
from orchestration.landing.relations import existing

CHANNEL_COLUMNS = ("channel_code", "sent_to_channel_code", "promoted_channel_code")
WORDS_SHOWN, LETTERS_SHOWN = 5, 40


def listed_words(home: Home) -> list[tuple[str, str]]:
    """The pairs (word, channel) of the centre's list `channels`; none where it is not there.

    The list is read as the build reads it: its checked copy in `state/lists/`.
    """
    path = home.state / "lists" / "channels.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = [(row["word_text"].strip(), row["channel_code"].strip()) for row in rows]
    return [(word, code) for word, code in pairs if word and code]


def unknown_words(home: Home, contract: Contract, candidates: Sequence[Path]) -> list[str]:
    """One sentence per column of channels that holds words which nobody knows, with their counts.

    `candidates` are the typed rows of one raw table in one run, before its suite judged them.
    """
    columns = [one.name for one in contract.columns if one.name in CHANNEL_COLUMNS]
    if not columns or not candidates:
        return []
    files = f"read_parquet([{', '.join(map(existing, candidates))}])"
    known = known_words(listed_words(home))
    found: list[str] = []
    with duckdb.connect(":memory:") as connection:
        for column in columns:
            rows = connection.execute(
                f"select rows.{column}, count(*) from {files} as rows "
                f"left join ({known}) as known on {word_key(f'rows.{column}')} = known.word_key "
                f"where rows.{column} is not null and known.word_key is null "
                f"group by rows.{column} order by count(*) desc, rows.{column}"
            ).fetchall()
            found += [_sentence(column, rows)] if rows else []
    return found


def _sentence(column: str, rows: list[tuple[str, int]]) -> str:
    shown = [
        f'"{word[:LETTERS_SHOWN]}" ({count:,} {"row" if count == 1 else "rows"})'
        for word, count in rows[:WORDS_SHOWN]
    ]
    words = ", ".join(shown)
    if len(rows) > len(shown):
        words += f" and {len(rows) - len(shown):,} more words"
    return (
        f"{column}: no channel is known as {words}; what needs to know the channel leaves these "
        "rows out. To do: map each word in seeds/channels.csv (word_text,channel_code)"
    )
