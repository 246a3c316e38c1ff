"""The environment of a clone: where Dagster keeps its state, and how it is started."""

import os
import sys
from pathlib import Path

from orchestration.home import PROJECT_ROOT, Home

DAGSTER_YAML = """\
# Written by telltale. One run at a time: a home has one writer.
telemetry: {enabled: false}
nux: {enabled: false}
freshness: {enabled: true}
concurrency: {runs: {max_concurrent_runs: 1}}
# Reading the definitions parses the models: minutes on a machine that does much else.
code_servers: {local_startup_timeout: 900}
# A run that died with its machine would otherwise hold the only slot for ever.
run_monitoring:
  enabled: true
  start_timeout_seconds: 600
  max_runtime_seconds: 21600
"""

DOTENV = """\
# Written by telltale, read by Dagster, whose state lies in the home that it serves.
# A TELLTALE_HOME that is set already goes before this one.
TELLTALE_HOME="${{TELLTALE_HOME:-{home}}}"
DAGSTER_HOME="${{TELLTALE_HOME}}/dagster"
DAGSTER_DISABLE_TELEMETRY="yes"
"""


def prepare_dagster(home: Home) -> None:
    """Write Dagster's instance file below the home, where all its state then lies."""
    home.dagster.mkdir(parents=True, exist_ok=True)
    home.dagster.chmod(0o700)
    (home.dagster / "dagster.yaml").write_text(DAGSTER_YAML, "utf-8")


def prepare_clone() -> None:
    """Make the default home, and let plain `dagster dev` and `dbt build` find it.

    Dagster reads `.env` in the folder where it is started, before it looks for its home, and lets
    it replace what is set: so the file itself keeps a TELLTALE_HOME that a person chose.
    """
    from orchestration.building.warehouse import prepare_home

    home = Home.at()
    prepare_home(home)
    prepare_dagster(home)
    text = DOTENV.format(home=home.root)
    (PROJECT_ROOT / ".env").write_text(text, "utf-8")


def start_dagster(home: Home, port: int) -> None:
    """Replace this process by `dagster dev` on loopback: its web page has no login."""
    from orchestration.building.warehouse import prepare_home

    prepare_home(home)
    prepare_dagster(home)
    os.chdir(PROJECT_ROOT)
    environment = {
        **os.environ,
        "TELLTALE_HOME": str(home.root),
        "DAGSTER_HOME": str(home.dagster),
        # dagster.yaml says the same, but the web server would still start the sending thread.
        "DAGSTER_DISABLE_TELEMETRY": "yes",
    }
    command = Path(sys.executable).with_name("dagster")
    os.execve(command, ["dagster", "dev", "--host", "127.0.0.1", "--port", str(port)], environment)


if __name__ == "__main__":
    prepare_clone()
