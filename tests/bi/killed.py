"""Kill a command before each of its steps on the file system, each time in a copy of a home.

    python -m tests.bi.killed <publish, rollback or undo> <home> <folder for the copies>

Writes the copies as `00`, `01`, ... and ends with the first that no kill reached any more.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from orchestration.home import Home
from orchestration.publication.pointer import rollback, undo_rollback
from orchestration.publication.publish import publish

STEPS = ("replace", "rename", "symlink")
"""What a reader could see half done, with the removal of the pin; the rest lies aside."""
COMMANDS: dict[str, Callable[[Home], Any]] = {
    "publish": publish,
    "rollback": rollback,
    "undo": undo_rollback,
}


def kill_before(step: int, command: str) -> None:
    """End this process, as a power cut would, before its step number `step` (from 0)."""
    done = 0

    def counted(name: str) -> Callable[..., Any]:
        original = getattr(os, name)

        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal done
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1
            return original(*arguments, **options)

        return call

    for name in (*STEPS, *(("unlink",) if command == "undo" else ())):
        setattr(os, name, counted(name))


def main(command: str, root: Path, folder: Path) -> int:
    """Number of kills."""
    for step in range(100):
        copy = folder / f"{step:02d}"
        shutil.copytree(root, copy, symlinks=True)
        # Nothing has opened a database here yet, so a fork is a clean start and a quick one.
        child = os.fork()
        if child == 0:
            kill_before(step, command)
            COMMANDS[command](Home.at(copy))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            if status:
                raise RuntimeError(f"{command} failed by itself with {status}")
            return step
    raise RuntimeError(f"{command} takes more steps than that")


if __name__ == "__main__":
    print(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
