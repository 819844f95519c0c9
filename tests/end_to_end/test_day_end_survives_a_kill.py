"""A power cut while days are closed: every day is closed wholly or not at all.

A real process closes a month of days and is killed at some moment; the book is looked at, and the
run that follows ends where one that was never broken off ends.
"""

import random
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.book_ports import BookPorts
from db.tables.loans import loans
from ml.sample.book_presets import SANDBOX_DAY
from tests.conftest import PROJECT

BRANCH = 412
UNTIL = SANDBOX_DAY + timedelta(days=31)
CLOSE = ("day-end", "--date", UNTIL.isoformat(), "--as-of", UNTIL.isoformat(), "--as", "checker1")
START_S, WORK_S = 1.0, 1.6  # most of them while days are closed


def command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, str(PROJECT / "main.py"), *words, "--data-dir", str(folder), "--json"]


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    made = command(folder, "sample-data", "--customers", "40", "--applications", "60")
    subprocess.run(made, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def unbroken(template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unbroken") / "desk"
    shutil.copytree(template, folder)
    subprocess.run(command(folder, *CLOSE), check=True, capture_output=True)
    return standing(folder)


def standing(folder: Path):
    """Loans as they stand, the last closed day; the book must be whole."""
    [file] = folder.glob("*.sqlite3")
    with BookPorts(f"sqlite:///{file}", folder, folder).open_book().for_reading() as book:
        assert book.cells.differences(BRANCH) == 0
        last = book.day_ends.last_closed(BRANCH)
        rows = book._connection.execute(select(loans).order_by(loans.c.number)).mappings().all()
        for row in rows:
            entries = book.loans.npa_entries(BRANCH, row["loan_id"])
            newest = max(
                entries, key=lambda e: (e.business_date, e.recorded_at, e.entry_id), default=None
            )
            assert newest is None or newest.asset_class is row["asset_class"]
            days = [(e.business_date, e.asset_class) for e in entries]
            assert len(days) == len(set(days))  # nothing is entered twice
        kept = ("number", "asset_class", "dpd_bucket", "provision_paise", "npa_since", "status")
        return last, [tuple(row[name] for name in kept) for row in rows]


def killed(template: Path, folder: Path, after_s: float) -> None:
    shutil.copytree(template, folder)
    process = subprocess.Popen(
        command(folder, *CLOSE), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        process.kill()
    process.wait()


def check_a_kill(template: Path, folder: Path, after_s: float, unbroken) -> int:
    killed(template, folder, after_s)
    last, _ = standing(folder)
    subprocess.run(command(folder, *CLOSE), check=True, capture_output=True)
    assert standing(folder) == unbroken
    return (last - SANDBOX_DAY).days


@pytest.mark.parametrize("after_s", [1.6, 2.4])
def test_a_killed_run_leaves_whole_days_and_is_taken_up(template, unbroken, tmp_path, after_s):
    check_a_kill(template, tmp_path / "desk", after_s, unbroken)


@pytest.mark.long
def test_two_hundred_kills_at_random_moments(template, unbroken, tmp_path):
    rng = random.Random(20261126)  # noqa: S311  # moments, no secret
    closed = [
        check_a_kill(template, tmp_path / str(n), START_S + rng.random() * WORK_S, unbroken)
        for n in range(200)
    ]
    assert len({days for days in closed if 0 < days < 31}) > 5, "hardly a run was broken off"
