"""Benchmarks of starting: the second run of run.py, the first paint, the memory at that moment."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench import ROOT, Measured, interleaved, milliseconds

PROBE = ROOT / "build" / "probe_first_paint.py"


def _probe(folder: str, *arguments: str) -> dict[str, float]:
    settings = {**os.environ, "KASAUTI_DATA_DIR": folder, "PYTHONDONTWRITEBYTECODE": ""}
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(PROBE), str(started), *arguments],
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-500:])
    answer = json.loads(done.stdout.splitlines()[-1])
    return {"ms": answer["ms"], "mb": answer["mb"]}


def _at_first_paint(figure: str, unit: str, runs: int) -> Measured:
    with tempfile.TemporaryDirectory(prefix="kv-bench-") as folder:
        ours, bare = interleaved(
            lambda: _probe(folder)[figure],
            lambda: _probe(folder, "--bare")[figure],
            runs,
        )
    return Measured(ours, bare, unit, "sign-in screen, offscreen; reference: a bare window")


def first_paint(runs: int) -> Measured:
    """From process start to the end of the first paintEvent."""
    return _at_first_paint("ms", "ms", runs)


def memory_at_first_paint(runs: int) -> Measured:
    """Resident memory at that moment."""
    return _at_first_paint("mb", "MB", runs)


def second_run(runs: int) -> Measured:
    """`build/run.py VERB` once everything is set up, with a main.py that does nothing."""
    with ExitStack() as stack:
        stub = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kv-bench-")))
        shutil.copytree(ROOT / "build", stub / "build")
        for lock in (stub / "build" / "locks").glob("*.txt"):
            lock.write_text("# nothing to install\n", encoding="utf-8")
        (stub / "main.py").write_text("", encoding="utf-8")
        command = [sys.executable, str(stub / "build" / "run.py"), "version"]
        subprocess.run(command, check=True, capture_output=True)
        ours, bare = interleaved(
            lambda: milliseconds(lambda: subprocess.run(command, check=True)),
            lambda: milliseconds(lambda: subprocess.run([sys.executable, "-c", ""], check=True)),
            runs,
        )
    return Measured(ours, bare, "ms", "stub main.py; reference: Python doing nothing")
