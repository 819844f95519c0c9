"""Heavy work in a child process: reads a job folder, writes its answer there, no database.

A job is job.json with a `kind` and its data files; result.json appears last, by renaming, so a
killed job leaves no answer. A failure is written as error.json with one sentence for people.
"""

import json
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from app.services.steps.progress import Cancelled, Progress, never, silent
from app.services.steps.stress_job import stress_job

Job = Callable[[Mapping[str, Any], Path], dict[str, Any]]
KINDS = ("train", "compare", "stress")


class JobFailedError(Exception):
    """The job could not be done.

    Attributes:
        sentence: what a person reads.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def run_job(
    folder: Path, progress: Progress = silent, cancelled: Cancelled = never
) -> dict[str, Any]:
    """Do the job of a folder and write result.json; return the same answer.

    Only a stress run tells how far it is and can be stopped between loans.

    Raises:
        JobFailedError: this edition cannot train, the job is unknown, or the data do not suffice.
        StoppedError: `cancelled` answered true; there is no answer then.
    """
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    work = _job_of(job["kind"], progress, cancelled)
    try:
        result = work(job, folder)
    except Exception as error:
        if type(error).__name__ in {"TooFewLabelsError", "ExportDiffersError"}:
            raise JobFailedError(str(error)) from error
        raise
    waiting = folder / "result.json.part"
    waiting.write_text(json.dumps(result, indent=1, allow_nan=False), encoding="utf-8")
    waiting.replace(folder / "result.json")
    return result


def _job_of(kind: str, progress: Progress, cancelled: Cancelled) -> Job:
    if kind not in KINDS:
        message = "This version of Kasauti does not know that job"
        raise JobFailedError(message)
    if kind == "stress":
        return partial(stress_job, progress=progress, cancelled=cancelled)
    try:
        # Heavy libraries, only in a job; and the oracle's reader only where a comparison runs.
        if kind == "compare":
            from ml.training.job_comparison import compare_job

            return compare_job
        from ml.training.job_training import train_job
    except ModuleNotFoundError as error:
        message = "This edition of Kasauti cannot train models. Use the full edition"
        raise JobFailedError(message) from error
    return train_job


def main(arguments: list[str], progress: Progress = silent, cancelled: Cancelled = never) -> int:
    """Do the job of the folder named; 0 when it was done, 1 with error.json otherwise.

    Raises:
        StoppedError: `cancelled` answered true.
    """
    folder = Path(arguments[0])
    try:
        run_job(folder, progress, cancelled)
    except JobFailedError as failure:
        answer = json.dumps({"message": failure.sentence})
        (folder / "error.json").write_text(answer, encoding="utf-8")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
