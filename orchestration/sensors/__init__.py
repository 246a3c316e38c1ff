"""What Dagster watches for: new files, failed runs and commands."""

from orchestration.sensors.command_runs import command_runs
from orchestration.sensors.deliveries import new_deliveries

__all__ = ["command_runs", "new_deliveries"]
