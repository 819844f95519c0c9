"""One background thread that works through its tasks in order.

Threads exist here and nowhere else. Answers leave through the signals of a `LaneMailbox`, which
lives in the window's thread, so Qt queues them across.
"""

import logging
import threading  # noqa: TID251  # the one place where threads are made
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex
from time import monotonic
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.services.steps.refusal import RefusalKind
from app.ui.tasks.task import Lane, Outcome, Progressed, Task, TaskControl, TaskFailed, TaskProgress
from db.records.refusals import BookBusy, BookDamaged, BookUnreachable

STEP_PAUSE_S = 0.05
_BOOK_FAULTS = (BookBusy, BookDamaged, BookUnreachable)
_LOG = logging.getLogger(__name__)
_PLAIN_FAULT = "{title} did not work, and nothing was changed. The log has the details."


class LaneMailbox(QObject):
    """Carries messages from a lane into the window's thread."""

    started = Signal(int)
    progressed = Signal(Progressed)
    finished = Signal(Outcome)


@dataclass(frozen=True, slots=True)
class Request:
    """A task on its way through a lane."""

    request_id: int
    task: Task
    control: TaskControl


class Stoppable(Protocol):
    """What a request runs inside (`db.running_work.StoppableWork`)."""

    def __enter__(self) -> object:
        """Begin, in the lane's thread."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End; no stop reaches what follows."""

    def stop(self) -> None:
        """Interrupt the statement that runs; may wait for a server."""


class NeverStopped:
    """Work of a lane that nothing can interrupt; it looks at its control instead."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End."""

    def stop(self) -> None:
        """Nothing to interrupt."""


class LaneThread:
    """A lane; its thread starts with the first request and ends with `stop`."""

    def __init__(
        self,
        lane: Lane,
        mailbox: LaneMailbox,
        initialiser: Callable[[], None] | None = None,
        make_stop: Callable[[], Stoppable] = NeverStopped,
    ) -> None:
        self._mailbox = mailbox
        self._initialiser = initialiser
        self._make_stop = make_stop
        self._running: tuple[int, Stoppable] | None = None
        self._stops: list[threading.Thread] = []
        self._waiting: deque[Request] = deque()
        self._wake = threading.Condition()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._name = f"kasauti-{lane}"

    def put(self, request: Request) -> None:
        """Queue a request; starts the thread if there is none yet."""
        with self._wake:
            self._waiting.append(request)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._wake.notify()

    def drop(self, request_id: int) -> bool:
        """Take a request back; False if it has begun."""
        with self._wake:
            for request in self._waiting:
                if request.request_id == request_id:
                    self._waiting.remove(request)
                    return True
        return False

    def interrupt(self, request_id: int) -> None:
        """Stop the statement of a request that has begun, in a thread of its own.

        Asking a server may take as long as the network does, and the window does not wait for it.
        """
        with self._wake:
            if self._running is None or self._running[0] != request_id:
                return
            stop = self._running[1].stop
            self._stops = [each for each in self._stops if each.is_alive()]
            thread = threading.Thread(target=stop, name=f"{self._name}-stop", daemon=True)
            self._stops.append(thread)
            thread.start()

    def wind_down(self) -> None:
        """Take nothing up any more but the writes that wait; waiting reads are dropped.

        The last draft is stored while the window closes, so it waits here for a moment.
        """
        with self._wake:
            self._stopping = True
            self._waiting = deque(each for each in self._waiting if each.task.writes)
            self._wake.notify()

    def stop(self, timeout_s: float) -> bool:
        """End after the running request and the writes that wait.

        Returns:
            True if the thread ended in time.
        """
        self.wind_down()
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        for thread in self._stops:
            thread.join(timeout_s)
        return not self._thread.is_alive()

    def _next(self) -> Request | None:
        with self._wake:
            while not self._waiting and not self._stopping:
                self._wake.wait()
            return self._waiting.popleft() if self._waiting else None

    def _run(self) -> None:
        while (request := self._next()) is not None:
            self._mailbox.started.emit(request.request_id)
            self._mailbox.finished.emit(self._stoppable_outcome(request))
            # The thread waits long between two requests: let go of what the last one held.
            del request

    def _stoppable_outcome(self, request: Request) -> Outcome:
        work = self._make_stop()
        with self._wake:
            self._running = (request.request_id, work)
        if request.control.cancelled():
            work.stop()  # it was cancelled before there was anything to interrupt
        try:
            with work:
                return self._outcome(request)
        finally:
            with self._wake:
                self._running = None

    def _outcome(self, request: Request) -> Outcome:
        try:
            if self._initialiser is not None:
                self._initialiser()
                self._initialiser = None
            answer = request.task.work(request.control)
        except Exception as fault:  # noqa: BLE001  # a crash in a job must not end the lane
            return Outcome(request.request_id, failure=failure_of(request, fault))
        return Outcome(request.request_id, answer)


def failure_of(request: Request, fault: Exception) -> TaskFailed:
    """Turn what went wrong into words; a known error keeps its own sentence.

    What the book itself refused gets a reference too: people quote it when they ask for help.
    """
    title = request.task.title
    sentence = getattr(fault, "sentence", "")
    if isinstance(fault, _BOOK_FAULTS):
        report_id = token_hex(4).upper()
        cause = type(fault.__cause__).__name__  # its words would hold the statement
        _LOG.warning("%s: %s from %s, report %s", title, type(fault).__name__, cause, report_id)
        offline = isinstance(fault, BookUnreachable)
        return TaskFailed(request.request_id, title, sentence, report_id, offline=offline)
    if sentence:
        fields = getattr(fault, "fields", None) or {}
        forbidden = getattr(fault, "kind", None) is RefusalKind.NOT_PERMITTED
        return TaskFailed(request.request_id, title, sentence, "", dict(fields), forbidden)
    report_id = token_hex(4).upper()
    _LOG.error("task failed: %s, report %s", title, report_id, exc_info=fault)
    return TaskFailed(request.request_id, title, _PLAIN_FAULT.format(title=title), report_id)


def make_control(mailbox: LaneMailbox, request_id: int) -> TaskControl:
    """Return a control whose progress reaches the window's thread.

    Steps that follow each other quickly are thinned out, so that no flood of them waits there; the
    last of a known number always arrives.
    """
    last = 0.0

    def report(progress: TaskProgress) -> None:
        nonlocal last
        now = monotonic()
        if now - last >= STEP_PAUSE_S or (progress.total and progress.done == progress.total):
            last = now
            mailbox.progressed.emit(Progressed(request_id, progress))

    return TaskControl(report)
