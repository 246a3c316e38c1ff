"""The dbt project as Dagster needs to know it before anything ran: parsed, without network."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from filelock import FileLock

from orchestration.errors import TelltaleError
from orchestration.home import PROJECT_ROOT, Home

PARTS = ("models", "macros", "seeds", "tests/data", "dbt_project.yml", "profiles.yml")


def read_manifest(home: Home) -> dict[str, Any]:
    """The manifest of the project as it stands, parsed anew only if a file changed.

    It lies apart from the one that a build leaves for publishing: looking at a changed project
    must not change what the last build is known to have made. Raises TelltaleError if dbt
    cannot parse the project.
    """
    folder = home.state / "definitions"
    folder.mkdir(parents=True, exist_ok=True)
    file, parsed = folder / "manifest.json", folder / "project.sha256"
    with FileLock(folder / "parse.lock"):
        known = parsed.read_text("utf-8") if parsed.exists() and file.exists() else ""
        found = project_hash()
        if known != found:
            parsed.unlink(missing_ok=True)
            _parse(home, folder)
            parsed.write_text(found, "utf-8")
        return json.loads(file.read_text("utf-8"))


def project_hash() -> str:
    """sha256 (hex) of every file that dbt parses and of dbt's version.

    Contents, not times: a copied home or a checked-out branch tells false times.
    """
    digest = hashlib.sha256(version("dbt-core").encode())
    for part in PARTS:
        root = PROJECT_ROOT / part
        for path in [root] if root.is_file() else sorted(root.rglob("*")):
            if path.is_file():
                name = path.relative_to(PROJECT_ROOT).as_posix()
                digest.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _parse(home: Home, folder: Path) -> None:
    from dbt.cli.main import dbtRunner

    from orchestration.building.dbt import dbt_arguments, dbt_environment

    arguments = dbt_arguments(home)
    arguments[arguments.index("--target-path") + 1] = str(folder)
    with dbt_environment(home):
        # Parsing only what changed loses what _audits.yml says of the sentences in tests/data.
        outcome = dbtRunner().invoke(["parse", "--no-partial-parse", *arguments])
    if not outcome.success:
        raise TelltaleError(f"dbt cannot parse the project: {outcome.exception}")
