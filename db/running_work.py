"""Stops a statement that runs in one thread, asked by another (screens.md A6: cancel).

A lane opens a `StoppableWork` round each of its tasks; the connections opened inside register how
they are interrupted: libpq's cancel request on PostgreSQL, `sqlite3_interrupt` on SQLite. Standard
library only, so that the window may hold it before the SQL library is loaded.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock  # noqa: TID251  # a lock between two threads, not a thread
from types import TracebackType
from typing import Self

from db.records.refusals import BookStopped

Interrupt = Callable[[], object]


class StoppableWork:
    """One piece of work of the thread that enters it.

    `stop` may be called from any thread, before, while and after it runs. Whoever leaves waits for
    a stop that is on its way, so that none ever reaches the work that follows.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._interrupts: list[Interrupt] = []
        self._stopped = False
        self._ended = False

    def __enter__(self) -> Self:
        _CURRENT.set(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _CURRENT.set(None)
        with self._lock:
            self._ended = True

    @property
    def stopped(self) -> bool:
        """Whether it was asked to stop."""
        return self._stopped

    def stop(self) -> None:
        """Interrupt what runs; statements that would follow are refused."""
        with self._lock:
            if self._ended:
                return
            self._stopped = True
            for interrupt in self._interrupts:
                interrupt()

    @contextmanager
    def watching(self, interrupt: Interrupt) -> Iterator[None]:
        """Let `stop` call this while the block runs."""
        with self._lock:
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                self._interrupts.remove(interrupt)


_CURRENT: ContextVar[StoppableWork | None] = ContextVar("kasauti_running_work", default=None)


@contextmanager
def interruptible(interrupt: Interrupt) -> Iterator[None]:
    """Let a stop of this thread's work call `interrupt` while the block runs."""
    work = _CURRENT.get()
    if work is None:
        yield
    else:
        with work.watching(interrupt):
            yield


def was_stopped() -> bool:
    """Say whether this thread's work was asked to stop."""
    work = _CURRENT.get()
    return work is not None and work.stopped


def refuse_if_stopped() -> None:
    """Go on only while somebody waits for the answer.

    Raises:
        BookStopped: this thread's work was asked to stop.
    """
    if was_stopped():
        raise BookStopped
