"""What settings.toml says about sources, against what their contracts know."""

from collections.abc import Iterable, Mapping

from orchestration.errors import TelltaleError, told
from orchestration.landing.contract import Contract
from orchestration.settings import Settings
from orchestration.spelling import nearest


def check_settings(settings: Settings, contracts: Mapping[tuple[str, str], Contract]) -> None:
    """Raises TelltaleError where settings.toml names a source or a column that nobody knows.

    And where it gives all rows one value of a key: they would become versions of one row.
    """
    columns: dict[str, set[str]] = {}
    keys: dict[str, set[str]] = {}
    for (source, _), contract in contracts.items():
        columns.setdefault(source, set()).update(column.name for column in contract.columns)
        keys.setdefault(source, set()).update(contract.key)
    for source, changes in settings.sources.items():
        if source not in columns:
            raise _unknown(f"[sources.{source}] is no source", source, columns)
        parts = {f"{name}.{part}" for name in columns[source] for part in ("date", "time")}
        for kind, names in (("aliases", changes.aliases), ("constants", changes.constants)):
            for name in names:
                if name not in columns[source] | parts:
                    what = f"[sources.{source}.{kind}] names no column of that source"
                    raise _unknown(what, name, columns[source])
        for name, text in changes.constants.items():
            if name in keys[source]:
                raise _one_key(source, name, text)


def _one_key(source: str, name: str, text: str) -> TelltaleError:
    return TelltaleError(
        told(
            f"settings.toml: [sources.{source}.constants] {name} tells rows apart: with one value "
            "for all of them they would become one row",
            expected=f"the column of your files that holds {name}, under "
            f'[sources.{source}.aliases] ({name} = ["..."])',
            found=f'the constant "{text}"',
        )
    )


def _unknown(what: str, word: str, known: Iterable[str]) -> TelltaleError:
    known = sorted(known)
    return TelltaleError(
        told(
            f"settings.toml: {what}",
            expected=f"one of {', '.join(known)}",
            found=f'"{word}"{nearest(word, known)}',
        )
    )
