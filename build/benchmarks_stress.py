"""Benchmarks of a stress run on 100,000 loans: its time, its memory, and the window meanwhile."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from bench import ROOT, Measured
from benchmark_books import crowded_book
from benchmark_crowd import BRANCH, OFFICER

LOANS = 100_000
CUSTOMERS_A_LOAN = 3  # of the crowd
DAY = date(2026, 9, 30)
# A borrower has an income, two loans of three some security, each loan a score.
_EMPLOYMENT = (
    "INSERT INTO employment (branch_id, customer_id, employment_type, employer_name, job_title, "
    "monthly_income_paise, income_source, experience_months) SELECT branch_id, customer_id, "
    "CASE WHEN number % 3 = 0 THEN 'Business' ELSE 'Salaried' END, '', '', "
    "3000000 + number % 97 * 100000, 'Salary', 60 FROM customers"
)
_COLLATERAL = (
    "INSERT INTO collateral (branch_id, collateral_id, application_id, position, collateral_type, "
    "value_paise, valuation_date, accepted_share_ppm, description, status) SELECT branch_id, "
    "application_id, application_id, 1, CASE WHEN number % 2 = 0 THEN 'Property' ELSE 'Gold' END, "
    "amount_paise, '2026-09-20', 800000, '', 'Offered' FROM applications WHERE number % 3 > 0"
)
_ASSESSMENTS = (
    "INSERT INTO assessments (branch_id, assessment_id, application_id, assessed_at, as_of, "
    "assessed_by, model_id, model_sha256, credit_score_hundredths, risk_probability, risk_level, "
    "band, recommendation, inputs_sha256, payload, rule_row_ids) SELECT branch_id, application_id, "
    "application_id, '2026-09-01 00:00:00', '2026-09-01', officer_id, 'RF', '', 60000, 0.4, "
    "CASE number % 3 WHEN 0 THEN 'Low' WHEN 1 THEN 'Medium' ELSE 'High' END, 'clear', 'Refer', "
    "'', '{}', '[]' FROM applications"
)
_TERMS = (
    "UPDATE applications SET assessment_id = application_id, rate_type = CASE WHEN number % 2 = 0 "
    "THEN 'Floating' ELSE 'Fixed' END"
)
_DATES = (
    "UPDATE loans SET disbursement_date = CASE WHEN number % 2 = 0 THEN '2024-01-01' ELSE "
    "'2026-01-01' END, first_due_date = '2026-02-05'"
)
_FILL = (_EMPLOYMENT, _COLLATERAL, _ASSESSMENTS, _TERMS, _DATES)
# Run as the window's child runs, then tell the most memory this very program ever held.
_PROBE = """
import sys
from app.bootstrap import main
code = main(["compute", sys.argv[1], "--data-dir", sys.argv[2], "--json"])
with open("/proc/self/status", encoding="ascii") as file:
    peak = next(line.split()[1] for line in file if line.startswith("VmHWM"))
sys.stderr.write(peak)
sys.exit(code)
"""


@dataclass(frozen=True)
class StandingClock:
    """The day of the book."""

    def today(self) -> date:
        """Its business day."""
        return DAY

    def now(self) -> datetime:
        """Noon of it."""
        return datetime(2026, 9, 30, 6, 30, tzinfo=UTC)


@contextmanager
def stressed_desk(folder: Path) -> Iterator[Any]:
    """An analyst at a SQLite book of a branch with 100,000 loans."""
    from app.book_ports import shipped_rulebook
    from app.services.steps.desk import Actor, Desk
    from db.security.key_store import FixedKeys
    from db.unit_of_work import open_unit_of_work
    from db.vocabulary.people import Role

    rulebook, keys = shipped_rulebook(), FixedKeys().keys()
    with crowded_book("sqlite", LOANS * CUSTOMERS_A_LOAN) as engine:
        with engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            for statement in _FILL:
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql("ANALYZE")
        person = Actor(
            UUID(int=OFFICER.int), "bench", "Bench", BRANCH, frozenset({Role.SUPERVISOR})
        )
        yield Desk(
            open_book=lambda: open_unit_of_work(engine, keys),
            clock=StandingClock(),
            rulebook=lambda: rulebook,
            model=lambda: None,  # type: ignore[arg-type,return-value]  # a run needs none
            data_dir=folder,
            actor=person,
        )


def stress_100000(runs: int) -> Measured:
    """A run from the first statement to its answer; the part of reading as the reference."""
    from app.services.run_stress_test import RunStress, prepare_stress, stress_answer
    from app.ui.tasks.child_process import compute_in_child
    from app.ui.tasks.task import TaskControl
    from db.vocabulary.operations import StressPreset

    ours, reading, loans, peak = [], [], 0, 0.0
    with tempfile.TemporaryDirectory(prefix="kv-bench-") as place:
        folder = Path(place)
        with stressed_desk(folder) as desk:
            for turn in range(max(runs, 1)):
                job = folder / str(turn)
                job.mkdir()
                start = time.perf_counter()
                prepare_stress(RunStress(StressPreset.COMBINED), desk, job)
                read = time.perf_counter()
                compute_in_child(job, folder, TaskControl(lambda _step: None))
                loans = stress_answer(job).loans
                ours.append((time.perf_counter() - start) * 1_000)
                reading.append((read - start) * 1_000)
                peak = peak or _peak_mb(job, folder)
    note = f"{loans:,} loans on SQLite; the child's peak {peak:.0f} MB; reference: reading"
    return Measured(ours, reading, "ms", note)


def _peak_mb(job: Path, folder: Path) -> float:
    """The most memory a child holds, in MB; a fork would be counted with its parent's."""
    with subprocess.Popen(
        [sys.executable, "-c", _PROBE, str(job), str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        while child.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                child.wait(1)
        said = child.stderr.read() if child.stderr else ""
    return int(said.split()[-1]) / 1_024


def gui_gap_stress(runs: int) -> Measured:
    """The longest pause of the window's loop while a run reads, computes and answers."""
    from benchmarks_window import IDLE_MS, TIMER_MS, GapWatch
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from app.services.run_stress_test import RunStress
    from app.ui.screens.monitor.stress_work import compute_run, prepare_run
    from app.ui.tasks.task import Lane, Task
    from app.ui.tasks.task_runner import TaskRunner
    from db.vocabulary.operations import StressPreset

    application = QApplication.instance() or QApplication([])
    watch, runner, ours, idle = GapWatch(), TaskRunner(), [], []

    def gap(task: Task) -> float:
        return watch.longest_ms(lambda: runner.submit(task, watch.finish, watch.finish))

    with tempfile.TemporaryDirectory(prefix="kv-bench-") as place:
        folder = Path(place)
        with stressed_desk(folder) as desk:
            wish = RunStress(StressPreset.COMBINED)
            job = folder / "jobs" / "stress"
            for _ in range(max(runs, 1)):
                read = gap(Task("Read", Lane.DATABASE, lambda c: prepare_run(wish, desk, c)))
                done = gap(Task("Compute", Lane.PROCESS, lambda c: compute_run(job, folder, c)))
                ours.append(max(read, done))
                idle.append(watch.longest_ms(lambda: QTimer.singleShot(IDLE_MS, watch.finish)))
    runner.shut_down()
    application.processEvents()
    return Measured(ours, idle, "ms", f"{TIMER_MS} ms timer, {LOANS:,} loans; reference: idle")


if __name__ == "__main__":
    sys.exit(f"This is a part of {ROOT / 'build' / 'bench.py'}")
