"""Benchmarks of letters: the first one, the next, a hundred, and what the window feels of them."""

import json
import subprocess
import sys
import time
from itertools import count
from typing import Any

from bench import ROOT, Measured, milliseconds
from benchmark_letters import letter_desk, letters
from benchmarks_desk import sample_folder
from benchmarks_window import IDLE_MS, TIMER_MS, GapWatch
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.services.issue_documents import make_document, make_documents
from app.services.steps.progress import StoppedError
from app.ui.tasks.task import Lane, Task
from app.ui.tasks.task_runner import TaskRunner

MANY = 100
# Ordinary papers of an approval, in both languages.
KINDS = ("kfs", "sanction", "schedule", "file-note")
PROBE = ROOT / "build" / "probe_first_letter.py"


def kfs_cold(runs: int) -> Measured:
    """The first Key Facts Statement of a fresh process whose desk is open."""
    command = [sys.executable, str(PROBE), str(sample_folder())]

    def first() -> float:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr[-500:])
        return float(json.loads(done.stdout.splitlines()[-1])["ms"])

    first()
    return Measured([first() for _ in range(runs)], [], "ms", "made and stored, fresh process")


def kfs_warm(runs: int) -> Measured:
    """The next Key Facts Statements of a process, each of another application."""
    with letter_desk(sample_folder()) as desk:
        first, *others = letters(desk, runs + 1)
        make_document(first, desk)
        before = time.process_time()
        ours = [milliseconds(lambda each=each: make_document(each, desk)) for each in others]
        work = (time.process_time() - before) * 1000.0 / runs
    return Measured(ours, [], "ms", f"made and stored; {work:.0f} ms of processor time each")


def letters_100(runs: int) -> Measured:
    """A hundred letters of four kinds in two languages; a cancel is answered between two."""
    ours, answered, work = [], [], []
    for _ in range(runs):
        with letter_desk(sample_folder()) as desk:
            wanted = letters(desk, MANY, KINDS)
            before = time.process_time()
            ours.append(milliseconds(lambda wanted=wanted, desk=desk: make_documents(wanted, desk)))
            work.append((time.process_time() - before) * 1000.0)
        with letter_desk(sample_folder()) as desk:
            answered.append(_cancel_ms(desk, letters(desk, MANY, KINDS)))
    note = (
        f"{min(work):.0f} ms of processor time; cancel answered in {max(answered):.0f} ms or less"
    )
    return Measured(ours, [], "ms", note)


def _cancel_ms(desk: Any, wanted: list[Any]) -> float:  # noqa: ANN401 - a Desk and its requests
    """Ask to stop while the tenth letter is being made; return how long the answer takes."""
    asked: list[float] = []
    looks = count()

    def stop() -> bool:
        """Answer no nine times; the wish comes right after the ninth look."""
        if next(looks) < MANY // 10:
            asked[:] = [time.perf_counter()]
            return False
        return True

    try:
        make_documents(wanted, desk, cancelled=stop)
    except StoppedError:
        return (time.perf_counter() - asked[0]) * 1000.0
    raise RuntimeError


def gui_gap_letters(runs: int) -> Measured:
    """The longest pause of the window's loop while a hundred letters are made on a lane."""
    application = QApplication.instance() or QApplication([])
    watch, runner, ours, idle = GapWatch(), TaskRunner(), [], []
    with letter_desk(sample_folder()) as desk:
        all_wanted = letters(desk, MANY * (runs + 1), KINDS)
        for turn in range(runs + 1):
            wanted = all_wanted[turn * MANY : (turn + 1) * MANY]
            work = Task(
                "Letters",
                Lane.COMPUTE,
                lambda control, wanted=wanted: make_documents(
                    wanted, desk, control.progress, control.cancelled
                ),
            )
            gap = watch.longest_ms(
                lambda work=work: runner.submit(work, watch.finish, watch.finish)
            )
            rest = watch.longest_ms(lambda: QTimer.singleShot(IDLE_MS, watch.finish))
            if turn:  # the first loads fonts, typesetter and figures
                ours.append(gap)
                idle.append(rest)
    runner.shut_down()
    application.processEvents()
    return Measured(ours, idle, "ms", f"{TIMER_MS} ms timer, {MANY} letters; reference: idle")


if __name__ == "__main__":
    sys.exit("This is a part of build/bench.py")
