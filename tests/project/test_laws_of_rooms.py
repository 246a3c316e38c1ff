"""The first word of a model is its room."""

from typing import Any

import pytest

from tests.project.laws import exceptions
from tests.project.laws.breach import demand, excused
from tests.project.laws.rooms import (
    Model,
    family_breaches,
    models_of,
    place_breaches,
    reading_breaches,
)


@pytest.fixture(scope="module")
def models(manifest: dict[str, Any]) -> list[Model]:
    return models_of(manifest)


def mart(name: str, family: str, *reads: str) -> Model:
    return Model(name, f"models/marts/{family}/{name}.sql", reads)


def test_a_model_lies_in_the_room_that_its_first_word_names(
    models: list[Model], manifest: dict[str, Any]
) -> None:
    tables = [
        node["name"] for node in manifest["sources"].values() if node["source_name"] == "standard"
    ]
    assert models
    demand(place_breaches(models, tables))


def test_a_room_reads_only_what_the_style_allows(models: list[Model]) -> None:
    demand(excused(reading_breaches(models), exceptions.READS))


def test_families_read_in_their_order(models: list[Model]) -> None:
    demand(family_breaches(models))


@pytest.mark.parametrize(
    "model",
    [
        mart("helper_calls", "transactional"),
        mart("fct_calls", "core"),
        mart("kpi_values", "emotional"),
        Model("fct_calls", "models/marts/transactional/visits/calls.sql", ()),
        Model("stg_switch__contact_legs", "models/staging/other/stg_switch__contact_legs.sql", ()),
        Model("stg_other__calls", "models/staging/other/stg_other__calls.sql", ()),
    ],
)
def test_a_model_in_a_wrong_room_is_seen(model: Model) -> None:
    assert len(place_breaches([model], ["contact_legs"])) == 1


@pytest.mark.parametrize(
    "model",
    [
        mart("agg_calls_daily", "transactional", "stg_standard__contact_legs"),
        mart("fct_contacts", "transactional", "agg_transactional_daily"),
        mart("fct_evaluations", "behavioural", "fct_trainings"),
        mart("dim_agents", "core", "fct_contacts"),
        mart("kpi_values", "kpis", "fct_contacts"),
        mart("rpt_waits", "transactional", "int_as_of"),
        Model("int_x_made", "models/intermediate/centre/x.sql", ("source:standard.agents",)),
        Model("int_x_made", "models/intermediate/centre/x.sql", ("agg_emotional_daily",)),
        Model("stg_a__agents", "models/staging/a/stg_a__agents.sql", ("source:b.agents",)),
    ],
)
def test_a_read_across_rooms_is_seen(model: Model) -> None:
    assert len(reading_breaches([model])) == 1


def test_reads_that_the_style_allows_are_no_breach() -> None:
    assert not reading_breaches(
        [
            mart("fct_issues", "transactional", "fct_contacts", "int_x_made", "dim_kpis"),
            Model("stg_a__agents", "models/staging/a/stg_a__agents.sql", ("source:a.agents",)),
        ]
    )


def test_a_read_of_a_later_family_is_seen_through_an_intermediate_model() -> None:
    models = [
        mart("fct_issues", "transactional", "int_answers_placed"),
        Model("int_answers_placed", "models/intermediate/surveys/a.sql", ("fct_survey_answers",)),
        mart("fct_survey_answers", "emotional", "fct_contacts"),
        mart("fct_contacts", "transactional"),
    ]
    (breach,) = family_breaches(models)
    assert breach.key == "fct_issues <- fct_survey_answers"


def test_an_exception_that_excuses_nothing_is_seen() -> None:
    breaches = reading_breaches([mart("dim_agents", "core", "fct_contacts")])
    assert not excused(breaches, {"dim_* <- fct_contacts": "why"})
    (left,) = excused([], {"dim_* <- fct_contacts": "why"})
    assert "excuses nothing" in left.what
    with pytest.raises(
        AssertionError, match=r"dim_agents\.sql: reads fct_contacts; dim_ reads only"
    ):
        demand(breaches)
