"""What a run of landing did, file by file, for a person and for callers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from expectations.verdict import Finding, Verdict
from orchestration.errors import indented, visible
from orchestration.landing.header.header import NOT_SHOWN
from orchestration.landing.ledger import DeliveryRecord

FILES_SHOWN = 3
"""Files of one raw table without a fault that are named; more are counted together."""


@dataclass(frozen=True)
class FileOutcome:
    """One file under `deliveries/` in one run.

    `status_code`: landed, refused, duplicate (the same bytes landed before under another name),
    known (nothing changed since an earlier run), unstable (still being written) or misplaced
    (its folder is no raw table, or it is a link that is not followed). `record` is the ledger's,
    where there is one; `examples` are a few of its rejected rows in words.
    """

    source_code: str
    table_code: str
    file_name: str
    status_code: str
    record: DeliveryRecord | None = None
    message_text: str | None = None
    examples: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The file's place under `deliveries/`."""
        return "/".join(
            part for part in (self.source_code, self.table_code, self.file_name) if part
        )


@dataclass
class LandingSummary:
    """All files of one run, and what Great Expectations said about each raw table.

    `warnings` are about the settings as a whole.
    `words` are sentences about words of closed lists that nobody knows, by raw table.
    """

    files: list[FileOutcome] = field(default_factory=list)
    suites: dict[tuple[str, str], Verdict] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    words: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @property
    def landed(self) -> list[FileOutcome]:
        """Files that were judged in this run, refused ones included."""
        return [file for file in self.files if file.status_code in ("landed", "refused")]

    @property
    def read_count(self) -> int:
        """Rows read in this run; equals accepted + rejected + duplicate.

        Files whose bytes landed before count all their rows as read and as duplicate.
        """
        return self._total("read_count") + self._resent

    @property
    def accepted_count(self) -> int:
        """Rows that came in during this run."""
        return self._total("accepted_count")

    @property
    def rejected_count(self) -> int:
        """Rows in quarantine from this run."""
        return self._total("rejected_count")

    @property
    def duplicate_count(self) -> int:
        """Exact repeats inside a file, and all rows of files that landed before."""
        return self._total("duplicate_count") + self._resent

    @property
    def rejected_share(self) -> float:
        """Rejected rows among the rows read, 0..1; 0 where nothing was read."""
        return self.rejected_count / self.read_count if self.read_count else 0.0

    @property
    def has_faults(self) -> bool:
        """Something needs a person: a refused or misplaced file, or a rejected row."""
        faulty = ("refused", "misplaced")
        return self.rejected_count > 0 or any(file.status_code in faulty for file in self.files)

    def lines(self) -> Iterator[str]:
        """The summary as plain lines for a terminal, whatever the files are called."""
        return map(visible, self._lines())

    def _lines(self) -> Iterator[str]:
        for _, group in groupby(self.files, lambda one: (one.source_code, one.table_code)):
            files = list(group)
            clean = [file for file in files if _is_clean(file)]
            if len(clean) > FILES_SHOWN:
                rows = sum(file.record.accepted_count for file in clean if file.record)
                place = f"{clean[0].source_code}/{clean[0].table_code}"
                yield f"landed    {place}: {len(clean)} files, {rows:,} rows accepted"
            for file in files:
                is_told = len(clean) <= FILES_SHOWN or not _is_clean(file)
                if is_told and (file.status_code != "known" or file.message_text):
                    yield from _said(file)
            yield from _ignored(files)
        for (source, table), verdict in self.suites.items():
            for finding in verdict.findings:
                if not finding.is_met:
                    place = f" {finding.column}" if finding.column else ""
                    yield f"checked   {source}/{table}{place}: {_counted(finding)}"
                    yield from indented(f"expected: {finding.expected_text}")
        for warning in self.warnings:
            first, *more = warning.split("\n")
            yield f"settings  {first}"
            yield from more
        for (source, table), sentences in self.words.items():
            for sentence in sentences:
                yield f"unknown   {source}/{table}"
                yield from indented(sentence)
        known = sum(file.status_code == "known" for file in self.files)
        yield (
            f"{len(self.landed):,} files judged, {known:,} known; {self.read_count:,} rows read = "
            f"{self.accepted_count:,} accepted + {self.rejected_count:,} rejected + "
            f"{self.duplicate_count:,} duplicate"
        )

    @property
    def _resent(self) -> int:
        return sum(
            file.record.read_count
            for file in self.files
            if file.status_code == "duplicate" and file.record
        )

    def _total(self, name: str) -> int:
        return sum(getattr(file.record, name) for file in self.landed if file.record)


def _is_clean(file: FileOutcome) -> bool:
    """Landed, and nothing about it that a person should know."""
    record = file.record
    if file.status_code != "landed" or record is None or record.warnings:
        return False
    return record.accepted_count == record.read_count


def _said(file: FileOutcome) -> Iterator[str]:
    record, message = file.record, file.message_text
    if message or record is None:
        first, *more = (message or "").removeprefix(f"{file.file_name}: ").split("\n")
        yield f"{file.status_code:<9} {file.path}: {first}"
        yield from more
        return
    counts = {"accepted": record.accepted_count}
    counts |= {"rejected": record.rejected_count, "duplicate": record.duplicate_count}
    said = ", ".join(f"{count:,} {word}" for word, count in counts.items() if count)
    yield f"{file.status_code:<9} {file.path}: {said or 'no rows'}"
    for warning in record.warnings:
        yield from indented(f"note: {warning}")
    for example in file.examples:
        yield from indented(example)
    if record.rejected_count:
        more = record.rejected_count - len(file.examples)
        yield f"  {f'and {more} more; ' if more else ''}see {record.quarantine_path}"


def _ignored(files: list[FileOutcome]) -> Iterator[str]:
    """The columns of one raw table's new files that no column of its contract is."""
    records = [file.record for file in files if file.status_code == "landed" and file.record]
    having = [record for record in records if record.ignored_columns]
    if not having:
        return
    names = dict.fromkeys(name for record in having for name in record.ignored_columns)
    hidden = max(record.ignored_columns.count(NOT_SHOWN) for record in having)
    said = [name for name in names if name != NOT_SHOWN]
    said += [f"{hidden} that may be data and are not shown"] if hidden else []
    first, count = having[0], len(having)
    place = f"{first.source_code}/{first.table_code}"
    yield f"ignored   {place}: {', '.join(said)} ({count:,} file{'' if count == 1 else 's'})"
    yield from indented(
        f"not stored, because the contract has no such column; if it is one under another name, "
        f"give that under [sources.{first.source_code}.aliases] in settings.toml"
    )


def _counted(finding: Finding) -> str:
    if finding.on_failure == "quarantine_row":
        return f"{finding.failed_count} of {finding.row_count} rows rejected"
    if not finding.failed_count:
        return f"reported for {finding.row_count} rows"
    return f"reported for {finding.failed_count} of {finding.row_count} rows, which came in"
