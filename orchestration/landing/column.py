"""One column of an input contract, as its entry in `_sources.yml` says it."""

from dataclasses import dataclass
from typing import Any

DATA_TYPES = (
    "string",
    "bigint",
    "integer",
    "boolean",
    "timestamp",
    "date",
    "decimal(18,2)",
    "decimal(38,12)",
    "double",
)


@dataclass(frozen=True)
class Column:
    """One column: its type word, and how deliveries may write it.

    `default` is the text of every row of a file that lacks the column; `parts` are the header
    names of a date and a clock that together make a timestamp.
    """

    name: str
    data_type: str
    required: bool = False
    aliases: tuple[str, ...] = ()
    pseudonymise: bool = False
    free_text: bool = False
    date_parts: tuple[str, ...] = ()
    time_parts: tuple[str, ...] = ()
    default: str | None = None

    @property
    def is_trimmed(self) -> bool:
        """Outer white space is no part of a key, a code or a typed value; of a text it is."""
        return self.data_type != "string" or self.name.endswith(("_id", "_code"))


def read_column(entry: dict[str, Any]) -> Column:
    """The column of a YAML entry. Raises ValueError for a type that is none of `DATA_TYPES`."""
    meta, data_type = read_meta(entry), str(entry["data_type"]).replace(" ", "")
    if data_type not in DATA_TYPES:
        raise ValueError(f"column {entry['name']}: unknown data_type {data_type}")
    parts, default = meta.get("parts") or {}, meta.get("default")
    return Column(
        name=entry["name"],
        data_type=data_type,
        required=bool(meta.get("required", False)),
        aliases=tuple(meta.get("aliases", ())),
        pseudonymise=bool(meta.get("pseudonymise", False)),
        free_text=bool(meta.get("free_text", False)),
        date_parts=tuple(parts.get("date", ())),
        time_parts=tuple(parts.get("time", ())),
        default=None if default is None else str(default),
    )


def read_meta(entry: dict[str, Any]) -> dict[str, Any]:
    """`config.meta` of a YAML entry; empty where it has none."""
    return dict((entry.get("config") or {}).get("meta") or {})
