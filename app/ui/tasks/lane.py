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

from PySide6.QtCore import QObject, Signal

from app.ui.tasks.task import Lane, Outcome, Progressed, Task, TaskControl, TaskFailed, TaskProgress

STEP_PAUSE_S = 0.05
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


class LaneThread:
    """A lane; its thread starts with the first request and ends with `stop`."""

    def __init__(
        self, lane: Lane, mailbox: LaneMailbox, initialiser: Callable[[], None] | None = None
    ) -> None:
        self._mailbox = mailbox
        self._initialiser = initialiser
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

    def stop(self, timeout_s: float) -> bool:
        """End after the running request and the writes that wait; waiting reads are dropped.

        The last draft is stored while the window closes, so it waits here for a moment.

        Returns:
            True if the thread ended in time.
        """
        with self._wake:
            self._stopping = True
            self._waiting = deque(each for each in self._waiting if each.task.writes)
            self._wake.notify()
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _next(self) -> Request | None:
        with self._wake:
            while not self._waiting and not self._stopping:
                self._wake.wait()
            return self._waiting.popleft() if self._waiting else None

    def _run(self) -> None:
        while (request := self._next()) is not None:
            self._mailbox.started.emit(request.request_id)
            self._mailbox.finished.emit(self._outcome(request))
            # The thread waits long between two requests: let go of what the last one held.
            del request

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
    """Turn what went wrong into words; a known error keeps its own sentence."""
    title = request.task.title
    sentence = getattr(fault, "sentence", "")
    if sentence:
        fields = getattr(fault, "fields", None) or {}
        return TaskFailed(request.request_id, title, sentence, fields=dict(fields))
    report_id = token_hex(4).upper()
    _LOG.error("task failed: %s, report %s", title, report_id, exc_info=fault)
    return TaskFailed(request.request_id, title, _PLAIN_FAULT.format(title=title), report_id)


def make_control(mailbox: LaneMailbox, request_id: int) -> TaskControl:
    """Return a control whose progress reaches the window's thread.

    Steps that follow each other quickly are thinned out, so that no flood of them waits there.
    """
    last = 0.0

    def report(progress: TaskProgress) -> None:
        nonlocal last
        now = monotonic()
        if now - last >= STEP_PAUSE_S or progress.done == progress.total:
            last = now
            mailbox.progressed.emit(Progressed(request_id, progress))

    return TaskControl(report)
