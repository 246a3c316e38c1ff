"""Which audits stopped a run."""

import dagster as dg
from dagster import AssetCheckEvaluation, DagsterEventType


def failed_audits(instance: dg.DagsterInstance, run_id: str) -> list[AssetCheckEvaluation]:
    """Checks of a run that failed with an error; a warning stops nothing and is left out."""
    records = instance.get_records_for_run(
        run_id, of_type=DagsterEventType.ASSET_CHECK_EVALUATION
    ).records
    events = [record.event_log_entry.dagster_event for record in records]
    found = [event.asset_check_evaluation_data for event in events if event]
    return [one for one in found if not one.passed and one.severity == dg.AssetCheckSeverity.ERROR]
