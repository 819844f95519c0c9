"""The one way to background work: submit a task, receive one answer in the window's thread.

Contract (desktop.md 3, screens.md A6): latest wins per key for reads, writes are never dropped,
late answers are thrown away by request id, a receiver that has died is skipped.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from types import MethodType
from typing import Any
from weakref import WeakMethod

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.ui.tasks.lane import LaneMailbox, LaneThread, Request, make_control
from app.ui.tasks.task import (
    OPEN_STATES,
    Job,
    JobState,
    Lane,
    Outcome,
    Progressed,
    Task,
    TaskControl,
    TaskProgress,
)

Receiver = Callable[[Any], None]
KEPT_JOBS = 20
STOP_TIMEOUT_S = 5.0


class ReceiverError(TypeError):
    """An answer may only go to a method of a QObject that lives in the window's thread.

    A lambda or a method of another object would run in the lane's thread.
    """


class RunnerStoppedError(RuntimeError):
    """A task was submitted after the runner had shut down."""


@dataclass(slots=True)
class _Entry:
    """A job with what the runner needs to end it."""

    job: Job
    task: Task
    control: TaskControl
    on_done: "WeakMethod[Any] | None"
    on_failed: "WeakMethod[Any] | None"
    on_progress: "WeakMethod[Any] | None"
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class TaskHandle:
    """Stands for a submitted task."""

    request_id: int
    runner: "TaskRunner"

    def cancel(self) -> None:
        """Ask it to stop. A read's answer is dropped, a write's answer still comes."""
        self.runner.cancel(self.request_id)

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self.runner.is_open(self.request_id)


def receiver_of(method: Receiver | None) -> "WeakMethod[Any] | None":
    """Check a receiver and hold it weakly.

    Raises:
        ReceiverError: it is not a bound method of a QObject of the window's thread.
    """
    if method is None:
        return None
    owner = method.__self__ if isinstance(method, MethodType) else None
    app = QCoreApplication.instance()
    if not isinstance(owner, QObject) or app is None or owner.thread() is not app.thread():
        message = f"not a method of a QObject of the window's thread: {method!r}"
        raise ReceiverError(message)
    return WeakMethod(method)


def deliver(receiver: "WeakMethod[Any] | None", message: object) -> None:
    """Call a receiver if it still lives, on the Python and on the Qt side."""
    method = receiver() if receiver is not None else None
    if method is not None and shiboken6.isValid(method.__self__):
        method(message)


class TaskRunner(QObject):
    """Runs tasks on lanes and hands answers back."""

    jobs_changed = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        initialisers: Mapping[Lane, Callable[[], None]] | None = None,
    ) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._entries: dict[int, _Entry] = {}
        self._latest: dict[str, int] = {}
        self._stopped = False
        self._held: list[Request] | None = None
        self._mailbox = LaneMailbox(self)
        self._mailbox.started.connect(self._started)
        self._mailbox.progressed.connect(self._progressed)
        self._mailbox.finished.connect(self._finished)
        first = initialisers or {}
        self._lanes = {lane: LaneThread(lane, self._mailbox, first.get(lane)) for lane in Lane}

    def submit(
        self,
        task: Task,
        on_done: Receiver | None,
        on_failed: Receiver | None = None,
        on_progress: Receiver | None = None,
    ) -> TaskHandle:
        """Start a task.

        Args:
            task: what to do.
            on_done: receives the answer.
            on_failed: receives a `TaskFailed`.
            on_progress: receives each `TaskProgress`.

        Raises:
            ReceiverError: a receiver is not a method of a QObject of the window's thread.
            RunnerStoppedError: the program is closing.
        """
        if self._stopped:
            raise RunnerStoppedError(task.title)
        receivers = (receiver_of(on_done), receiver_of(on_failed), receiver_of(on_progress))
        number = next(self._numbers)
        control = make_control(self._mailbox, number)
        job = Job(
            number, task.title, JobState.WAITING, TaskProgress(0, 0), task.owner, writes=task.writes
        )
        self._replace_older(task.key, number)
        self._entries[number] = _Entry(job, task, control, *receivers)
        self._start(Request(number, task, control))
        self.jobs_changed.emit()
        return TaskHandle(number, self)

    def hold(self) -> None:
        """Keep tasks back until `release`: the window paints before a lane loads its parts."""
        self._held = []

    def release(self) -> None:
        """Start what was kept back; called again, it does nothing."""
        held, self._held = self._held or [], None
        for request in held:
            if self.is_open(request.request_id):
                self._start(request)

    def jobs(self) -> tuple[Job, ...]:
        """Every job that runs or waits and the last ones that ended, oldest first."""
        return tuple(
            e.job
            for e in self._entries.values()
            if not e.task.quiet or e.job.state is JobState.FAILED
        )

    def busy(self) -> int:
        """Count the jobs shown to people that run or wait."""
        return sum(job.state in OPEN_STATES for job in self.jobs())

    def active(self) -> bool:
        """Say whether any job runs or waits, quiet ones too."""
        return any(e.job.state in OPEN_STATES for e in self._entries.values())

    def writing(self) -> bool:
        """Say whether a job that writes runs or waits; quiet ones count too."""
        return any(e.task.writes and e.job.state in OPEN_STATES for e in self._entries.values())

    def is_open(self, request_id: int) -> bool:
        """Say whether an answer to this request is still to come."""
        entry = self._entries.get(request_id)
        return entry is not None and entry.wanted and entry.job.state in OPEN_STATES

    def cancel(self, request_id: int) -> None:
        """Ask a job to stop; one that has not begun never begins."""
        entry = self._entries.get(request_id)
        if entry is None or entry.job.state not in OPEN_STATES:
            return
        entry.control.cancel()
        entry.wanted = entry.task.writes
        if self._held is not None or self._lanes[entry.task.lane].drop(request_id):
            self._close(entry, JobState.STOPPED)
        else:
            entry.job = replace(entry.job, state=JobState.STOPPING)
        self.jobs_changed.emit()

    def retry(self, request_id: int) -> TaskHandle | None:
        """Run a failed job again for the same receivers; None if it did not fail."""
        entry = self._entries.get(request_id)
        if entry is None or entry.job.state is not JobState.FAILED:
            return None
        del self._entries[request_id]
        receivers = (entry.on_done, entry.on_failed, entry.on_progress)
        methods = [r() if r is not None else None for r in receivers]
        return self.submit(entry.task, *methods)

    def shut_down(self, timeout_s: float = STOP_TIMEOUT_S) -> bool:
        """Stop everything and join the lanes; True if every thread ended in time.

        No answer comes any more, so what was open on a lane that has ended stands as stopped.
        """
        self._stopped = True
        for entry in self._entries.values():
            entry.control.cancel()
            entry.wanted = False
        ended = {name: lane.stop(timeout_s) for name, lane in self._lanes.items()}
        for entry in self._entries.values():
            if entry.job.state in OPEN_STATES and ended[entry.task.lane]:
                entry.job = replace(entry.job, state=JobState.STOPPED)
        return all(ended.values())

    def _start(self, request: Request) -> None:
        if self._held is None:
            self._lanes[request.task.lane].put(request)
        else:
            self._held.append(request)

    def _replace_older(self, key: str | None, number: int) -> None:
        if key is None:
            return
        older = self._latest.get(key)
        self._latest[key] = number
        if older is not None:
            self.cancel(older)

    def _started(self, number: int) -> None:
        entry = self._entries.get(number)
        if entry is not None and entry.job.state is JobState.WAITING:
            entry.job = replace(entry.job, state=JobState.RUNNING)
            self.jobs_changed.emit()

    def _progressed(self, step: Progressed) -> None:
        entry = self._entries.get(step.request_id)
        if entry is None:
            return
        entry.job = replace(entry.job, progress=step.progress)
        if entry.wanted:
            deliver(entry.on_progress, step.progress)
        self.jobs_changed.emit()

    def _finished(self, outcome: Outcome) -> None:
        entry = self._entries.get(outcome.request_id)
        if entry is None or self._stopped:
            return
        wanted = entry.wanted
        self._close(entry, self._end_of(entry, outcome), outcome)
        self.jobs_changed.emit()
        if not wanted:
            return
        if outcome.failure is not None:
            deliver(entry.on_failed, outcome.failure)
        else:
            deliver(entry.on_done, outcome.answer)

    @staticmethod
    def _end_of(entry: _Entry, outcome: Outcome) -> JobState:
        if not entry.wanted:
            return JobState.STOPPED
        return JobState.DONE if outcome.failure is None else JobState.FAILED

    def _close(self, entry: _Entry, state: JobState, outcome: Outcome | None = None) -> None:
        failure = outcome.failure if outcome and state is JobState.FAILED else None
        entry.job = replace(
            entry.job,
            state=state,
            sentence=failure.sentence if failure else "",
            report_id=failure.report_id if failure else "",
        )
        if entry.task.key and self._latest.get(entry.task.key) == entry.job.request_id:
            del self._latest[entry.task.key]
        self._forget()

    def _forget(self) -> None:
        ended = [n for n, e in self._entries.items() if e.job.state not in OPEN_STATES]
        for number in ended[:-KEPT_JOBS]:
            del self._entries[number]
