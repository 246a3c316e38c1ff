"""The wiring of Dagster: assets, job, schedule, sensor and dbt for one home."""

import sys
from pathlib import Path

import dagster as dg
from dagster_dbt import DbtCliResource

from orchestration.assets import (
    built_models,
    delivered_files,
    home_relations,
    published_version,
    raw_tables,
)
from orchestration.home import PROJECT_ROOT, Home
from orchestration.manifest import read_manifest
from orchestration.schedules import DAILY, every_morning, fresh_every_morning
from orchestration.sensors import command_runs, failed_runs, new_deliveries, nothing_arrived
from orchestration.settings import read_settings


def definitions_of(home: Home) -> dg.Definitions:
    """Everything that Dagster shows and runs for `home`."""
    manifest = read_manifest(home)
    zone = read_settings(home).home.zone
    raw = raw_tables(home, manifest["sources"].values())
    models = built_models(home, manifest)
    return dg.Definitions(
        assets=[
            delivered_files(home),
            raw,
            *home_relations(manifest),
            models,
            published_version(
                home,
                [key for key in models.keys if key.path[0] == "marts"],
                fresh_every_morning(zone),
            ),
        ],
        jobs=[DAILY],
        schedules=[every_morning(zone)],
        sensors=[
            new_deliveries(home),
            failed_runs(home, [*raw.check_specs, *models.check_specs]),
            nothing_arrived(home),
            command_runs(home, manifest, models.check_specs),
        ],
        resources={
            "dbt": DbtCliResource(
                project_dir=str(PROJECT_ROOT),
                profiles_dir=str(PROJECT_ROOT),
                dbt_executable=str(Path(sys.executable).with_name("dbt")),
            )
        },
        executor=dg.in_process_executor,
    )


@dg.definitions
def telltale() -> dg.Definitions:
    """Definitions of the home at `TELLTALE_HOME`, else of `var/`."""
    return definitions_of(Home.at())
