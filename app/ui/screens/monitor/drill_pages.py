"""The lines behind a figure, page by page; count and sum come from one look with the first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.services.drill_figure import drill_figure, drill_further
from app.services.steps.desk import Desk
from app.services.steps.monitor_scope import MonitorScope
from app.ui.item_models.windowed_model import PAGE_ROWS
from app.ui.tasks.task import TaskControl
from db.records.lists import Page
from db.records.monitor import FigureRow

if TYPE_CHECKING:
    from app.services.steps.monitor_answers import FigureLines


@dataclass(frozen=True, slots=True)
class LinesCounted:
    """How many lines there are, and how many come before each page but the first."""

    total: int

    @property
    def keys(self) -> tuple[str, ...]:
        """One key for each page after the first."""
        return tuple(str(before) for before in range(PAGE_ROWS, self.total, PAGE_ROWS))


PageWork = Callable[[TaskControl], Page[FigureRow]]
CountWork = Callable[[TaskControl], LinesCounted]


class DrillPages:
    """Reads one figure. Pages and count are read on one lane, the first page before the count.

    Attributes:
        lines: the first page with count and sum of all; None until it is read.
    """

    def __init__(self, figure: str, scope: MonitorScope, desk: Desk) -> None:
        self._figure, self._scope, self._desk = figure, scope, desk
        self.lines: FigureLines | None = None

    def read(self, after: str | None, limit: int) -> PageWork:
        """What reads one page."""

        def page(_control: TaskControl) -> Page[FigureRow]:
            if after is None:
                self.lines = drill_figure(self._figure, self._scope, self._desk, limit)
                rest = self.lines.count - len(self.lines.rows)
                return Page(self.lines.rows, str(limit) if rest else None)
            before = int(after)
            rows = drill_further(self._figure, self._scope, self._desk, (before, limit))
            rest = self._count() - before - len(rows)
            return Page(rows, str(before + limit) if rest > 0 and rows else None)

        return page

    def count(self) -> CountWork:
        """What counts; the first page has done so."""
        return lambda _control: LinesCounted(self._count())

    def _count(self) -> int:
        if self.lines is None:  # the first page could not be read; it has told why
            self.lines = drill_figure(self._figure, self._scope, self._desk, 0)
        return self.lines.count
