"""A job as a child: it tells each step, stops when asked, and dies with its parent."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.services.steps.stress_job import run_of
from tests.architecture.source_files import PROJECT
from tests.services.steps.test_stress_file import ROW
from tests.services.steps.test_stress_job import job_of

ENOUGH_S = 60


@pytest.fixture
def start(tmp_path: Path, shipped_desk_parts):
    """Start the child on a job of so many borrowers; it is killed at the end."""
    started = []

    def begun(borrowers: int) -> subprocess.Popen:
        rows = [ROW._replace(customer_id=f"c{number:06}") for number in range(borrowers)]
        folder = tmp_path / "job"
        folder.mkdir()
        job_of(folder, shipped_desk_parts[0], rows, {"all": 100_000})
        words = ["compute", str(folder), "--data-dir", str(tmp_path / "data")]
        child = subprocess.Popen(
            [sys.executable, str(PROJECT / "main.py"), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(child)
        return child

    yield begun
    for child in started:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout, child.stderr):
            pipe.close()


def test_it_tells_each_step_and_leaves_its_answer(start, tmp_path):
    child = start(1_200)
    steps = [json.loads(child.stdout.readline()) for _ in range(4)]
    assert steps[0] == {"done": 0, "total": 1200}
    assert steps[-1] == {"done": 1200, "total": 1200}
    assert child.wait(ENOUGH_S) == 0
    assert run_of(tmp_path / "job").loans == 1_200
    assert not (tmp_path / "job" / "result.json.part").exists()


def test_it_stops_when_asked_and_leaves_no_answer(start, tmp_path):
    child = start(200_000)
    child.stdout.readline()
    child.stdin.write("cancel\n")
    child.stdin.flush()
    assert child.wait(ENOUGH_S) == 130
    assert not (tmp_path / "job" / "result.json").exists()


def test_it_ends_when_its_parent_has_gone(start, tmp_path):
    child = start(200_000)
    child.stdout.readline()
    child.stdin.close()
    assert child.wait(ENOUGH_S) == 130
    assert not (tmp_path / "job" / "result.json").exists()
