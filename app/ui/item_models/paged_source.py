"""Feeds a windowed model from the book: pages by key and one count, on the database lane."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.ui.item_models.windowed_model import PageRequest, WindowedModel
from app.ui.tasks.task import Lane, Task, TaskControl, TaskFailed
from app.ui.tasks.task_runner import TaskHandle, TaskRunner

_AT_ONCE = 2
_MOST_WAITING = 4


class PageLike(Protocol):
    """One page of rows, such as `db.records.lists.Page`."""

    @property
    def rows(self) -> Sequence[Any]:
        """The rows."""

    @property
    def next(self) -> str | None:
        """The key after which the next page begins; None at the end."""


class CountLike(Protocol):
    """The count of a list with every 500th key."""

    @property
    def total(self) -> int:
        """How many rows."""

    @property
    def keys(self) -> Sequence[str]:
        """The keys after which pages 1, 2, 3 and on begin."""


@dataclass(frozen=True, slots=True)
class _Fetched:
    """A page on its way home, with the filter it was read for."""

    round: int
    number: int
    page: PageLike


@dataclass(frozen=True, slots=True)
class _Counted:
    """A count on its way home, with the filter it was made for."""

    round: int
    count: CountLike


PageReader = Callable[[str | None, int], Callable[[TaskControl], PageLike]]
CountReader = Callable[[], Callable[[TaskControl], CountLike]]


class PagedSource(QObject):
    """Reads what the model asks for. `restart` begins again, for another filter or sort.

    Attributes:
        first: the first page as it was last read.
        last_count: the count as it was last made.

    Signals:
        counted: the true number of rows.
        first_page: the first page is shown; carries how many rows it has.
        failed: a read failed.
    """

    counted = Signal(int)
    first_page = Signal(int)
    failed = Signal(TaskFailed)

    def __init__(
        self,
        model: WindowedModel[Any],
        runner: TaskRunner,
        title: str,
        read: PageReader,
        count: CountReader,
    ) -> None:
        super().__init__(model)
        self._model = model
        self._runner = runner
        self._title = title
        self._read, self._count = read, count
        self._round = 0
        self._first: PageLike | None = None
        self._last_count: CountLike | None = None
        self._counting: TaskHandle | None = None
        self._open: dict[int, TaskHandle] = {}
        self._waiting: list[PageRequest] = []
        model.page_wanted.connect(self._wanted)

    @property
    def first(self) -> PageLike | None:
        """The first page as it was read, with whatever else its reader knows; None before."""
        return self._first

    @property
    def last_count(self) -> CountLike | None:
        """The count as it was made, with whatever else its reader knows; None before."""
        return self._last_count

    def restart(self) -> None:
        """Read from the beginning; the old rows stay until the first new page arrives."""
        self.stop()
        self._round += 1
        self._first = None
        self._model.renew()
        this, work = self._round, self._count()
        self._counting = self._runner.submit(
            Task(
                self._title,
                Lane.DATABASE,
                lambda control: _Counted(this, work(control)),
                key=f"count:{id(self)}",
                quiet=True,
            ),
            self._take_count,
            self._fail,
        )

    def stop(self) -> None:
        """Let go of every read that runs or waits."""
        self._waiting.clear()
        for handle in self._open.values():
            handle.cancel()
        self._open.clear()
        if self._counting is not None:
            self._counting.cancel()

    def cancel(self) -> None:
        """The person pressed *Cancel*: stop at once; nothing that is on its way is shown."""
        self._round += 1
        self.stop()

    def _wanted(self, request: PageRequest) -> None:
        """Read the newest wish first; of many wishes the old ones are given up."""
        self._waiting.append(request)
        while len(self._waiting) > _MOST_WAITING:
            self._model.page_missed(self._waiting.pop(0).number)
        self._pump()

    def _pump(self) -> None:
        while self._waiting and len(self._open) < _AT_ONCE:
            request = self._waiting.pop()
            this, work = self._round, self._read(request.after, request.limit)
            self._open[request.number] = self._runner.submit(
                self._page_task(this, request.number, work), self._take_page, self._fail
            )

    def _page_task(self, this: int, number: int, work: Callable[[TaskControl], PageLike]) -> Task:
        return Task(
            self._title,
            Lane.DATABASE,
            lambda control: _Fetched(this, number, work(control)),
            quiet=True,
        )

    def _take_page(self, fetched: _Fetched) -> None:
        if fetched.round != self._round:
            return
        self._open.pop(fetched.number, None)
        page = fetched.page
        self._model.give_page(fetched.number, page.rows, page.next)
        if fetched.number == 0:
            self._first = page
            self.first_page.emit(len(page.rows))
        self._pump()

    def _take_count(self, counted: _Counted) -> None:
        if counted.round == self._round:
            self._last_count = counted.count
            self._model.set_count(counted.count.total, counted.count.keys)
            self.counted.emit(counted.count.total)

    def _fail(self, failure: TaskFailed) -> None:
        """Tell of the failure; a page that is missed may be asked for again."""
        for number, handle in list(self._open.items()):
            if handle.request_id == failure.request_id:
                del self._open[number]
                self._model.page_missed(number)
        self.failed.emit(failure)
