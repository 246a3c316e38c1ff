"""Every model says what one row is, and every column more than its name."""

from typing import Any

import pytest
import yaml

from tests.project.laws.breach import demand, texts_under
from tests.project.laws.descriptions import (
    Described,
    blocks_of,
    described_in,
    lonely_breaches,
    mart_breaches,
    parrot_breaches,
    repeated_breaches,
    row_breaches,
    unread_breaches,
)


@pytest.fixture(scope="module")
def papers() -> dict[str, str]:
    """Text of every YAML file of models and seeds."""
    return texts_under("models", "seeds", pattern="*.yml")


@pytest.fixture(scope="module")
def blocks() -> dict[str, str]:
    return blocks_of("\n".join(texts_under("models", pattern="*.md").values()))


def tables(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    nodes = [*manifest["nodes"].values(), *manifest["sources"].values()]
    return [node for node in nodes if node["resource_type"] in ("model", "seed", "source")]


def test_every_model_has_its_yaml_beside_it(papers: dict[str, str]) -> None:
    demand(lonely_breaches(texts_under("models"), [p for p in papers if p.startswith("models")]))


def test_every_table_says_what_one_row_is(manifest: dict[str, Any]) -> None:
    demand(
        row_breaches(
            (node["original_file_path"], node["name"], node["description"])
            for node in tables(manifest)
        )
    )


def test_every_mart_is_under_a_contract_with_described_columns(
    marts: list[dict[str, Any]],
) -> None:
    assert marts
    demand(mart_breaches(marts))


def test_a_description_says_more_than_the_name(manifest: dict[str, Any]) -> None:
    demand(
        parrot_breaches(
            (node["original_file_path"], name, column["description"])
            for node in tables(manifest)
            for name, column in node["columns"].items()
        )
    )


def test_a_description_used_twice_is_a_doc_block(
    papers: dict[str, str], blocks: dict[str, str]
) -> None:
    """Contracts of sources are left out: landing reads them without dbt, each one in full."""
    described = [
        thing
        for file, text in papers.items()
        if not file.endswith("_sources.yml")
        for thing in described_in(file, yaml.safe_load(text))
    ]
    demand(repeated_breaches(described, blocks))


def test_every_doc_block_is_used(papers: dict[str, str], blocks: dict[str, str]) -> None:
    assert blocks
    demand(unread_breaches(blocks, papers))


def test_a_model_without_yaml_and_a_yaml_without_model_are_seen() -> None:
    found = lonely_breaches(["models/a.sql", "models/b.sql"], ["models/b.yml", "models/c.yml"])
    assert [breach.place for breach in found] == ["models/a.sql", "models/c.yml"]
    assert not lonely_breaches(["models/a.sql"], ["models/a.yml", "models/_sources.yml"])


@pytest.mark.parametrize("description", ["", "Calls.", "One rowing boat", "The row per call."])
def test_a_table_that_does_not_say_its_row_is_seen(description: str) -> None:
    assert row_breaches([("a.yml", "a", description)])
    assert not row_breaches([("a.yml", "a", "One row per call."), ("a.yml", "b", "One row: x.")])


def test_a_mart_without_contract_type_or_description_is_seen() -> None:
    column = {"name": "agent_id", "data_type": None, "description": " "}
    mart = {
        "original_file_path": "a.sql",
        "config": {"contract": {"enforced": False}},
        "columns": {"agent_id": column},
    }
    assert len(mart_breaches([mart])) == 3
    assert len(mart_breaches([{**mart, "columns": {}}])) == 2


@pytest.mark.parametrize("description", ["The queue.", "Id of the queue", "Queue id."])
def test_a_description_that_repeats_the_name_is_seen(description: str) -> None:
    assert parrot_breaches([("a.yml", "queue_id", description)])
    assert not parrot_breaches([("a.yml", "queue_id", "Queue of the contact's first leg.")])


def test_a_description_written_twice_is_seen() -> None:
    tree = {"models": [{"name": "a", "columns": [
        {"name": "b", "description": "One\n  thing."}, {"name": "c", "description": "One thing."},
    ]}]}  # fmt: skip
    things = list(described_in("a.yml", tree))
    assert things[0] == Described("a.yml", "a.b", "One thing.")
    assert len(repeated_breaches(things)) == 1
    assert len(repeated_breaches(things[:1], {"thing": "One\nthing."})) == 1
    assert not repeated_breaches(things[:1])


def test_a_doc_block_that_nothing_uses_is_seen() -> None:
    blocks = blocks_of("{% docs used %}\nA.\n{% enddocs %}\n{% docs idle %}\nB.\n{% enddocs %}")
    assert blocks == {"used": "A.", "idle": "B."}
    (breach,) = unread_breaches(blocks, {"a.yml": "description: \"{{ doc('used') }}\""})
    assert breach.place == "models/docs.md, idle"
