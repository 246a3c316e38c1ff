"""Every exception to a law, with its reason: the only place that grants one.

Keys are shell patterns over a breach's key. One that excuses nothing fails the law's test.
"""

READS = {
    "agg_* <- int_touched_*days": "the list of days that the materialisation builds anew: no data",
    "fct_* <- seed:*": "closed lists of the product's words, which no dimension repeats",
    "kpi_* <- int_as_of": "the instant at which a row becomes final: one value, no data",
    "kpi_* <- int_kpi_targets_dated": "the centre's targets, dated: a list, not a fact",
    "rpt_callbacks <- int_callbacks_attempted": "attempts by the contact that they call back",
    "rpt_interval_targets <- int_kpi_targets_dated": "the centre's targets, dated: a list, no fact",
    "rpt_reconciliation <- int_control_totals_current": "figures from elsewhere: no fact of ours",
    "rpt_service_levels <- seed:*": "a closed list of the product's words, which no dimension has",
    "rpt_* <- int_as_of": "the day up to which a figure is known: one value, no data",
    "rpt_workloads <- int_workload_goals": "the centre's goals, dated: a list, not a fact",
    "rpt_workloads <- int_shrinkages_measured": "sums of weeks: no bucket of an agg_",
    "rpt_workloads <- int_workloads_gathered": "sums of weekdays: no bucket of an agg_",
    "rpt_deliveries <- int_*_superseded": "a record of what landing and versions did with rows",
}
"""`<reader> <- <read>`: what a room reads beyond its line in style.md."""

UNITS = {
    "lists.kpi_targets.target": "in the unit of the KPI in the row",
    "lists.kpi_targets.floor": "in the unit of the KPI in the row",
    "int_kpi_targets_dated.target": "in the unit of the KPI in the row",
    "int_workload_goals.target": "a share of arrivals; an int_ holds no result",
    "rpt_workloads.load_erlangs": "the unit of load has its own name",
    "rpt_workloads.*mean_*_seconds": "a mean with its fraction, input or result of a formula",
    "home.deliveries.raw_path": "a path is neither a key nor for eyes",
    "survey_scales.yes_texts": "several texts between bars, for comparison",
    "survey_scales.no_texts": "several texts between bars, for comparison",
    "rpt_handle_times.p*_handle_seconds": "a quantile may lie between two whole seconds",
    "rpt_waits.p*_wait_seconds": "a quantile may lie between two whole seconds",
    "t_quantiles.quantile_975": "a quantile carries its probability last, as tables print it",
}
"""`<table>.<column>` whose last word is no unit, or another type than its unit has."""

DIVISIONS = {
    "macros/statistics/ratio.sql": "the one division",
    "macros/engine/home.sql": "paths of files",
    "macros/engine/lists.sql": "paths of files",
    "macros/engine/sources.sql": "paths of files",
    "macros/sources/prepare_build.sql": "paths of files",
}
"""Files in which `/` may stand in code."""

EXPOSURES = {
    "dim_kpis.source_text": "the definition of a KPI, ours",
    "dim_kpis.lacking_text": "names of tables, columns and lists, ours",
}
"""`<mart>.<column>` of public marts that look personal and are not."""

MACHINE_PATHS: dict[str, str] = {}
"""Files with an absolute path that is a documented example."""

LARGE_FILES: dict[str, str] = {}
"""Files over one MiB."""

DOCUMENTED_PATHS = {
    "CONTRIBUTING.md: seeds/kpi_targets.csv": "a list of a centre, in its home",
    "CONTRIBUTING.md: models/intermediate/<subject>/int_..._unioned": "a kind of model",
}
"""`<document>: <path>` that looks like a path of the repository and is another."""

HOME_FILES = (
    "settings.toml", "kpi_targets.csv", "x.sql", "x.yml", "dagster.yaml",
    "kpi_weeks.csv",
)  # fmt: skip
"""Names of files that lie in a home, or stand for any file of a kind."""
