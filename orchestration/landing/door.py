"""One raw table in one run: its suite judges all candidates once, then each file is committed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from expectations.engine import validate
from expectations.verdict import Finding, Verdict
from orchestration.durable import move_into_place
from orchestration.home import Home
from orchestration.landing import ledger
from orchestration.landing.delivery import Prepared
from orchestration.landing.ledger import DeliveryRecord, telltale_version
from orchestration.landing.quarantine import failed_query, write_all
from orchestration.landing.relations import existing, quoted


@dataclass
class Door:
    """Judges and commits the prepared files of one raw table."""

    home: Home
    scratch: Path
    key_id: str

    def judge(
        self, prepared: Sequence[Prepared]
    ) -> tuple[dict[str, DeliveryRecord], Verdict | None]:
        """Commit every file; its records by delivery, and the suite's verdict.

        The verdict is None where no file brought a candidate.
        """
        files = [one.candidates for one in prepared if one.candidates]
        with duckdb.connect(":memory:") as connection:
            connection.execute("set TimeZone = 'UTC'")
            verdict = None
            failing: list[Finding] = []
            if files:
                contract = prepared[0].contract
                rows = f"read_parquet([{', '.join(existing(file) for file in files)}])"
                verdict = validate(connection, contract.source, contract.table, rows, self.scratch)
                failing = [finding for finding in verdict.findings if finding.failed_rows]
            records = {one.delivery_id: self._commit(connection, one, failing) for one in prepared}
        return records, verdict

    def _commit(
        self,
        connection: duckdb.DuckDBPyConnection,
        one: Prepared,
        failing: Sequence[Finding],
    ) -> DeliveryRecord:
        accepted_count, raw = 0, None
        connection.execute("create or replace temp table failed (line_number bigint)")
        connection.execute("create or replace temp table repeated (line_number bigint)")
        if one.repeated:
            connection.execute("insert into repeated select unnest(?)", [one.repeated])
        for finding in failing:
            connection.execute(
                f"insert into failed select line_number from {finding.failed_rows} "
                f"where delivery_id = {quoted(one.delivery_id)} "
                "and line_number not in (select line_number from repeated)"
            )
        failed_count = _count(connection, "select count(distinct line_number) from failed")
        if one.candidates:
            raw = one.candidates
            if failed_count or one.repeated:
                raw = self._kept(connection, one.candidates)
            accepted_count = one.candidate_count - failed_count - len(one.repeated)
        quarantine = self._quarantine(connection, one, failing) if failed_count else one.rejected
        record = self._record(one, accepted_count, failed_count, quarantine is not None)
        if record.raw_path and raw:
            move_into_place(raw, self.home.root / record.raw_path)
        if record.quarantine_path and quarantine:
            move_into_place(quarantine, self.home.root / record.quarantine_path)
        ledger.commit(self.home, record)
        return record

    def _kept(self, connection: duckdb.DuckDBPyConnection, candidates: Path) -> Path:
        """The candidates without rows that failed or repeat an earlier row of the file."""
        kept = candidates.with_suffix(".kept.parquet")
        connection.execute(
            f"copy (select * from read_parquet({existing(candidates)}) "
            "where line_number not in (select line_number from failed union all "
            "select line_number from repeated) order by line_number) "
            f"to {quoted(str(kept))} (format parquet, compression zstd)"
        )
        return kept

    def _quarantine(
        self,
        connection: duckdb.DuckDBPyConnection,
        one: Prepared,
        failing: Sequence[Finding],
    ) -> Path:
        """All rejected rows of the file: those that did not cast and those that failed a rule."""
        assert one.candidates is not None
        queries = [
            failed_query(one.origin, one.contract, one.candidates, finding) for finding in failing
        ]
        if one.rejected:
            queries.append(f"select * from read_parquet({existing(one.rejected)})")
        path = self.scratch / "rejected" / f"{one.delivery_id}.all.parquet"
        write_all(connection, path, queries)
        return path

    def _record(
        self, one: Prepared, accepted_count: int, failed_count: int, has_quarantine: bool
    ) -> DeliveryRecord:
        contract, place = one.contract, f"{one.contract.source}/{one.contract.table}"
        rejected_count = one.rejected_count + failed_count
        is_empty = one.fault is not None and one.fault.code == "E_EMPTY"
        is_refused = one.fault is not None and not (is_empty and contract.may_be_empty)
        fault = one.fault if is_refused else None
        verdict = "accepted_with_rejects" if rejected_count else "accepted"
        if one.fault:
            verdict = "refused" if is_refused else "empty_allowed"
        stored = f"{place}/{one.delivery_id}.parquet"
        has_people = any(column.pseudonymise for column in contract.columns)
        return DeliveryRecord(
            delivery_id=one.delivery_id,
            source_code=contract.source,
            table_code=contract.table,
            file_name=one.file.file_name,
            byte_count=one.file.byte_count,
            line_count=one.loaded.line_count,
            read_count=0 if one.fault else one.loaded.read_count,
            accepted_count=accepted_count,
            rejected_count=0 if one.fault else rejected_count,
            duplicate_count=len(one.repeated),
            verdict_code=verdict,
            reason_code=fault.code if fault else None,
            message_text=f"{one.file.file_name}: {fault.message}" if fault else None,
            warnings=tuple(one.warnings),
            ignored_columns=one.ignored,
            delivered_date=one.delivered_date.isoformat() if one.delivered_date else None,
            raw_path=f"raw/{stored}" if accepted_count else None,
            quarantine_path=f"quarantine/{stored}" if has_quarantine else None,
            contract_fingerprint=one.fingerprint,
            key_id=self.key_id if has_people else None,
            telltale_version=telltale_version(),
            landed_at=datetime.now(UTC).isoformat(timespec="seconds"),
            delivered_columns=one.delivered,
            constant_columns=one.constants,
            used_settings=one.settings,
        )


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int((connection.execute(query).fetchone() or (0,))[0])
