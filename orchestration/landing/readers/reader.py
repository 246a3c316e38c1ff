"""The reader for each kind of file."""

from typing import Protocol

import duckdb

from orchestration.landing.contract import Contract
from orchestration.landing.faults import Loaded
from orchestration.landing.readers.columnar import ParquetReader
from orchestration.landing.readers.delimited import DelimitedReader
from orchestration.landing.readers.documents import DocumentReader
from orchestration.landing.readers.kinds import DeliveredFile
from orchestration.landing.readers.workbook import WorkbookReader


class Reader(Protocol):
    """What every kind of file offers: names first, then rows into `delivered`."""

    header: list[str]

    def load(self, connection: duckdb.DuckDBPyConnection, indices: list[int]) -> Loaded:
        """Put the fields at `indices` of the header into the relation `delivered`."""
        ...


def open_file(file: DeliveredFile, contract: Contract, is_fast: bool = True) -> Reader:
    """The reader for what the file is. Raises FileFaultError where it is not what it says."""
    kind = file.kind()
    if kind == "workbook":
        return WorkbookReader(file, contract)
    if kind == "parquet":
        return ParquetReader(file, contract)
    if kind in ("json", "lines"):
        return DocumentReader(file, contract, is_array=kind == "json")
    return DelimitedReader(file, contract, is_fast)
