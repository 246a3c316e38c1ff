"""Every model says what one row is, and every column more than its name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from tests.project.laws.breach import Breach

SILENT = {"a", "an", "the", "of", "its", "their", "this", "that", "in", "is", "for"}
"""Words that tell a reader nothing beside a column's name."""


class Described(NamedTuple):
    """A thing with a description in a YAML file, as written there."""

    file: str
    name: str
    description: str


def described_in(file: str, tree: Any, owner: str = "") -> Iterator[Described]:
    """Everything in a parsed YAML file that has a description."""
    if isinstance(tree, dict):
        name = f"{owner}.{tree['name']}".strip(".") if isinstance(tree.get("name"), str) else owner
        if isinstance(tree.get("description"), str):
            yield Described(file, name, " ".join(tree["description"].split()))
        for branch in tree.values():
            yield from described_in(file, branch, name)
    elif isinstance(tree, list):
        for branch in tree:
            yield from described_in(file, branch, owner)


def lonely_breaches(sql_files: Iterable[str], yaml_files: Iterable[str]) -> list[Breach]:
    """Models without their YAML beside them, and YAML files without their model."""
    models = {file.removesuffix(".sql") for file in sql_files}
    papers = {
        file.removesuffix(".yml")
        for file in yaml_files
        if not file.rpartition("/")[2].startswith("_")
    }
    return [
        Breach(f"{name}.sql", "has no YAML beside it", f"write {name.rpartition('/')[2]}.yml")
        for name in sorted(models - papers)
    ] + [
        Breach(f"{name}.yml", "has no model beside it", "rename it; a folder's file begins with _")
        for name in sorted(papers - models)
    ]


def row_breaches(things: Iterable[tuple[str, str, str]]) -> list[Breach]:
    """Tables (file, name, rendered description) that do not say what one row is."""
    return [
        Breach(f"{file}, {name}", "does not say what one row is", 'begin with "One row"')
        for file, name, description in things
        if not re.match(r"One row( per |[.:])", description.strip())
    ]


def mart_breaches(marts: Iterable[Mapping[str, Any]]) -> list[Breach]:
    """Manifest nodes of marts without an enforced contract, a typed or a described column."""
    found = []
    for node in marts:
        file = node["original_file_path"]
        if not node["config"]["contract"]["enforced"]:
            found.append(Breach(file, "its contract is not enforced", "remove the override"))
        if not node["columns"]:
            found.append(Breach(file, "documents no column", "list every column in its YAML"))
        for column in node["columns"].values():
            place = f"{file}, column {column['name']}"
            if not (column.get("data_type") or "").strip():
                found.append(Breach(place, "has no data_type", "give it the type of its unit"))
            if not (column.get("description") or "").strip():
                found.append(Breach(place, "has no description", "say grain, edge case, null"))
    return found


def parrot_breaches(columns: Iterable[tuple[str, str, str]]) -> list[Breach]:
    """Columns (file, name, rendered description) whose description repeats the name."""
    found = []
    for file, name, description in columns:
        words = set(re.findall(r"[a-z]+", description.lower())) - SILENT
        if description and words <= set(name.split("_")):
            remedy = "say what the name does not: grain, edge case, null"
            found.append(Breach(f"{file}, column {name}", f'"{description}" is its name', remedy))
    return found


def repeated_breaches(
    described: Iterable[Described], blocks: Mapping[str, str] | None = None
) -> list[Breach]:
    """Descriptions written out twice, or once more than their doc block."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, text in (blocks or {}).items():
        places[" ".join(text.split())].append(f"models/docs.md, {name}")
    for thing in described:
        if "doc(" not in thing.description:
            places[thing.description].append(f"{thing.file}, {thing.name}")
    return [
        Breach(" and ".join(where), f'both say "{text}"', "write it once in models/docs.md")
        for text, where in places.items()
        if len(where) > 1
    ]


def blocks_of(text: str) -> dict[str, str]:
    """Doc blocks of a Markdown file by name."""
    found = re.findall(r"\{% docs (\w+) %\}(.*?)\{% enddocs %\}", text, flags=re.DOTALL)
    return {name: body.strip() for name, body in found}


def unread_breaches(blocks: Iterable[str], yaml_texts: Mapping[str, str]) -> list[Breach]:
    """Doc blocks that no description uses, or only one."""
    used = [
        name
        for text in yaml_texts.values()
        for name in re.findall(r"doc\(\s*['\"](\w+)['\"]\s*\)", text)
    ]
    return [
        Breach(f"models/docs.md, {name}", "is used by no description", "remove the block")
        for name in blocks
        if name not in used
    ]
