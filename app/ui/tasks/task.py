"""The contract of background work: a frozen task, a control for its work, frozen answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Lane(StrEnum):
    """Where work runs; each lane is one thread that works in order."""

    DATABASE = "database"  # the only connection to the book
    COMPUTE = "compute"  # score, explain, preview, password hash, reading of files
    PROCESS = "process"  # waits for a child that computes: one heavy child at a time


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPING = "stopping"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


OPEN_STATES = frozenset({JobState.WAITING, JobState.RUNNING, JobState.STOPPING})


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """How far a running task is; total 0 means unknown."""

    done: int
    total: int
    words: str = ""


class TaskControl:
    """What work is handed: it reports progress and asks whether to stop.

    Called in the lane's thread. A plain flag is enough to stop: setting and reading a Python
    attribute is atomic.
    """

    def __init__(self, report: Callable[[TaskProgress], None]) -> None:
        self._report = report
        self._cancelled = False

    def progress(self, done: int, total: int, words: str = "") -> None:
        """Tell how much of the work is done."""
        self._report(TaskProgress(done, total, words))

    def cancelled(self) -> bool:
        """Say whether nobody wants the answer any more."""
        return self._cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next look."""
        self._cancelled = True


Work = Callable[[TaskControl], object]


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of background work.

    Attributes:
        title: what it does, for the tray ("Reading customers").
        lane: where it runs.
        work: a plain function of a control that gives one frozen answer.
        key: latest wins: a new task with the same key replaces an older one. Reads only.
        owner: the screen that asked.
        quiet: not shown in the tray unless it fails.
        writes: never dropped; its answer is delivered even after a cancel.
    """

    title: str
    lane: Lane
    work: Work
    key: str | None = None
    owner: str = ""
    quiet: bool = False
    writes: bool = False

    def __post_init__(self) -> None:
        if self.writes and self.key is not None:
            message = f"a write is never replaced by a newer one: {self.title}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class TaskFailed:
    """Why a task gave no answer.

    Attributes:
        sentence: what a person reads.
        report_id: where the log has the trace; empty for a refusal, which has none.
        fields: sentence by field name, from a refusal.
        forbidden: the person's roles do not allow it; trying again helps nobody.
        offline: the book could not be reached.
    """

    request_id: int
    title: str
    sentence: str
    report_id: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    forbidden: bool = False
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the tray; `seconds` it has taken so far, or took."""

    request_id: int
    title: str
    state: JobState
    progress: TaskProgress
    owner: str = ""
    sentence: str = ""
    report_id: str = ""
    writes: bool = False
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a lane hands back: an answer, or a failure."""

    request_id: int
    answer: object = None
    failure: TaskFailed | None = None


@dataclass(frozen=True, slots=True)
class Progressed:
    """A step of a running task on its way to the window."""

    request_id: int
    progress: TaskProgress
