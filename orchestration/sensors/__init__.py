"""What Dagster watches for: new files, failed runs, commands, days on which nothing arrives."""

from orchestration.sensors.command_runs import command_runs
from orchestration.sensors.deliveries import new_deliveries
from orchestration.sensors.failures import failed_runs
from orchestration.sensors.silence import nothing_arrived

__all__ = ["command_runs", "failed_runs", "new_deliveries", "nothing_arrived"]
