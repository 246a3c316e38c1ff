"""`python -m tests.spark.local up | down`: the local cluster of a home."""

import sys

from orchestration.errors import TelltaleError
from orchestration.home import Home
from tests.spark.local.cluster import start_cluster, stop_cluster


def main(wanted: str) -> None:
    """Start or stop the cluster of the default home, and say where it answers."""
    folder = Home.at().spark
    if wanted == "up":
        cluster = start_cluster(folder)
        print(f"Spark answers at {cluster.server.host}:{cluster.server.port}; logs in {folder}")
    elif wanted == "down":
        print(f"Stopped {stop_cluster(folder)} processes.")
    else:
        raise TelltaleError("Say `up` or `down`.")


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "")
    except TelltaleError as error:
        sys.exit(f"error {error}")
