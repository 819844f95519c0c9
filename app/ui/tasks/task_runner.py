"""The one way to background work: submit a task, receive one answer in the window's thread.

Contract (desktop.md 3, screens.md A6): latest wins per key for reads, writes are never dropped,
late answers are thrown away by request id, a receiver that has died is skipped.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.tasks.job_book import Entry, JobBook
from app.ui.tasks.lane import LaneMailbox, NeverStopped, Request, Stoppable, make_control
from app.ui.tasks.lanes import Lanes
from app.ui.tasks.receivers import Receiver, ReceiverError, deliver, receiver_of
from app.ui.tasks.task import (
    OPEN_STATES,
    Job,
    JobState,
    Lane,
    Outcome,
    Progressed,
    Task,
    TaskProgress,
)
from app.ui.tasks.window_collector import WindowCollector

__all__ = ["ReceiverError", "RunnerStoppedError", "TaskHandle", "TaskRunner"]

STOP_TIMEOUT_S = 5.0
_AGE_MS = 1000


class RunnerStoppedError(RuntimeError):
    """A task was submitted after the runner had shut down."""


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


class TaskRunner(QObject):
    """Runs tasks on lanes and hands answers back.

    Signals:
        jobs_changed: a job came, went or moved on; also once a second while one runs.
        long_job_ended: carries a Job, not a quiet one, that took 30 seconds or more.
    """

    jobs_changed = Signal()
    long_job_ended = Signal(Job)

    def __init__(
        self,
        parent: QObject | None = None,
        initialisers: Mapping[Lane, Callable[[], None]] | None = None,
        make_stop: Callable[[], Stoppable] = NeverStopped,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._book = JobBook(clock)
        self._entries = self._book.entries
        self._latest: dict[str, int] = {}
        self._stopped = False
        self._mailbox = LaneMailbox(self)
        self._mailbox.started.connect(self._started)
        self._mailbox.progressed.connect(self._progressed)
        self._mailbox.finished.connect(self._finished)
        self._lanes = Lanes(self._mailbox, initialisers or {}, make_stop)
        self._collector = WindowCollector(self, self.active)
        self._ages = QTimer(self)
        self._ages.setSingleShot(True)
        self._ages.setInterval(_AGE_MS)
        self._ages.timeout.connect(self._grow_older)

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
        self._collector.start()
        receivers = (receiver_of(on_done), receiver_of(on_failed), receiver_of(on_progress))
        number = next(self._numbers)
        control = make_control(self._mailbox, number)
        job = Job(
            number, task.title, JobState.WAITING, TaskProgress(0, 0), task.owner, writes=task.writes
        )
        self._replace_older(task.key, number)
        self._entries[number] = Entry(job, task, control, *receivers, self._book.now())
        self._lanes.start(Request(number, task, control))
        if not self._ages.isActive():
            self._ages.start()
        self.jobs_changed.emit()
        return TaskHandle(number, self)

    def hold(self) -> None:
        """Keep tasks back until `release`: the window paints before a lane loads its parts."""
        self._lanes.hold()

    def release(self) -> None:
        """Start what was kept back; called again, it does nothing."""
        self._lanes.release(self.is_open)

    def jobs(self) -> tuple[Job, ...]:
        """The jobs people see: open ones and the last twenty that ended, oldest first.

        A quiet read is one of them once it takes longer than a second, and when it fails.
        """
        return self._book.shown()

    def active(self) -> bool:
        """Say whether any job runs or waits, quiet ones too."""
        return self._book.any_open()

    def writing(self, *, shown: bool = False) -> tuple[str, ...]:
        """Titles of open jobs that write; with `shown` those that people know of, so no draft."""
        return self._book.titles(self._book.writing_shown() if shown else self._book.writing())

    def stop_writing(self) -> None:
        """Cancel every job that writes: the person chose to stop them and close. Drafts go on."""
        for number in self._book.writing_shown():
            self.cancel(number)

    def forget_receivers(self) -> None:
        """The person leaves: reads stop, writes end unheard, and no answer reaches the next one."""
        for number in self._book.forget_receivers():
            self.cancel(number)

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
        if self._lanes.cancel(entry.task.lane, request_id):
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
        self._ages.stop()
        self._lanes.wind_down()
        for number, entry in self._entries.items():
            entry.control.cancel()
            entry.wanted = False
            if not entry.task.writes:
                self._lanes.interrupt(entry.task.lane, number)
        ended = self._lanes.stop(timeout_s)
        self._book.stand_stopped(ended)
        if all_ended := len(ended) == len(Lane):
            self._collector.stop()
        return all_ended

    def _replace_older(self, key: str | None, number: int) -> None:
        if key is None:
            return
        older, self._latest[key] = self._latest.get(key), number
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
        self._close(entry, _end_of(entry, outcome), outcome)
        self.jobs_changed.emit()
        if not wanted:
            return
        if outcome.failure is not None:
            deliver(entry.on_failed, outcome.failure)
        else:
            deliver(entry.on_done, outcome.answer)

    def _grow_older(self) -> None:
        """A job may have become old enough to be shown, or to be stopped."""
        if self.active():
            self._ages.start()
        self.jobs_changed.emit()

    def _close(self, entry: Entry, state: JobState, outcome: Outcome | None = None) -> None:
        if entry.task.key and self._latest.get(entry.task.key) == entry.job.request_id:
            del self._latest[entry.task.key]
        self._book.close(entry, state, outcome)
        loud = not entry.task.quiet and state is not JobState.STOPPED
        if loud and self._book.took_long(entry):
            self.long_job_ended.emit(self._book.with_age(entry))


def _end_of(entry: Entry, outcome: Outcome) -> JobState:
    if outcome.failure is None:
        return JobState.DONE if entry.wanted else JobState.STOPPED
    return JobState.STOPPED if entry.control.cancelled() else JobState.FAILED
