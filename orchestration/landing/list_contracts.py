"""The input contracts of a centre's lists: their entries in `models/intermediate/_lists.yml`."""

from dataclasses import replace
from typing import Any

import yaml

from orchestration.home import PROJECT_ROOT
from orchestration.landing.contract import Contract, contract_of

SOURCE = "lists"
"""Their name as a source, in `_lists.yml` and in settings.toml."""

KEYS = {
    "sites": "site_id",
    "teams": "team_id",
    "queues": "queue_id",
    "contact_reasons": "reason_code",
}
"""The column of a list that names its rows, each once: else joins would multiply what they meet."""


def list_contracts() -> dict[tuple[str, str], Contract]:
    """The contract of every list by (source, list); only columns of a key are required.

    Two programs may have added lines, each with its own ends; seconds are decisions, never cut.
    """
    file = PROJECT_ROOT / "models" / "intermediate" / "_lists.yml"
    (source,) = yaml.safe_load(file.read_text("utf-8"))["sources"]
    return {(SOURCE, table["name"]): _contract(source, table) for table in source["tables"]}


def _contract(source: dict[str, Any], table: dict[str, Any]) -> Contract:
    contract = contract_of(source, table)
    key = KEYS.get(contract.table)
    columns = tuple(replace(one, required=one.name == key, unit="") for one in contract.columns)
    keys = (key,) if key else ()
    return replace(contract, key=keys, columns=columns, may_mix_line_ends=True)
