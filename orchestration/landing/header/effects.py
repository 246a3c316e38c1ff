"""Which settings of a source changed nothing in any of its files."""

from collections.abc import Collection, Iterator, Mapping

from orchestration.errors import explained
from orchestration.landing.ledger import DeliveryRecord
from orchestration.settings import Settings, SourceSettings

KINDS = ("aliases", "constants", "words", "units", "keys")


def unused_settings(
    settings: Settings,
    records: Collection[DeliveryRecord],
    fingerprints: Mapping[tuple[str, str], str],
) -> Iterator[str]:
    """A warning for each setting of a column that no delivery of its source made use of.

    Only deliveries count that were judged under the contracts in force (`fingerprints` by source
    and table) and that were not refused; a source without any says nothing.
    """
    for source, changes in settings.sources.items():
        judged = [
            record
            for record in records
            if record.source_code == source
            and record.verdict_code != "refused"
            and not record.is_withdrawn
            and record.contract_fingerprint == fingerprints[source, record.table_code]
        ]
        used = {key for record in judged for key in record.used_settings or ()}
        if not judged:
            continue
        for kind, key in _keys(changes):
            if f"{kind}.{key}" not in used:
                yield explained(
                    f"[sources.{source}.{kind}] {key} has no effect: {_REASONS[kind]}",
                    to_do="correct or remove it in settings.toml",
                )


def _keys(changes: SourceSettings) -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        for key in getattr(changes, kind):
            yield kind, key


_REASONS = {
    "aliases": "no file of the source has a field of these names",
    "constants": "every file of the source has the column",
    "words": "no file of the source has the column",
    "units": "no file of the source has the column",
    "keys": "no file of the source has all these fields",
}
