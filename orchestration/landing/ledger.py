"""The ledger: one record per delivery, whose appearance is the delivery's commit."""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from orchestration.durable import write_json
from orchestration.errors import TelltaleError, explained
from orchestration.home import PROJECT_ROOT, Home


@dataclass(frozen=True)
class DeliveryRecord:
    """What happened to one delivery; `ledger/<delivery_id>.json` holds exactly these fields.

    read_count = accepted_count + rejected_count + duplicate_count; of a refused file no row was
    read, and `line_count` says how long it is. `verdict_code` is accepted, accepted_with_rejects,
    refused or empty_allowed. Paths are relative to the home, None where there is no file.
    `delivered_date` is the date in the file name (ISO), `landed_at` UTC and a record only.
    `delivered_columns` are the contract's columns that the header had, `constant_columns` those
    that settings or contract fill with one value; None in records of versions that kept neither.
    `used_settings` are the keys of its source's settings that the header gave an effect.
    """

    delivery_id: str
    source_code: str
    table_code: str
    file_name: str
    byte_count: int
    line_count: int
    read_count: int
    accepted_count: int
    rejected_count: int
    duplicate_count: int
    verdict_code: str
    reason_code: str | None
    message_text: str | None
    warnings: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    delivered_date: str | None
    raw_path: str | None
    quarantine_path: str | None
    contract_fingerprint: str
    key_id: str | None
    telltale_version: str
    landed_at: str
    delivered_columns: tuple[str, ...] | None = None
    constant_columns: tuple[str, ...] | None = None
    used_settings: tuple[str, ...] | None = None
    is_withdrawn: bool = False

    @property
    def path(self) -> str:
        """The file's place under `deliveries/`."""
        return f"{self.source_code}/{self.table_code}/{self.file_name}"


def read(home: Home) -> list[DeliveryRecord]:
    """All records by source, table and delivery; `is_withdrawn` as the withdrawals say.

    Raises TelltaleError for a record that cannot be read: it is never skipped in silence.
    """
    withdrawn = _withdrawn(home)
    records = []
    for path in home.ledger.glob("*.json"):
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            values["warnings"] = tuple(values["warnings"])
            values["ignored_columns"] = tuple(values["ignored_columns"])
            for name in ("delivered_columns", "constant_columns", "used_settings"):
                if values.get(name) is not None:
                    values[name] = tuple(values[name])
            record = DeliveryRecord(**values)
        except (ValueError, TypeError, KeyError) as error:
            raise _unreadable(
                path, error, "remove it and land again while the delivered file is still there"
            ) from None
        records.append(replace(record, is_withdrawn=record.delivery_id in withdrawn))
    return sorted(
        records, key=lambda record: (record.source_code, record.table_code, record.delivery_id)
    )


def commit(home: Home, record: DeliveryRecord) -> None:
    """Write the record aside, then move it to its name: before or after, nothing between."""
    values = asdict(record)
    del values["is_withdrawn"]
    write_json(home.ledger / f"{record.delivery_id}.json", values)


def sweep(home: Home, records: Iterable[DeliveryRecord]) -> list[Path]:
    """Remove what no record names from raw and quarantine: the rest of an interrupted run."""
    named = {
        home.root / path
        for record in records
        for path in (record.raw_path, record.quarantine_path)
        if path
    }
    swept = []
    for folder in (home.raw, home.quarantine):
        for path in folder.rglob("*"):
            if path.is_file() and path not in named:
                path.unlink()
                swept.append(path)
    for path in home.ledger.rglob(".*.aside"):
        path.unlink()
    return swept


def _withdrawn(home: Home) -> set[str]:
    """Ids of the deliveries that are withdrawn, and were not taken back."""
    found = set()
    for path in home.withdrawals.glob("*.json"):
        try:
            if json.loads(path.read_text(encoding="utf-8")).get("undone_at") is None:
                found.add(path.stem)
        except (ValueError, AttributeError) as error:
            raise _unreadable(path, error, "remove it and withdraw the delivery again") from None
    return found


def _unreadable(path: Path, error: Exception, to_do: str) -> TelltaleError:
    return TelltaleError(
        explained(
            f"{path}: not a ledger record ({error})", to_do=f"restore it from a copy, or {to_do}"
        )
    )


@cache
def telltale_version() -> str:
    """What writes the record: as installed, else as pyproject.toml of this checkout says."""
    try:
        return version("telltale")
    except PackageNotFoundError:
        text = (PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(text)["project"]["version"])
