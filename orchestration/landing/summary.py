"""What a run of landing did, file by file, for a person and for callers."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from expectations.engine import Verdict
from orchestration.landing.ledger import DeliveryRecord


@dataclass(frozen=True)
class FileOutcome:
    """One file under `deliveries/` in one run.

    `status_code`: landed, refused, duplicate (the same bytes landed before under another name),
    known (nothing changed since an earlier run), unstable (still being written) or misplaced
    (its folder is no raw table). `record` is the ledger's, where there is one.
    """

    source_code: str
    table_code: str
    file_name: str
    status_code: str
    record: DeliveryRecord | None = None
    message_text: str | None = None

    @property
    def path(self) -> str:
        """The file's place under `deliveries/`."""
        return "/".join(
            part for part in (self.source_code, self.table_code, self.file_name) if part
        )


@dataclass
class LandingSummary:
    """All files of one run, and what Great Expectations said about each raw table."""

    files: list[FileOutcome] = field(default_factory=list)
    suites: dict[tuple[str, str], Verdict] = field(default_factory=dict)

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
        """The summary as plain lines for a terminal."""
        for file in self.files:
            if file.status_code == "known" and not file.message_text:
                continue
            yield f"{file.status_code:<9} {file.path}: {_said(file)}"
        for (source, table), verdict in self.suites.items():
            for finding in verdict.findings:
                if not finding.is_met:
                    place = f" {finding.column}" if finding.column else ""
                    yield (
                        f"{finding.on_failure:<14} {source}/{table}{place}: expected "
                        f"{finding.expected_text}; not so in {finding.failed_count} of "
                        f"{finding.row_count} rows"
                    )
        known = sum(file.status_code == "known" for file in self.files)
        yield (
            f"{len(self.landed)} files judged, {known} known; {self.read_count} rows read = "
            f"{self.accepted_count} accepted + {self.rejected_count} rejected + "
            f"{self.duplicate_count} duplicate"
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


def _said(file: FileOutcome) -> str:
    if file.message_text:
        return file.message_text
    record = file.record
    if record is None:
        return ""
    said = f"{record.accepted_count} accepted"
    if record.rejected_count:
        said += f", {record.rejected_count} rejected (see {record.quarantine_path})"
    if record.duplicate_count:
        said += f", {record.duplicate_count} duplicate"
    for warning in record.warnings:
        said += f"; note: {warning}"
    return said
