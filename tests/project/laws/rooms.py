"""The first word of a model is its room: where it lies and what it may read."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tests.project.laws.breach import Breach

FAMILIES = ("transactional", "behavioural", "emotional", "kpis", "balance")
"""Families of marts in the order in which they may read each other."""

FOLDERS = {
    "stg": r"models/staging/\w+",
    "int": r"models/intermediate/\w+",
    "dim": r"models/marts/core",
    "fct": r"models/marts/(transactional/\w+|behavioural|emotional)",
    "agg": r"models/marts/(transactional/\w+|behavioural|emotional)",
    "kpi": r"models/marts/kpis",
    "rpt": r"models/marts/(transactional/\w+|behavioural|emotional|balance|quality)",
}
"""Where a model of each room lies."""

READS = {
    "stg": ("source:own.*",),
    "int": ("stg_*", "seed:*", "int_*", "dim_*", "fct_*", "source:home.*", "source:lists.*"),
    "dim": ("stg_*", "int_*", "seed:*", "source:home.*", "source:lists.*"),
    "fct": ("stg_*", "int_*", "dim_*", "fct_contact_legs", "fct_contacts"),
    "agg": ("fct_*", "dim_*"),
    "kpi": ("agg_*", "kpi_*", "dim_*", "seed:*"),
    "rpt": ("dim_*", "fct_*", "agg_*", "kpi_*", "rpt_*", "source:home.*"),
}
"""What each room reads. `home` and `lists` are relations that the run's first hook makes."""


class Model(NamedTuple):
    """A model and what it reads: models by name, `seed:<name>`, `source:<source>.<table>`."""

    name: str
    file: str
    reads: tuple[str, ...]

    @property
    def room(self) -> str:
        """First word of the name."""
        return self.name.split("_")[0]

    @property
    def family(self) -> str | None:
        """Folder of a mart; null elsewhere."""
        found = re.match(r"models/marts/(\w+)/", self.file)
        return found.group(1) if found else None


def models_of(manifest: Mapping[str, Any]) -> list[Model]:
    """Every model of a dbt manifest."""

    def read(node_id: str) -> str:
        kind, _, *names = node_id.split(".")
        return names[-1] if kind == "model" else f"{kind}:{'.'.join(names)}"

    return [
        Model(
            node["name"],
            node["original_file_path"],
            tuple(sorted({read(node_id) for node_id in node["depends_on"]["nodes"]})),
        )
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    ]


def place_breaches(models: Iterable[Model], standard_tables: Iterable[str]) -> list[Breach]:
    """Models whose folder or name does not fit their first word."""
    tables, found = set(standard_tables), []
    for model in models:
        folder, _, file_name = model.file.rpartition("/")
        if model.room not in FOLDERS:
            rooms = ", ".join(f"{room}_" for room in FOLDERS)
            found.append(Breach(model.file, "its first word is no room", f"begin with {rooms}"))
        elif not re.fullmatch(FOLDERS[model.room], folder):
            fits = FOLDERS[model.room]
            found.append(Breach(model.file, f"{model.room}_ does not lie here", f"move to {fits}"))
        if file_name != f"{model.name}.sql":
            found.append(Breach(model.file, f"holds `{model.name}`", "name the file like it"))
        if model.room == "stg":
            source, table = folder.split("/")[-1], model.name.partition("__")[2]
            if model.name != f"stg_{source}__{table}" or table not in tables:
                remedy = f"name it stg_{source}__<standard table that it fills>"
                found.append(Breach(model.file, f"`{model.name}` names no such room", remedy))
    return found


def reading_breaches(models: Iterable[Model]) -> list[Breach]:
    """Reads that the room's line of READS does not allow; key `<reader> <- <read>`."""
    found = []
    for model in models:
        own = model.file.split("/")[-2]
        for read in model.reads:
            allowed = [
                pattern.replace("own", own).replace("*", r"\w+")
                for pattern in READS.get(model.room, ())
            ]
            if not any(re.fullmatch(pattern, read) for pattern in allowed):
                rooms = ", ".join(READS.get(model.room, ())).replace("own", own)
                remedy = f"{model.room}_ reads only {rooms}"
                found.append(Breach(model.file, f"reads {read}", remedy, f"{model.name} <- {read}"))
    return found


def family_breaches(models: Iterable[Model]) -> list[Breach]:
    """Marts that read a later family, directly or through models that are no marts."""
    known = {model.name: model for model in models}

    def marts_behind(model: Model, seen: set[str]) -> set[str]:
        behind: set[str] = set()
        for name in set(model.reads) & set(known) - seen:
            seen.add(name)
            behind |= {name} if known[name].family else marts_behind(known[name], seen)
        return behind

    found = []
    for model in known.values():
        if model.family not in FAMILIES:
            continue
        later = {*FAMILIES[FAMILIES.index(model.family) + 1 :], "quality"}
        for name in sorted(marts_behind(model, set())):
            if known[name].family in later:
                what = f"reads {name} of the family {known[name].family}"
                remedy = f"families read in the order {', '.join(FAMILIES)}"
                found.append(Breach(model.file, what, remedy, f"{model.name} <- {name}"))
    return found
