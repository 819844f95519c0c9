"""The window's own table over a crowded book, driven as a person would: opened, jumped in."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from benchmark_crowd import BRANCH
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from app.services.find_customers import KEY_STEP, CustomersCounted
from app.ui.item_models.paged_source import PagedSource
from app.ui.item_models.windowed_model import WindowedModel
from app.ui.tasks.task_runner import TaskRunner
from app.ui.theme import theme_of
from app.ui.widgets.table_view import TableView
from db.records.lists import CustomerFilter, Viewer
from db.security.key_store import FixedKeys
from db.unit_of_work import open_unit_of_work

PATIENCE_S = 60.0
PAGE_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Jump:
    """How long until dots were painted, and until the rows were."""

    placeholder_ms: float
    data_ms: float


class _PaintWatch(QObject):
    """Counts what is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        """Count a paint and let it happen."""
        self.count += event.type() == QEvent.Type.Paint
        return False


class _Reads:
    """What the list asks of the book."""

    def __init__(self, engine: Any, day: date) -> None:  # noqa: ANN401  # a SQLAlchemy engine
        self._open = partial(open_unit_of_work, engine, FixedKeys().keys(), reading=True)
        self._viewer, self._wanted = Viewer(BRANCH, None, day), CustomerFilter()

    def page(self, after: str | None, limit: int) -> Callable[[object], Any]:
        """The work that reads a page."""

        def work(_control: object) -> Any:  # noqa: ANN401  # a page
            with self._open() as book:
                return book.customers.find(self._viewer, self._wanted, limit, after)

        return work

    def count(self, _control: object) -> CustomersCounted:
        """Count, and keep every 500th key."""
        with self._open() as book:
            total = book.customers.count(self._viewer, self._wanted)
            keys = book.customers.keys_every(self._viewer, self._wanted, KEY_STEP)
        return CustomersCounted(total, keys)


class LongTable:
    """The customers table with its model, source and lanes; 40 rows of 9 columns are seen."""

    def __init__(self, engine: Any, day: date) -> None:  # noqa: ANN401  # a SQLAlchemy engine
        from app.ui.screens.customers.customer_columns import customer_columns
        from app.ui.screens.customers.late_days import LateDays

        self._application = QApplication.instance() or QApplication([])
        self._runner = TaskRunner()
        theme_of().apply(self._application, "light")
        self._model = WindowedModel(customer_columns(LateDays(lambda: day)), theme_of())
        read = _Reads(engine, day)
        self._source = PagedSource(
            self._model, self._runner, "Reading", read.page, lambda: read.count
        )
        self._counted = 0
        self._source.counted.connect(self._take_count)
        self._view = TableView("table.customers", "Customers")
        self._view.set_records(self._model)
        self._view.resize(1200, 28 * 41)
        self._paints = _PaintWatch()
        self._view.viewport().installEventFilter(self._paints)
        self._view.show()
        self._settle()
        self._before = memory_mb()
        self._chance = random.Random(5)  # noqa: S311  # places to jump to

    def open(self) -> float:
        """Read the list again from nothing; milliseconds until its first rows are painted."""
        self._settle()
        self._counted = 0
        started = time.perf_counter()
        self._source.restart()
        self._until(lambda: self._model.row_at(0) is not None)
        self._painted()
        taken_ms = (time.perf_counter() - started) * 1000.0
        self._wait_for_count()  # or the next opening would wait for this count
        return taken_ms

    def _wait_for_count(self) -> None:
        """Wait until the true number of rows and the keys are there."""
        self._until(lambda: self._counted > 0)
        self._settle()

    def jump(self) -> Jump:
        """Go to a place that was not read yet, as the scroll bar does."""
        row = self._chance.randrange(self._model.rowCount())
        while self._model.row_at(row) is not None:
            row = self._chance.randrange(self._model.rowCount())
        started = time.perf_counter()
        self._view.verticalScrollBar().setValue(row * self._view.rowHeight(0))
        self._painted()
        dots = time.perf_counter()
        self._until(lambda: self._model.row_at(row) is not None)
        self._painted()
        return Jump((dots - started) * 1000.0, (time.perf_counter() - started) * 1000.0)

    def grown_mb(self) -> float:
        """By how much memory has grown since the empty table stood there."""
        return memory_mb() - self._before

    def close(self) -> None:
        """End the lanes and the table, here: Python may not clear widgets away on a lane."""
        self._source.stop()
        self._runner.shut_down()
        self._view.close()
        self._view.deleteLater()
        self._model.deleteLater()
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._settle()

    def _take_count(self, total: int) -> None:
        self._counted = total

    def _painted(self) -> None:
        """Let one paint that is due happen."""
        before = self._paints.count
        self._view.viewport().update()
        self._until(lambda: self._paints.count > before)

    def _settle(self) -> None:
        for _ in range(20):
            self._application.processEvents()

    def _until(self, there: Callable[[], bool]) -> None:
        limit = time.perf_counter() + PATIENCE_S
        while not there():
            self._application.processEvents()
            if time.perf_counter() > limit:
                message = "the list did not come within a minute"
                raise TimeoutError(message)


def memory_mb() -> float:
    """What this process has in memory."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * PAGE_BYTES / 2**20
