"""Our own program as a child: started, watched and stopped from the lane for processes.

Source: desktop.md 3. Input and answer are files in the job's folder; the child says each step on
its standard output, one JSON line, and what it complains of goes to the log. A stop is asked for
through its standard input; a child that does not heed it for two seconds is killed. If the window
dies, the child's input ends and so does the child. Where both want the same processor, it gives way
to the window. Not QProcess: its waiting calls keep Python's lock, and the window stood still for
350 ms at a time.
"""

import json
import logging
import os
import subprocess  # noqa: TID251  # the one place of the window where children start
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TextIO

from app.resource_files import ROOT
from app.ui.tasks.task import TaskControl

_LOOK_S = 0.1
_HEED_S = 2.0
_MOST_WORDS = 2_000
_GIVES_WAY, _LOWEST = 10, 19  # steps of niceness
_FLAGS = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(
    subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0
)
_LOG = logging.getLogger(__name__)


class ChildFailedError(Exception):
    """The child gave no answer.

    Attributes:
        sentence: what a person reads.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def own_program() -> tuple[str, ...]:
    """The words that start our console program: the bundle's own, or this Python on main.py."""
    if getattr(sys, "frozen", False):
        return (str(Path(sys.executable).with_name("kasauti-cli")),)
    return (sys.executable, str(ROOT / "main.py"))


def compute_in_child(folder: Path, data_dir: Path, control: TaskControl) -> None:
    """Compute the job of a folder in a child, in the thread of a lane; return when it is done.

    Raises:
        ChildFailedError: it was stopped, could not start, or gave no answer.
    """
    words = (*own_program(), "compute", str(folder), "--data-dir", str(data_dir))
    code = watch_child(words, folder, control)
    if control.cancelled():
        raise ChildFailedError("Stopped; nothing was kept")
    if code == 0:
        return
    raise ChildFailedError(_sentence(folder))


def watch_child(words: Sequence[str], folder: Path, control: TaskControl) -> int:
    """Run a program until it ends, tell its steps, stop it when asked; return its exit code.

    Args:
        words: the program and its arguments.
        folder: for the files of its standard output and of what it complains of.
        control: where steps go, and who may ask to stop.

    Raises:
        ChildFailedError: the program cannot be started.
    """
    steps, said = folder / "steps.txt", folder / "said.txt"
    with steps.open("wb") as out, said.open("wb") as complaints:
        try:
            child = subprocess.Popen(  # noqa: S603  # our own program, no shell
                list(words),
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=complaints,
                env={**os.environ, "OMP_NUM_THREADS": "1"},
                creationflags=_FLAGS,
            )
        except OSError as fault:
            raise ChildFailedError(
                "Kasauti could not start its own program: install it again"
            ) from fault
    _give_way(child)
    with child, steps.open("r", encoding="utf-8") as told:
        _wait_for(child, told, control)
    code = child.returncode
    if code and not control.cancelled():
        _LOG.error("a child ended with %s: %s", code, _complaint(said))
    return code


def _give_way(child: "subprocess.Popen[bytes]") -> None:
    """Lower the child's priority; on Windows it was started with a lower one."""
    if sys.platform == "win32":
        return
    with suppress(OSError):  # it has just ended
        own = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, child.pid, min(own + _GIVES_WAY, _LOWEST))


def _wait_for(child: "subprocess.Popen[bytes]", told: TextIO, control: TaskControl) -> None:
    """Look ten times a second; both waiting and reading leave the window its time."""
    asked: float | None = None
    while child.poll() is None:
        with suppress(subprocess.TimeoutExpired):
            child.wait(_LOOK_S)
        _tell_steps(told, control)
        if control.cancelled() and asked is None:
            asked = monotonic()
            _ask_to_stop(child)
        if asked is not None and monotonic() - asked > _HEED_S:
            child.kill()
    _tell_steps(told, control)


def _ask_to_stop(child: "subprocess.Popen[bytes]") -> None:
    if child.stdin is not None:
        with suppress(OSError):  # it has just ended
            child.stdin.write(b"cancel\n")
            child.stdin.flush()


def _tell_steps(told: TextIO, control: TaskControl) -> None:
    """Hand on the lines written since the last look; half a line waits for its end."""
    while True:
        start = told.tell()
        line = told.readline()
        if not line.endswith("\n"):
            told.seek(start)
            return
        try:
            step = json.loads(line)
            control.progress(int(step["done"]), int(step["total"]))
        except (ValueError, KeyError, TypeError):
            continue  # the verb's own answer


def _sentence(folder: Path) -> str:
    """What the child left as its reason, else that it ended without one."""
    try:
        found = json.loads((folder / "error.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "The run ended early and gave no answer. The log has the details"
    return str(found["message"])


def _complaint(said: Path) -> str:
    try:
        words = said.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "nothing"
    return " / ".join(words[-_MOST_WORDS:].splitlines())
