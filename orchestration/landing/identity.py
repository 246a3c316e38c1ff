"""Which delivery a file is: its bytes in a raw table."""

import hashlib
from collections.abc import Mapping

from orchestration.home import Home
from orchestration.landing.contract import Contract
from orchestration.landing.ledger import DeliveryRecord


def identity(digest: str, contract: Contract, known: Mapping[str, DeliveryRecord]) -> str:
    """The delivery id of a file with the sha256 `digest` (hex) in the contract's raw table.

    sha256 (hex) of source, table and digest, so that one file may feed two tables. Homes made
    before named a delivery by the digest alone: a record of that name in this table stays the
    delivery's, so that nothing is landed twice and withdrawals hold.
    """
    record = known.get(digest)
    if record and (record.source_code, record.table_code) == (contract.source, contract.table):
        return digest
    return _scoped(digest, contract.source, contract.table)


def moved_text(
    home: Home, digest: str, contract: Contract, known: Mapping[str, DeliveryRecord]
) -> str | None:
    """What to do where the same bytes are rows of another table and their file is gone from it."""
    for record in known.values():
        place = (record.source_code, record.table_code)
        is_same = record.delivery_id in (digest, _scoped(digest, *place))
        if not is_same or place == (contract.source, contract.table):
            continue
        path = f"{'/'.join(place)}/{record.file_name}"
        is_read = record.raw_path is not None and not record.is_withdrawn
        if is_read and not (home.deliveries / path).exists():
            return (
                f"the same bytes came in as {path}, which is no longer there; its rows stay: "
                f"if the file was moved, `telltale withdraw {path}`"
            )
    return None


def _scoped(digest: str, source: str, table: str) -> str:
    return hashlib.sha256(f"{source}\0{table}\0{digest}".encode()).hexdigest()
