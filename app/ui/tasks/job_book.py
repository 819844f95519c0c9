"""The jobs of a runner: what runs or waits, the last that ended, and how old each is (A6)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.ui.tasks.task import OPEN_STATES, Job, JobState, Lane, Outcome, Task, TaskControl

if TYPE_CHECKING:
    from weakref import WeakMethod

KEPT_JOBS = 20
SHOWN_AFTER_S = 1.0  # a quiet read that takes longer is a job people may see and stop
NOTICE_AFTER_S = 30.0


@dataclass(slots=True)
class Entry:
    """A job with what the runner needs to end it.

    Attributes:
        wanted: whether somebody still waits for the answer.
        since, ended: monotonic seconds; `ended` is None while it is open.
    """

    job: Job
    task: Task
    control: TaskControl
    on_done: "WeakMethod[Any] | None"
    on_failed: "WeakMethod[Any] | None"
    on_progress: "WeakMethod[Any] | None"
    since: float
    ended: float | None = None
    wanted: bool = True

    @property
    def open(self) -> bool:
        """Whether it runs or waits."""
        return self.job.state in OPEN_STATES


class JobBook:
    """Entries by request number, oldest first."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.entries: dict[int, Entry] = {}
        self._clock = clock

    def now(self) -> float:
        """Monotonic seconds."""
        return self._clock()

    def shown(self) -> tuple[Job, ...]:
        """The jobs people see: loud, failed, or older than a second."""
        return tuple(self.with_age(each) for each in self.entries.values() if self._visible(each))

    def with_age(self, entry: Entry) -> Job:
        """A job with the seconds it has taken."""
        return replace(entry.job, seconds=int(self.seconds(entry)))

    def seconds(self, entry: Entry) -> float:
        """How long a job has taken so far, or took."""
        return (self.now() if entry.ended is None else entry.ended) - entry.since

    def any_open(self) -> bool:
        """Whether any job runs or waits, quiet ones too."""
        return any(each.open for each in self.entries.values())

    def writing(self) -> tuple[int, ...]:
        """The requests that write and still run or wait; quiet ones count too."""
        return tuple(n for n, e in self.entries.items() if e.task.writes and e.open)

    def titles(self, numbers: tuple[int, ...]) -> tuple[str, ...]:
        """What these requests are called."""
        return tuple(self.entries[number].job.title for number in numbers)

    def writing_shown(self) -> tuple[int, ...]:
        """As `writing`, without quiet ones: a draft is stored while the window closes anyway."""
        return tuple(n for n in self.writing() if not self.entries[n].task.quiet)

    def forget_receivers(self) -> tuple[int, ...]:
        """Nobody hears of what is still open; returns the requests that only read."""
        still_open = {n: e for n, e in self.entries.items() if e.open}
        for entry in still_open.values():
            entry.on_done = entry.on_failed = entry.on_progress = None
        return tuple(n for n, e in still_open.items() if not e.task.writes)

    def stand_stopped(self, lanes: Collection[Lane]) -> None:
        """What was open on lanes that have ended stands as stopped."""
        for entry in self.entries.values():
            if entry.open and entry.task.lane in lanes:
                entry.job = replace(entry.job, state=JobState.STOPPED)

    def close(self, entry: Entry, state: JobState, outcome: Outcome | None = None) -> None:
        """Note how a job ended and forget the oldest ones."""
        failure = outcome.failure if outcome and state is not JobState.DONE else None
        entry.ended = self.now()
        entry.job = replace(
            entry.job,
            state=state,
            sentence=failure.sentence if failure and entry.wanted else "",
            report_id=failure.report_id if failure and entry.wanted else "",
        )
        self._forget()

    def took_long(self, entry: Entry) -> bool:
        """Whether its end is worth a notice of its own."""
        return self.seconds(entry) >= NOTICE_AFTER_S

    def _visible(self, entry: Entry) -> bool:
        loud = not entry.task.quiet or entry.job.state is JobState.FAILED
        return loud or self.seconds(entry) >= SHOWN_AFTER_S

    def _forget(self) -> None:
        """Keep the last twenty that people see; a quiet one that ended at once is no job."""
        ended = [(n, e) for n, e in self.entries.items() if not e.open]
        for number, each in ended:
            if not self._visible(each):
                del self.entries[number]
        kept = [number for number, each in ended if self._visible(each)]
        for number in kept[:-KEPT_JOBS]:
            del self.entries[number]
