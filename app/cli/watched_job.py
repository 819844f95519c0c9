"""The verb `compute FOLDER`: a job as a child of the window, which watches it and may stop it.

Source: desktop.md 3. Standard output gets one JSON line a step. The window writes `cancel` to
standard input to stop the job; when that input ends, the window has gone, and so does the child.
"""

import argparse
import os
import sys
import threading  # noqa: TID251  # a child listens to its window beside its work

from app.cli.verb import Access, Answered, Verb
from app.services.steps.desk import Desk
from app.services.steps.progress import StoppedError

STOPPED = 130
_LESS_URGENT = 10
_BLOCK = 64


class Parent:
    """The window that started this child, heard through standard input."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        threading.Thread(target=self._listen, name="kasauti-parent", daemon=True).start()

    def wants_stop(self) -> bool:
        """Whether it asked to stop."""
        return self._stop.is_set()

    def _listen(self) -> None:
        # Read below Python's buffers: a thread that waits in them would spoil the way out.
        while words := os.read(0, _BLOCK):
            if b"cancel" in words:
                self._stop.set()
        os._exit(STOPPED)  # nobody is left to read the answer


def run_compute(arguments: argparse.Namespace, _desk: Desk) -> Answered:
    """Do the job of a folder and tell each step."""
    from app.cli import compute_jobs  # heavy libraries, only when a job runs

    if hasattr(os, "nice"):
        os.nice(_LESS_URGENT)
    parent = Parent()
    try:
        code = compute_jobs.main([arguments.folder], _tell, parent.wants_stop)
    except StoppedError:
        code = STOPPED
    return Answered({"folder": arguments.folder, "exit_code": code}, code)


def _tell(done: int, total: int) -> None:
    sys.stdout.write(f'{{"done": {done}, "total": {total}}}\n')
    sys.stdout.flush()


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", help="folder of a job that the window prepared")


VERBS = (Verb("compute", "do a job for the window", _arguments, run_compute, Access.NO_BOOK),)
