"""Our own program as a child: started, watched and stopped from the lane for processes.

Source: desktop.md 3. Input and answer are files in the job's folder; the child says each step on
its standard output, one JSON line, and what it complains of goes to the log. A stop is asked for
through its standard input; a child that does not heed it for two seconds is killed. If the window
dies, the child's input ends and so does the child.
"""

import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QProcess, QProcessEnvironment

from app.resource_files import ROOT
from app.ui.tasks.task import TaskControl

_LOOK_MS = 100
_HEED_S = 2.0
_START_MS = 10_000
_MOST_WORDS = 2_000
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
    code = watch_child(words, folder / "said.txt", control)
    if control.cancelled():
        raise ChildFailedError("Stopped; nothing was kept")
    if code == 0:
        return
    raise ChildFailedError(_sentence(folder))


def watch_child(words: Sequence[str], said: Path, control: TaskControl) -> int:
    """Run a program until it ends, tell its steps, stop it when asked; return its exit code.

    Args:
        words: the program and its arguments.
        said: file for what it complains of.
        control: where steps go, and who may ask to stop.
    """
    child = QProcess()
    child.setProgram(words[0])
    child.setArguments(list(words[1:]))
    child.setStandardErrorFile(str(said))
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("OMP_NUM_THREADS", "1")
    child.setProcessEnvironment(environment)
    child.start()
    if not child.waitForStarted(_START_MS):
        raise ChildFailedError("Kasauti could not start its own program: install it again")
    asked: float | None = None
    while child.state() is not QProcess.ProcessState.NotRunning:
        child.waitForReadyRead(_LOOK_MS)
        _tell_steps(child, control)
        if control.cancelled() and asked is None:
            asked = monotonic()
            child.write(b"cancel\n")
        if asked is not None and monotonic() - asked > _HEED_S:
            child.kill()
            child.waitForFinished()
    _tell_steps(child, control)
    if child.exitStatus() is QProcess.ExitStatus.NormalExit and child.exitCode() == 0:
        return 0
    if asked is None:
        _LOG.error("a child ended with %s: %s", child.exitCode(), _complaint(said))
    return child.exitCode() or 1


def _tell_steps(child: QProcess, control: TaskControl) -> None:
    while child.canReadLine():
        line = bytes(child.readLine().data())
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
