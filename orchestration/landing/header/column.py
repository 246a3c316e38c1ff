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
    names of a date and a clock that together make a timestamp. `clock_of` names the instant of
    which this column says whether a clock was delivered. The others are what settings add:
    `own` names by part (`""` for the whole text, `date`, `time`), which win over what is guessed;
    `day`, the date of all rows; `words` as pairs of a word and the value that it means; the
    `unit` of a number of time, empty where only whole seconds are read; `key_fields` that make a
    key together.
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
    needs_clock: bool = False
    clock_of: str | None = None
    own: tuple[tuple[str, tuple[str, ...]], ...] = ()
    day: str | None = None
    words: tuple[tuple[str, str], ...] = ()
    unit: str = "seconds"
    key_fields: tuple[str, ...] = ()

    def own_names(self, part: str = "") -> tuple[str, ...]:
        """The names that settings give the column, or its `date` or `time`."""
        return dict(self.own).get(part, ())

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
        needs_clock=bool(meta.get("needs_clock", False)),
        clock_of=meta.get("clock_of"),
    )


def read_meta(entry: dict[str, Any]) -> dict[str, Any]:
    """`config.meta` of a YAML entry; empty where it has none."""
    return dict((entry.get("config") or {}).get("meta") or {})
