"""When the whole chain runs by itself."""

from datetime import timedelta

import dagster as dg

DAILY = dg.define_asset_job(
    "daily",
    selection=dg.AssetSelection.all(),
    description="Land what is new, build and audit the warehouse, publish a version.",
    # One process: each further one would import everything again, and DuckDB has one writer.
    executor_def=dg.in_process_executor,
)


def every_morning(zone: str) -> dg.ScheduleDefinition:
    """The job `daily` at 05:00 of the home's time zone."""
    return dg.ScheduleDefinition(
        name="every_morning",
        job=DAILY,
        cron_schedule="0 5 * * *",
        execution_timezone=zone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Every morning at 05:00, before anybody asks for yesterday's figures.",
    )


def fresh_every_morning(zone: str) -> dg.FreshnessPolicy:
    """Published between 05:00 and 07:00 of the home's time zone, every day.

    A run that found nothing new counts: it says that readers have what there is.
    """
    return dg.FreshnessPolicy.cron(
        deadline_cron="0 7 * * *", lower_bound_delta=timedelta(hours=2), timezone=zone
    )
