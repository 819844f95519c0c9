"""What a stress run does on the lanes: write the job's folder, compute it in a child, clear up."""

import shutil
from pathlib import Path

from app.services.run_stress_test import RunStress, StressPrepared, prepare_stress, stress_answer
from app.services.steps.desk import Desk
from app.services.steps.stress_figures import StressRun
from app.ui.tasks.child_process import compute_in_child
from app.ui.tasks.task import TaskControl

_PRIVATE = 0o700  # incomes and dues stand in the files


def prepare_run(request: RunStress, desk: Desk, control: TaskControl) -> StressPrepared:
    """Write the loans of a run (database lane). A folder that a crash left is cleared first."""
    folder = desk.data_dir / "jobs" / "stress"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=_PRIVATE)
    try:
        return prepare_stress(request, desk, folder, control.progress, control.cancelled)
    except Exception:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def compute_run(folder: Path, data_dir: Path, control: TaskControl) -> StressRun:
    """Compute a run in a child and read its answer (process lane); the folder goes."""
    try:
        compute_in_child(folder, data_dir, control)
        return stress_answer(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
