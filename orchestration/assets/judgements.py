"""What landing found in one raw table, as the verdict of an asset check."""

from collections.abc import Mapping
from dataclasses import dataclass

import dagster as dg

from expectations.engine import Finding
from orchestration.building.state import build_state
from orchestration.home import Home
from orchestration.landing import ledger
from orchestration.landing.ledger import DeliveryRecord
from orchestration.landing.summary import FileOutcome, LandingSummary
from orchestration.landing.tolerance import is_too_much
from orchestration.run import is_active

CHECK = "expectations"


@dataclass(frozen=True)
class Judgement:
    """The rows and files of one raw table that no finished build has read yet.

    `refused` lie in deliveries/ and were turned away whole; `findings` were not met in this
    run; `is_lost` says that the last build read rows of the table and the next one would not.
    """

    read_count: int
    rejected_count: int
    refused: tuple[FileOutcome, ...]
    findings: tuple[Finding, ...]
    is_lost: bool

    @property
    def rejected_share(self) -> float:
        """Rejected rows among the rows read, 0..1; 0 where nothing is new."""
        return self.rejected_count / self.read_count if self.read_count else 0.0


def built_deliveries(home: Home) -> dict[str, bool]:
    """Deliveries that the last finished build knew, and whether it read their rows.

    The caller holds the home's lock and has opened the warehouse. Empty before the first build.
    """
    state = build_state(home) if home.warehouse.exists() else None
    if state is None:
        return {}
    judged_now = {(one.delivery_id, one.contract_fingerprint) for one in ledger.read(home)}
    return {
        delivery: active
        for delivery, active, contract in state.deliveries
        if (delivery, contract) in judged_now
    }


def judged(
    records: list[DeliveryRecord],
    built: Mapping[str, bool],
    summary: LandingSummary,
    name: tuple[str, str],
) -> Judgement:
    """The judgement on raw table `name` with all its ledger `records`.

    What was refused or rejected is told until a build has read the rest, not only by the run
    that landed it: else a second run would pass what stopped the first.
    """
    new = [one for one in records if not one.is_withdrawn and one.delivery_id not in built]
    verdict = summary.suites.get(name)
    return Judgement(
        read_count=sum(one.read_count for one in new),
        rejected_count=sum(one.rejected_count for one in new),
        refused=tuple(
            file
            for file in summary.files
            if (file.source_code, file.table_code) == name
            and file.status_code in ("refused", "known")
            and file.record is not None
            and file.record.verdict_code == "refused"
        ),
        findings=tuple(one for one in verdict.findings if not one.is_met) if verdict else (),
        is_lost=any(built.get(one.delivery_id) for one in records)
        and not sum(one.accepted_count for one in records if is_active(one)),
    )


def check_result(
    judgement: Judgement, key: dg.AssetKey, rejected_share_limit: float
) -> dg.AssetCheckResult:
    """Passed; a warning with counts; or an error, which stops the run before the build."""
    share = judgement.rejected_share
    errors, warnings = [], []
    if judgement.is_lost:
        errors.append(
            "the table held rows at the last build and now holds none; if that is meant, run "
            "`telltale run` once"
        )
    if judgement.rejected_count:
        said = f"{judgement.rejected_count} of {judgement.read_count} new rows were rejected"
        if is_too_much(judgement.rejected_count, judgement.read_count, rejected_share_limit):
            errors.append(
                f"{said}, more than the share of {rejected_share_limit} that settings.toml "
                "allows; correct the file and `telltale withdraw` this one, or raise "
                "rejected_share_limit"
            )
        else:
            warnings.append(said)
    warnings += [f"{one.path} was refused: {one.message_text}" for one in judgement.refused]
    warnings += [_finding_text(one) for one in judgement.findings if one.on_failure == "report"]
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=CHECK,
        passed=not errors and not warnings,
        severity=dg.AssetCheckSeverity.ERROR if errors else dg.AssetCheckSeverity.WARN,
        description="; ".join(errors + warnings) or None,
        metadata={
            "new rows": judgement.read_count,
            "rejected rows": judgement.rejected_count,
            "rejected share": round(share, 6),
            "refused files": len(judgement.refused),
            **_unmet(judgement.findings),
        },
    )


def _finding_text(finding: Finding) -> str:
    place = f"{finding.column}: " if finding.column else ""
    count = f" ({finding.failed_count} of {finding.row_count} rows)" if finding.failed_count else ""
    return f"{place}expected {finding.expected_text}{count}"


def _unmet(findings: tuple[Finding, ...]) -> dict[str, dg.MetadataValue]:
    if not findings:
        return {}
    rows = [
        dg.TableRecord(
            {
                "column": finding.column or "",
                "expected": finding.expected_text,
                "not so in rows": finding.failed_count,
                "of rows": finding.row_count,
                "then": finding.on_failure,
            }
        )
        for finding in findings
    ]
    return {"expectations not met": dg.MetadataValue.table(rows)}
