"""What a suite said about the candidates of one raw table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """The verdict of one expectation over all candidates of a run; it never holds a value.

    `on_failure` is quarantine_row or report. `failed_rows` is a relation of delivery_id and
    line_number in the connection that `validate` returned, null where no row failed.
    """

    name: str
    column: str | None
    on_failure: str
    reason_code: str
    expected_text: str
    severity: str
    is_met: bool
    row_count: int
    failed_count: int
    failed_rows: str | None = None


@dataclass(frozen=True)
class Verdict:
    """All findings about one raw table in one run."""

    source: str
    table: str
    row_count: int
    findings: tuple[Finding, ...]

    @property
    def is_met(self) -> bool:
        """No expectation failed, whatever would have followed from it."""
        return all(finding.is_met for finding in self.findings)
