"""Every model stands in the picture of its subject, and no picture holds too many."""

from typing import Any

from tests.project.laws.breach import demand
from tests.project.laws.groups import SUBJECTS, group_breaches


def model(name: str, group: str | None) -> dict[str, Any]:
    return {
        "original_file_path": f"models/intermediate/{name}.sql",
        "config": {"meta": {"dagster": {"group": group}} if group else {}},
    }


def test_every_model_stands_in_the_group_of_its_subject(manifest: dict[str, Any]) -> None:
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    assert models
    demand(group_breaches(models))


def test_every_subject_but_that_of_new_sources_has_models(manifest: dict[str, Any]) -> None:
    used = {
        node["config"]["meta"]["dagster"]["group"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    }
    assert used == set(SUBJECTS) - {"staging"}


def test_a_model_without_a_subject_is_seen() -> None:
    assert (
        len(group_breaches([model("int_x_made", "intermediate"), model("int_y_made", None)])) == 2
    )


def test_a_picture_with_too_many_models_is_seen() -> None:
    models = [model(f"int_{number}_made", "visits") for number in range(3)]
    assert not group_breaches(models, most=3)
    (breach,) = group_breaches(models, most=2)
    assert "group visits has 3 models" in breach.what
