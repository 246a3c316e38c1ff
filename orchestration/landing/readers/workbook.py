"""Spreadsheets: typed cells become the text that a csv of the same list would hold."""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import duckdb

from orchestration.landing.contract import Contract
from orchestration.landing.faults import FileFaultError, Loaded, empty_fault
from orchestration.landing.header.header import fitness
from orchestration.landing.readers.kinds import DeliveredFile, truncated
from orchestration.landing.relations import load_rows


def cell_text(cell: Any) -> str:
    """ISO dates and instants, HH:MM:SS clocks and durations, whole numbers without `.0`."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return _duration_text(cell)
    return "" if cell is None else str(cell)


def _midnight(cell: Any) -> Any:
    """In a column with clocks a cell that is a date is the instant at which that day begins."""
    is_date = isinstance(cell, date) and not isinstance(cell, datetime)
    return datetime.combine(cell, time()) if is_date else cell


def _duration_text(span: timedelta) -> str:
    whole = abs(span) // timedelta(seconds=1)
    sign = "-" if span < timedelta(0) else ""
    return f"{sign}{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


class WorkbookReader:
    """An xlsx delivery: the sheet whose first row fits the contract best.

    Raises FileFaultError: E_TRUNCATED for a torn file, E_EMPTY where no sheet holds a cell.
    """

    def __init__(self, file: DeliveredFile, contract: Contract) -> None:
        from python_calamine import CalamineWorkbook

        try:
            zipfile.ZipFile(file.path).close()
            book = CalamineWorkbook.from_path(str(file.path))
        except zipfile.BadZipFile:
            raise truncated("the workbook's archive has no readable end") from None
        except Exception as error:  # calamine has a class of its own for each broken part
            raise FileFaultError(
                "E_NOT_WHAT_IT_SAYS",
                f"the file cannot be read as a workbook ({error})",
                expected="an xlsx without a password",
                to_do="save it again as xlsx or csv",
            ) from None
        best: tuple[int, str, int, list[list[Any]]] | None = None
        filled: list[str] = []
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=True)
            if not rows:
                continue
            filled.append(name)
            score = fitness([cell_text(cell) for cell in rows[0]], contract)
            if best is None or score > best[0]:
                best = (score, name, (sheet.start or (0, 0))[0] + 1, rows)
        if best is None:
            raise empty_fault("no cell in any sheet")
        _, self.sheet, self.first_line, self.rows = best
        self.header = [cell_text(cell) for cell in self.rows[0]]
        self.others = [name for name in filled if name != self.sheet]
        self.clocked = {
            index
            for row in self.rows[1:]
            for index, cell in enumerate(row)
            if isinstance(cell, datetime)
        }

    def load(self, connection: duckdb.DuckDBPyConnection, indices: Sequence[int]) -> Loaded:
        """Put the cells at `indices` into the relation `delivered`; empty rows are no rows."""

        def rows() -> Iterator[tuple[int, list[str]]]:
            for number, row in enumerate(self.rows[1:], start=self.first_line + 1):
                texts = [
                    cell_text(_midnight(cell) if index in self.clocked else cell)
                    for index, cell in enumerate(row)
                ]
                if any(texts):
                    yield number, texts

        count = load_rows(connection, rows(), indices)
        warnings = ()
        if self.others:
            warnings = (
                f'only the sheet "{self.sheet}" was read; not read: {", ".join(self.others)}',
            )
        return Loaded(count, len(self.rows), warnings=warnings)
