"""Withdrawing a delivery: the build ignores it from then on; nothing is deleted."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from orchestration.durable import write_json
from orchestration.errors import TelltaleError, told
from orchestration.home import Home
from orchestration.landing import ledger


@dataclass(frozen=True)
class WithdrawalRecord:
    """`ledger/withdrawals/<delivery_id>.json`; `withdrawn_at` is UTC and a record only."""

    delivery_id: str
    source_code: str
    table_code: str
    file_name: str
    withdrawn_at: str


def withdraw(home: Home, delivery: str) -> WithdrawalRecord:
    """Withdraw the delivery with this id, unique beginning of an id, or file name.

    Raises TelltaleError if nothing or more than one delivery is meant, or if it was withdrawn.
    """
    records = ledger.read(home)
    meant = [
        record
        for record in records
        if delivery
        and (
            record.delivery_id.startswith(delivery.lower())
            or delivery in (record.file_name, record.file_name.rsplit("/", 1)[-1])
            or delivery == f"{record.source_code}/{record.table_code}/{record.file_name}"
        )
    ]
    if not meant:
        raise TelltaleError(
            told(
                f'no delivery is called "{delivery}"',
                expected="an id, the beginning of one, or a file name as `telltale status` lists "
                "them",
            )
        )
    if len(meant) > 1:
        named = [f"{record.delivery_id[:12]}: {record.file_name}" for record in meant]
        raise TelltaleError(
            told(f'"{delivery}" may mean {len(meant)} deliveries', *named, to_do="give the id")
        )
    record = meant[0]
    path = home.withdrawals / f"{record.delivery_id}.json"
    if path.exists():
        raise TelltaleError(
            f"{record.file_name} ({record.delivery_id[:12]}) is withdrawn already; nothing to do"
        )
    withdrawal = WithdrawalRecord(
        delivery_id=record.delivery_id,
        source_code=record.source_code,
        table_code=record.table_code,
        file_name=record.file_name,
        withdrawn_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    write_json(path, asdict(withdrawal))
    return withdrawal
