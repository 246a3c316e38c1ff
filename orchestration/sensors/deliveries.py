"""When new files ask for a run, and when a failed run is tried again."""

import hashlib
import json
import time

import dagster as dg

from orchestration.home import Home
from orchestration.landing.contract import read_contracts
from orchestration.landing.deliveries import Seen, found_files
from orchestration.schedules import DAILY
from orchestration.sensors.repetition import run_again

QUIET_SECONDS = 10
"""A file that changed later than this is taken as still being written."""

Stamps = dict[str, list[int]]


def new_deliveries(home: Home) -> dg.SensorDefinition:
    """The sensor `new_deliveries`: one run per set of new and finished files."""

    @dg.sensor(
        name="new_deliveries",
        job=DAILY,
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description=(
            "Asks for a run when new files lie complete in deliveries/, and again after a failed "
            "run: at once when a person changed settings, lists or withdrawals, else after 10, "
            "20 and 40 minutes unless an audit failed."
        ),
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        cursor = json.loads(context.cursor or "{}")
        found = unknown_files(home)
        before: Stamps = cursor.get("found", {})
        oldest = time.time_ns() - QUIET_SECONDS * 10**9
        ready = {
            name: stamp
            for name, stamp in found.items()
            if before.get(name) == stamp and stamp[1] <= oldest
        }
        key = hashlib.sha256(json.dumps(sorted(ready.items())).encode()).hexdigest()[:16]
        asked = cursor.get("asked")
        is_due = bool(ready) and key != asked
        context.update_cursor(json.dumps({"found": found, "asked": key if is_due else asked}))
        if is_due:
            return dg.SensorResult(run_requests=[dg.RunRequest(run_key=key)])
        again = run_again(home, context.instance, time.time())
        if again:
            return dg.SensorResult(run_requests=[again])
        return dg.SkipReason(_why(found, ready))

    return sensor


def unknown_files(home: Home) -> Stamps:
    """Size and time (ns) of each file in a raw table's folder that landing has not read yet."""
    known, tables = Seen(home).known, read_contracts()
    found: Stamps = {}
    for source, table, path in found_files(home):
        if (source, table) not in tables:
            continue
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        name = path.relative_to(home.deliveries).as_posix()
        stamp = [stat.st_size, stat.st_mtime_ns]
        if known.get(name, [])[:2] != stamp:
            found[name] = stamp
    return found


def _why(found: Stamps, ready: Stamps) -> str:
    if not found:
        return "Every file in deliveries/ is known."
    if ready:
        return f"A run was asked for these {len(ready)} files already."
    return f"{len(found)} new files may still be written; waiting until they rest."
