"""Withdrawing a delivery: the build ignores it from then on; nothing is deleted."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestration.durable import write_json
from orchestration.errors import TelltaleError, explained, visible
from orchestration.home import Home
from orchestration.landing import ledger
from orchestration.landing.ledger import DeliveryRecord

NAMES_SHOWN = 10
"""Deliveries that a message lists where a name means several of them."""


@dataclass(frozen=True)
class WithdrawalRecord:
    """`ledger/withdrawals/<delivery_id>.json`: the withdrawal in force, or the one taken back.

    `withdrawn_at` and `undone_at` are UTC and a record only; `undone_at` is None while builds
    ignore the delivery. `earlier` are the pairs of both instants of withdrawals before this one.
    """

    delivery_id: str
    source_code: str
    table_code: str
    file_name: str
    withdrawn_at: str
    undone_at: str | None = None
    earlier: tuple[tuple[str, str | None], ...] = ()


def withdraw(home: Home, delivery: str) -> list[WithdrawalRecord]:
    """Withdraw what `delivery` means: an id, its beginning, a path, a file name or a raw table.

    Of a raw table (`source/table`) or a folder in it, all deliveries that are not withdrawn yet.
    Raises TelltaleError if nothing is meant, or one file name means several deliveries, or all
    are withdrawn already.
    """
    withdrawals = []
    meant = _meant(home, delivery)
    for record in meant:
        before = _read(home, record)
        if before and before.undone_at is None:
            continue
        earlier = (*before.earlier, (before.withdrawn_at, before.undone_at)) if before else ()
        withdrawals.append(
            WithdrawalRecord(
                delivery_id=record.delivery_id,
                source_code=record.source_code,
                table_code=record.table_code,
                file_name=record.file_name,
                withdrawn_at=_now(),
                earlier=earlier,
            )
        )
    if not withdrawals:
        raise TelltaleError(
            explained(
                f"{_names(meant)} withdrawn already; nothing to do",
                to_do=f"`telltale withdraw --undo {delivery}` takes that back",
            )
        )
    return _written(home, withdrawals)


def undo(home: Home, delivery: str) -> list[WithdrawalRecord]:
    """Take withdrawals back: later builds read the deliveries again. The records are kept.

    Raises TelltaleError as `withdraw` does, and where nothing of what is meant is withdrawn.
    """
    meant = _meant(home, delivery)
    undone = [
        replace(before, undone_at=_now())
        for record in meant
        if (before := _read(home, record)) and before.undone_at is None
    ]
    if not undone:
        raise TelltaleError(f"{_names(meant)} not withdrawn; nothing to do")
    return _written(home, undone)


def _meant(home: Home, delivery: str) -> list[DeliveryRecord]:
    """The deliveries that a person means: one, or all of a raw table or a folder in it."""
    records, place = ledger.read(home), _below_deliveries(home, delivery).rstrip("/")
    below = [one for one in records if place.count("/") and one.path.startswith(f"{place}/")]
    if below:
        return below
    exact = [one for one in records if place == one.path]
    meant = exact or [
        record
        for record in records
        if delivery
        and (
            record.delivery_id.startswith(delivery.lower())
            or delivery in (record.file_name, record.file_name.rsplit("/", 1)[-1])
        )
    ]
    if len(meant) == 1:
        return meant
    if meant:
        listed = [f"{record.delivery_id[:12]}: {record.path}" for record in meant]
        more = [f"and {len(listed) - NAMES_SHOWN:,} more"] if len(listed) > NAMES_SHOWN else []
        raise TelltaleError(
            explained(
                f'"{visible(delivery)}" may mean {len(meant)} deliveries',
                *listed[:NAMES_SHOWN],
                *more,
                to_do="give the id",
            )
        )
    raise TelltaleError(
        explained(
            f'no delivery is called "{visible(delivery)}"',
            expected="an id, the beginning of one, a path or a file name as "
            "`telltale status --files` lists them, or a raw table as `telltale status` does",
        )
    )


def _below_deliveries(home: Home, delivery: str) -> str:
    """A path as a shell completes it, as `source/table/file`; other words stay as they are."""
    path = Path(delivery)
    if "/" in delivery and path.absolute().is_relative_to(home.deliveries):
        return path.absolute().relative_to(home.deliveries).as_posix()
    return delivery


def _names(records: list[DeliveryRecord]) -> str:
    if len(records) > 1:
        return f"These {len(records):,} deliveries are"
    return f"{records[0].path} ({records[0].delivery_id[:12]}) is"


def _path(home: Home, delivery_id: str) -> Path:
    return home.withdrawals / f"{delivery_id}.json"


def _read(home: Home, record: DeliveryRecord) -> WithdrawalRecord | None:
    path = _path(home, record.delivery_id)
    if not path.exists():
        return None
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    earlier = tuple((begun, ended) for begun, ended in values.pop("earlier", ()))
    return WithdrawalRecord(**values, earlier=earlier)


def _written(home: Home, withdrawals: list[WithdrawalRecord]) -> list[WithdrawalRecord]:
    for withdrawal in withdrawals:
        write_json(_path(home, withdrawal.delivery_id), asdict(withdrawal))
    return withdrawals


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
