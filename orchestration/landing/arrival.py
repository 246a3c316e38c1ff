"""A run of landing: every new delivery is judged once, at the door."""

import shutil
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from expectations.suites import suite_texts
from orchestration.errors import visible
from orchestration.home import Home
from orchestration.landing import ledger
from orchestration.landing.casting.channel_words import unknown_words
from orchestration.landing.casting.pseudonyms import check_key, key_id, read_key
from orchestration.landing.contract import Contract, read_contracts
from orchestration.landing.deliveries import Seen, found_files, misplaced_text, unfollowed_links
from orchestration.landing.delivery import Prepared, prepare
from orchestration.landing.door import Door
from orchestration.landing.faults import UnstableError
from orchestration.landing.header.effects import unused_settings
from orchestration.landing.header.overrides import check_settings
from orchestration.landing.identity import identity, moved_text
from orchestration.landing.ledger import DeliveryRecord
from orchestration.landing.list_contracts import list_contracts
from orchestration.landing.quarantine import examples
from orchestration.landing.readers.kinds import DeliveredFile, name_of
from orchestration.landing.summary import FileOutcome, LandingSummary
from orchestration.settings import read_settings

Progress = Callable[[str], None]


def land(home: Home, on_progress: Progress | None = None) -> LandingSummary:
    """Bring every new delivery of the home to raw and quarantine, and into the ledger.

    The caller holds the home's lock. A broken file is refused and never stops the others; an
    interrupted run is completed by the next one. Raises TelltaleError for wrong settings, and
    where the pseudonyms' key is not the one that this home began with.
    """
    return _Arrival(home, on_progress or (lambda line: None)).run()


class _Arrival:
    def __init__(self, home: Home, say: Progress) -> None:
        self.home, self.say = home, say
        self.summary = LandingSummary()
        self.settings = settings = read_settings(home)
        contracts = read_contracts()
        check_settings(settings, contracts | list_contracts())
        self.contracts = {name: one.under(settings) for name, one in contracts.items()}
        self.records = {record.delivery_id: record for record in ledger.read(home)}
        self.seen = Seen(home)
        self.scratch = home.state / "landing"
        self.fingerprints: dict[tuple[str, str], str] = {}

    def run(self) -> LandingSummary:
        shutil.rmtree(self.scratch, ignore_errors=True)
        ledger.sweep(self.home, self.records.values())
        try:
            for (source, table), files in groupby(found_files(self.home), key=lambda one: one[:2]):
                paths = [path for _, _, path in files]
                contract = self.contracts.get((source, table))
                if contract is None:
                    for path in paths:
                        message = misplaced_text(source, table, self.contracts)
                        self._misplaced(source, table, path, message)
                    continue
                folder = self.home.deliveries / source / table
                self._table(contract, [DeliveredFile.seen(path, folder) for path in paths])
            for source, table, path, message in unfollowed_links(self.home):
                self._misplaced(source, table, path, message)
        finally:
            shutil.rmtree(self.scratch, ignore_errors=True)
        self.seen.save()
        ledger.sweep(self.home, self.records.values())
        prints = {name: self._fingerprint(one) for name, one in self.contracts.items()}
        self.summary.warnings += unused_settings(self.settings, self.records.values(), prints)
        return self.summary

    def _table(self, contract: Contract, files: list[DeliveredFile]) -> None:
        waiting: dict[str, Prepared] = {}
        copies: list[tuple[DeliveredFile, str]] = []
        for file in files:
            try:
                digest, is_known = self.seen.digest(file)
                delivery = identity(digest, contract, self.records)
                record = self.records.get(delivery)
                if delivery in waiting:
                    copies.append((file, delivery))
                elif record is None or self._is_due(record, contract, file, is_known):
                    one = Prepared(contract, file, delivery, self._fingerprint(contract))
                    self.say(f"reading {contract.source}/{contract.table}/{file.file_name}")
                    prepare(one, self.scratch, self._key())
                    moved = moved_text(self.home, digest, contract, self.records)
                    one.warnings += [moved] if moved else []
                    waiting[delivery] = one
                else:
                    self._again(contract, file, record, is_known)
            except UnstableError:
                self.seen.forget(file)
                self._note(contract, file, "unstable", None, "still being written; left for later")
        if not waiting:
            return
        self.say(f"judging {contract.source}/{contract.table} ({len(waiting)} files)")
        candidates = [one.candidates for one in waiting.values() if one.candidates]
        sentences = unknown_words(self.home, contract, candidates)
        if sentences:
            self.summary.words[contract.source, contract.table] = sentences
        door = Door(self.home, self.scratch, key_id(self._key()))
        records, verdict = door.judge(list(waiting.values()))
        self.records.update(records)
        if verdict:
            self.summary.suites[contract.source, contract.table] = verdict
        for delivery, one in waiting.items():
            record = records[delivery]
            status = "refused" if record.verdict_code == "refused" else "landed"
            self._note(contract, one.file, status, record, record.message_text)
        renamed = []
        for file, delivery in copies:
            if records[delivery].verdict_code == "refused":
                renamed.append(file)
            else:
                self._again(contract, file, records[delivery], is_known=False)
        if renamed:
            self._table(contract, renamed)

    def _is_due(
        self, record: DeliveryRecord, contract: Contract, file: DeliveredFile, is_known: bool
    ) -> bool:
        """Judged under another contract; or without its rows; or refused under another name.

        A name is part of what a file says it is: a refused file under a new name is tried again.
        """
        if record.raw_path and not (self.home.root / record.raw_path).exists():
            return True
        if record.delivered_columns is None:  # of a version that did not keep the header
            return True
        is_renamed = record.file_name != file.file_name and not is_known
        return record.contract_fingerprint != self._fingerprint(contract) or (
            record.verdict_code == "refused" and is_renamed
        )

    def _again(
        self, contract: Contract, file: DeliveredFile, record: DeliveryRecord, is_known: bool
    ) -> None:
        if is_known or file.file_name == record.file_name:
            self._note(contract, file, "known", record, record.message_text)
            return
        place = f"{record.source_code}/{record.table_code}/{record.file_name}"
        self._note(
            contract, file, "duplicate", record, f"the same bytes as {place}; not read again"
        )

    def _note(
        self,
        contract: Contract,
        file: DeliveredFile,
        status: str,
        record: DeliveryRecord | None,
        message: str | None,
    ) -> None:
        shown = ()
        if status == "landed" and record and record.quarantine_path:
            shown = examples(self.home.root / record.quarantine_path, contract.hidden_columns)
        self.summary.files.append(
            FileOutcome(
                contract.source, contract.table, file.file_name, status, record, message, shown
            )
        )

    def _misplaced(self, source: str, table: str, path: Path, message: str) -> None:
        name = name_of(path, self.home.deliveries / source / table)
        self.summary.files.append(
            FileOutcome(visible(source), visible(table), name, "misplaced", None, message)
        )

    def _fingerprint(self, contract: Contract) -> str:
        name = (contract.source, contract.table)
        if name not in self.fingerprints:
            self.fingerprints[name] = contract.fingerprint(*suite_texts(*name))
        return self.fingerprints[name]

    def _key(self) -> bytes:
        key = read_key(self.home)
        check_key(key, {record.key_id for record in self.records.values() if record.key_id})
        return key
