"""What a person reads of their deliveries: by raw table, file by file, and what needs a look."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from orchestration.errors import indented, visible
from orchestration.home import Home
from orchestration.landing import ledger
from orchestration.landing.ledger import DeliveryRecord
from orchestration.publication.deliveries import InForce, in_force

FILES_SHOWN = 3
"""Files of one raw table that are named where rows contradict each other."""


def print_deliveries(console: Console, home: Home, is_by_file: bool = False) -> None:
    """A table of the raw tables, or of every file; then what is not in force as delivered."""
    records = ledger.read(home)
    if not records:
        folder = escape(str(home.deliveries))
        console.print(f"No delivery yet: put files into {folder}/<source>/<raw table>/")
        return
    known = in_force(home, records)
    lines: list[str] = []
    if is_by_file:
        for one in sorted(records, key=lambda one: (one.source_code, one.table_code, one.path)):
            lines += _file_lines(one, known.get(one.delivery_id))
    else:
        console.print(_by_table(records, known))
        lines += waiting_lines(records, known)
    lines += conflict_lines(records, known)
    lines += [
        "`telltale withdraw` takes an id or a path of this list; `telltale withdraw --undo` "
        "takes it back."
        if is_by_file
        else "`telltale status --files` lists every file with its id."
    ]
    for line in lines:
        console.print(escape(visible(line)), soft_wrap=True)


def print_conflicts(console: Console, home: Home) -> None:
    """The rows that contradict each other in what was just published, if there are any."""
    records = ledger.read(home)
    for line in conflict_lines(records, in_force(home, records)):
        console.print(escape(line), soft_wrap=True)


def conflict_lines(records: list[DeliveryRecord], known: Mapping[str, InForce]) -> Iterator[str]:
    """Per raw table: rows of one key with other values, where only the row hash decided."""
    for place, files in _tables(records):
        found = [
            (one, known[one.delivery_id].conflict_count or 0)
            for one in files
            if one.delivery_id in known and known[one.delivery_id].conflict_count
        ]
        total = sum(count for _, count in found)
        if not total:
            continue
        yield (
            f"contradicted {place}: {total:,} row{' is' if total == 1 else 's are'} not in force, "
            "because another row of the same key says something else"
        )
        named = [f"{one.file_name} ({count:,})" for one, count in found[:FILES_SHOWN]]
        more = len(found) - FILES_SHOWN
        yield from indented(f"in {', '.join(named)}{f' and {more} more files' if more > 0 else ''}")
        yield from indented(
            "found: no later updated_at and no later date in the file name, so the greatest row "
            "hash decided"
        )
        yield from indented(
            "to do: deliver updated_at, or a date in the file name (file_date in settings.toml), "
            "or withdraw the file that is wrong"
        )


def waiting_lines(records: list[DeliveryRecord], known: Mapping[str, InForce]) -> Iterator[str]:
    """Per raw table: files that no published version knows yet, and tables that nothing reads."""
    for place, files in _tables(records):
        withdrawn = sum(one.is_withdrawn and one.raw_path is not None for one in files)
        if withdrawn:
            yield f"withdrawn {place}: {_files(withdrawn)}; `telltale withdraw --undo` takes back"
        new = sum(one.delivery_id not in known for one in files)
        if new:
            yield f"waiting   {place}: {_files(new)} not built yet; `telltale run` builds"
        if any(one.delivery_id in known and not known[one.delivery_id].is_read for one in files):
            yield f"waiting   {place}: no model reads this table yet; its rows wait in raw/"


def _by_table(records: list[DeliveryRecord], known: Mapping[str, InForce]) -> Table:
    """Narrow enough for 80 columns."""
    table = Table(box=SIMPLE_HEAD, padding=0, show_edge=False)
    table.add_column("raw table", no_wrap=True)
    for name in ("files", "accepted", "rejected", "duplicate", "replaced", "by hash"):
        table.add_column(name, justify="right", no_wrap=True)
    for place, files in _tables(records):
        built = [known[one.delivery_id] for one in files if one.delivery_id in known]
        counts = (
            len(files),
            sum(one.accepted_count for one in files),
            sum(one.rejected_count for one in files),
            sum(one.duplicate_count for one in files),
            _sum(one.superseded_count for one in built),
            _sum(one.conflict_count for one in built),
        )
        table.add_row(escape(place), *("-" if one is None else f"{one:,}" for one in counts))
    return table


def _file_lines(record: DeliveryRecord, figures: InForce | None) -> Iterator[str]:
    """Its id and path as `telltale withdraw` takes them; below, what became of its rows."""
    yield f"{record.delivery_id[:12]}  {record.path}"
    counts = {
        "accepted": record.accepted_count,
        "rejected": record.rejected_count,
        "duplicate": record.duplicate_count,
        "replaced": figures.superseded_count if figures else None,
        "of them by hash": figures.conflict_count if figures else None,
    }
    said = [f"{count:,} {word}" for word, count in counts.items() if count]
    if record.verdict_code == "refused":
        said = [f"refused, {record.reason_code}"]
    if record.is_withdrawn:
        said.insert(0, "withdrawn")
    elif figures is None:
        said.append("not built yet")
    elif not figures.is_read:
        said.append("no model reads this table yet")
    yield f"              {', '.join(said) or 'no rows'}"


def _files(count: int) -> str:
    return f"{count:,} file{'' if count == 1 else 's'}"


def _sum(counts: Iterable[int | None]) -> int | None:
    """None where nothing is known: a dash, not 0."""
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _tables(records: list[DeliveryRecord]) -> Iterator[tuple[str, list[DeliveryRecord]]]:
    """`source/table` with its records; they come sorted so from the ledger."""
    for (source, table), files in groupby(records, lambda one: (one.source_code, one.table_code)):
        yield f"{source}/{table}", list(files)
