"""A child of the window: its steps, its answer, its complaint, and how it is stopped."""

import os
import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from app.ui.tasks.child_process import (
    ChildFailedError,
    compute_in_child,
    own_program,
    watch_child,
)
from app.ui.tasks.task import Lane, Task, TaskControl, TaskFailed, TaskProgress
from app.ui.tasks.task_runner import TaskRunner

DEAF = 'import sys\nprint(\'{"done": 1, "total": 2}\', flush=True)\nwhile True: pass\n'
LISTENS = """
import sys
print('{"done": 1, "total": 3}', flush=True)
print('no step', flush=True)
assert sys.stdin.readline() == 'cancel\\n'
sys.exit(130)
"""


class Ears(QObject):
    """Hears a task."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.failures: list[TaskFailed] = []
        self.steps: list[TaskProgress] = []

    def done(self, answer: object) -> None:
        self.answers.append(answer)

    def failed(self, failure: TaskFailed) -> None:
        self.failures.append(failure)

    def progressed(self, step: TaskProgress) -> None:
        self.steps.append(step)


@pytest.fixture
def steps() -> list[TaskProgress]:
    return []


@pytest.fixture
def control(steps) -> TaskControl:
    return TaskControl(steps.append)


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_the_steps_of_a_child_are_told(control, steps, tmp_path):
    code = "print('{\"done\": 4, \"total\": 9}')\nprint('an answer')\nprint('[1]')"
    assert watch_child(python(code), tmp_path, control) == 0
    assert steps == [TaskProgress(4, 9)]


@pytest.mark.skipif(sys.platform == "win32", reason="niceness is POSIX; Windows has classes")
def test_a_child_gives_way_to_the_window(control, tmp_path):
    code = "import os, sys\nsys.stdin.readline()\nprint(os.nice(0), file=sys.stderr)"
    asked = TaskControl(lambda _step: None)
    asked.cancel()  # it waits until it is told to stop, which is after its priority was set
    watch_child(python(code), tmp_path, asked)
    nice = int((tmp_path / "said.txt").read_text(encoding="utf-8"))
    assert nice == min(os.nice(0) + 10, 19)


def test_what_it_complains_of_goes_to_the_log(control, tmp_path, caplog):
    code = "import sys\nsys.stderr.write('out of paper')\nsys.exit(3)"
    assert watch_child(python(code), tmp_path, control) == 3
    assert "out of paper" in caplog.text


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_a_child_that_was_killed_has_failed(control, tmp_path, caplog):
    code = f"import os\nos.kill(os.getpid(), {int(signal.SIGKILL)})"
    assert watch_child(python(code), tmp_path, control) != 0
    assert "a child ended" in caplog.text


def test_a_program_that_is_not_there_is_told(control, tmp_path):
    with pytest.raises(ChildFailedError, match="could not start"):
        watch_child((str(tmp_path / "nothing"),), tmp_path, control)


def test_a_child_is_asked_to_stop_through_the_runner(runner: TaskRunner, qtbot, tmp_path):
    ears = Ears()
    ended: list[int] = []

    def work(control: TaskControl) -> None:
        ended.append(watch_child(python(LISTENS), tmp_path, control))

    handle = runner.submit(
        Task("Computing", Lane.PROCESS, work), ears.done, ears.failed, ears.progressed
    )
    qtbot.waitUntil(lambda: ears.steps != [])
    handle.cancel()
    qtbot.waitUntil(lambda: ended != [], timeout=10_000)
    assert ended == [130]
    assert (ears.answers, ears.failures) == ([], [])


def test_a_child_that_does_not_heed_is_killed(runner: TaskRunner, qtbot, tmp_path):
    ears = Ears()
    ended: list[int] = []

    def work(control: TaskControl) -> None:
        ended.append(watch_child(python(DEAF), tmp_path, control))

    handle = runner.submit(
        Task("Computing", Lane.PROCESS, work), ears.done, ears.failed, ears.progressed
    )
    qtbot.waitUntil(lambda: ears.steps != [])
    handle.cancel()
    qtbot.waitUntil(lambda: ended != [], timeout=20_000)
    assert ended[0] != 0


def test_a_window_that_closes_stops_its_child(qtbot, tmp_path):
    runner, ended = TaskRunner(), []

    def work(control: TaskControl) -> None:
        ended.append(watch_child(python(LISTENS), tmp_path, control))

    ears = Ears()
    runner.submit(Task("Computing", Lane.PROCESS, work), ears.done, None, ears.progressed)
    qtbot.waitUntil(lambda: ears.steps != [])
    assert runner.shut_down()
    assert ended == [130]


def test_a_job_that_fails_says_why(control, tmp_path):
    folder = tmp_path / "job"
    folder.mkdir()
    (folder / "job.json").write_text('{"kind": "bake"}')
    with pytest.raises(ChildFailedError) as failed:
        compute_in_child(folder, tmp_path / "data", control)
    assert failed.value.sentence == "This version of Kasauti does not know that job"
    (folder / "job.json").unlink()
    (folder / "error.json").unlink()
    with pytest.raises(ChildFailedError, match="The log has the details"):
        compute_in_child(folder, tmp_path / "data", control)
    control.cancel()
    with pytest.raises(ChildFailedError, match="Stopped"):
        compute_in_child(folder, tmp_path / "data", control)


def test_the_bundle_starts_its_console_program(monkeypatch):
    assert own_program()[-1].endswith("main.py")
    assert Path(own_program()[-1]).is_file()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/kasauti/kasauti")
    assert own_program() == ("/opt/kasauti/kasauti-cli",)
