"""Heavy work in a child process: reads a job folder, writes its answer there, no database.

A job is job.json with a `kind` and its data files; result.json appears last, by renaming, so a
killed job leaves no answer. A failure is written as error.json with one sentence for people.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Job = Callable[[Mapping[str, Any], Path], dict[str, Any]]
KINDS = ("train", "compare")


class JobFailedError(Exception):
    """The job could not be done.

    Attributes:
        sentence: what a person reads.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def run_job(folder: Path) -> dict[str, Any]:
    """Do the job of a folder and write result.json; return the same answer.

    Raises:
        JobFailedError: this edition cannot train, the job is unknown, or the data do not suffice.
    """
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    work = _job_of(job["kind"])
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


def _job_of(kind: str) -> Job:
    if kind not in KINDS:
        message = "This version of Kasauti does not know that job"
        raise JobFailedError(message)
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


def main(arguments: list[str]) -> int:
    """Do the job of the folder named; 0 when it was done, 1 with error.json otherwise."""
    folder = Path(arguments[0])
    try:
        run_job(folder)
    except JobFailedError as failure:
        answer = json.dumps({"message": failure.sentence})
        (folder / "error.json").write_text(answer, encoding="utf-8")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
