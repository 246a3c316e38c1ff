"""Groups of assets: pictures that a person can read, one for each subject."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from tests.project.laws.breach import Breach

MOST = 20
"""Models in one picture."""

SUBJECTS = (
    "visits", "contacts", "issues", "tickets", "selfcare", "promotions", "sales", "presence",
    "agents", "workload", "surveys", "centre", "touched", "core", "kpis", "quality", "staging",
)  # fmt: skip
"""Groups of models; `staging` holds what a new source brings until it joins a subject."""

REMEDY = "move it to the folder of its subject, which dbt_project.yml names: " + ", ".join(SUBJECTS)


def group_breaches(nodes: Iterable[Mapping[str, Any]], most: int = MOST) -> list[Breach]:
    """Models of a manifest without a subject, and subjects with more models than `most`."""
    found, counts = [], Counter()
    for node in nodes:
        group = node["config"]["meta"].get("dagster", {}).get("group")
        counts[group] += 1
        if group not in SUBJECTS:
            found.append(Breach(node["original_file_path"], f"stands in group {group}", REMEDY))
    return found + [
        Breach("dbt_project.yml", f"group {group} has {count} models", f"split it: at most {most}")
        for group, count in counts.items()
        if count > most
    ]
