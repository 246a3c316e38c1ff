"""Parquet: columns that already have the contract's type pass through as they are."""

from collections.abc import Sequence

import duckdb

from orchestration.landing.contract import Contract
from orchestration.landing.faults import FileFaultError, Loaded
from orchestration.landing.readers.kinds import DeliveredFile, truncated
from orchestration.landing.relations import existing


class ParquetReader:
    """A parquet delivery; a line number is the row's place in the file, from 1.

    Raises FileFaultError: E_TRUNCATED for a torn file, E_EMPTY for one without rows.
    """

    def __init__(self, file: DeliveredFile, contract: Contract) -> None:
        import pyarrow.parquet as pq

        if file.is_gzipped:
            raise FileFaultError(
                "E_NOT_WHAT_IT_SAYS",
                "a Parquet file inside gz is not read",
                expected=".parquet, which is packed already",
                to_do="unpack it and deliver the .parquet file",
            )
        self.file = file
        with file.path.open("rb") as stream:
            stream.seek(-min(4, file.byte_count), 2)
            if stream.read(4) != b"PAR1":
                raise truncated("the Parquet file has no end mark")
        try:
            self.row_count = pq.ParquetFile(file.path).metadata.num_rows
            described = duckdb.execute(
                f"describe select * from read_parquet({existing(file.path)})"
            ).fetchall()
        except Exception as error:  # every broken part has a class of its own
            raise truncated(f"the Parquet file cannot be read ({error})") from None
        self.header = [row[0] for row in described]
        self.types = {index: str(row[1]) for index, row in enumerate(described)}

    def load(self, connection: duckdb.DuckDBPyConnection, indices: Sequence[int]) -> Loaded:
        """Name the columns at `indices` in the relation `delivered`; nothing is copied."""
        wanted = "".join(
            ', "' + self.header[index].replace('"', '""') + f'" as c{index}' for index in indices
        )
        connection.execute(
            "create or replace temp view delivered as select file_row_number + 1 as line_number"
            f"{wanted} from read_parquet({existing(self.file.path)}, file_row_number = true)"
        )
        types = {index: self.types[index] for index in indices}
        return Loaded(self.row_count, self.row_count, native_types=types)
