"""A home is one centre: every path that telltale reads or writes lies under it."""

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent
"""The folder of dbt_project.yml: the models are read from here, never written."""


@dataclass(frozen=True)
class Home:
    """Paths of one centre. `root` is absolute; nothing is created by looking at a path."""

    root: Path

    @classmethod
    def at(cls, path: str | Path | None = None) -> "Home":
        """The home at `path`, else at `TELLTALE_HOME`, else `var/` beside the models."""
        chosen = path or os.environ.get("TELLTALE_HOME") or PROJECT_ROOT / "var"
        return cls(Path(chosen).expanduser().resolve())

    @property
    def deliveries(self) -> Path:
        """`deliveries/<source>/<raw table>/<file>`: files as people have them."""
        return self.root / "deliveries"

    @property
    def raw(self) -> Path:
        """`raw/<source>/<table>/<delivery_id>.parquet`: typed, immutable, one per delivery."""
        return self.root / "raw"

    @property
    def quarantine(self) -> Path:
        """`quarantine/<source>/<table>/<delivery_id>.parquet`: rejected rows with reasons."""
        return self.root / "quarantine"

    @property
    def ledger(self) -> Path:
        """`ledger/<delivery_id>.json`: the commit of a delivery."""
        return self.root / "ledger"

    @property
    def withdrawals(self) -> Path:
        """`ledger/withdrawals/<delivery_id>.json`: deliveries that the build ignores."""
        return self.ledger / "withdrawals"

    @property
    def lists(self) -> Path:
        """The centre's own lists (sites, teams, queues, targets ...), read as dbt seeds."""
        return self.root / "seeds"

    @property
    def settings_file(self) -> Path:
        """`settings.toml`: what this centre's files and clocks look like."""
        return self.root / "settings.toml"

    @property
    def warehouse(self) -> Path:
        """The private DuckDB file that a build writes; never what readers open."""
        return self.root / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """Complete versions for BI tools, and `CURRENT` that names the one to read."""
        return self.root / "published"

    @property
    def coaching(self) -> Path:
        """The same for marts with individual results; its folder is 0700."""
        return self.root / "published-coaching"

    @property
    def state(self) -> Path:
        """Locks, dbt's target and log folders, settings as dbt reads them, scratch files."""
        return self.root / "state"

    @property
    def spark(self) -> Path:
        """Warehouse, metastore and logs of a Spark that runs on this machine for this home."""
        return self.state / "spark"

    @property
    def dagster(self) -> Path:
        """`DAGSTER_HOME` of this centre."""
        return self.root / "dagster"
