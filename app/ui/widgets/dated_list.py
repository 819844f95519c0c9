"""A list of dated rows, read on the database lane, narrowed from the rows at hand.

The rule book has some hundred rows, so that all of them are held and no query follows a key press.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, cast

from PySide6.QtCore import QAbstractItemModel, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.permissions import Act, may
from app.services.steps.desk import Desk
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.card import hair
from app.ui.widgets.dated_filters import DatedFilters
from app.ui.widgets.dated_rows import DatedEntry, RowState, periods_of
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.state_words import only_words
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench


@dataclass(frozen=True, slots=True)
class DatedBook:
    """What one reading found: the act's answer and its lines, open proposals first."""

    found: Any
    entries: tuple[DatedEntry[Any], ...]


class DatedRows(Protocol):
    """The item model of the list (`app.ui.item_models.records_model.RecordsModel`)."""

    def set_rows(self, rows: Sequence[DatedEntry[Any]]) -> None:
        """Show other rows."""


@dataclass(frozen=True, slots=True)
class DatedListSpec:
    """What makes one list another: name, item model, words and how it is read."""

    name: str
    title: str
    rows: DatedRows
    read: Callable[[Desk, date], DatedBook]
    reading: str
    none_yet: str
    no_match: str


class DatedList(QWidget):
    """Filters, states and table.

    Signals:
        loaded: carries the `DatedBook` just read.
        current_changed, opened: carry a `DatedEntry` (None without rows).
        count_said: the words under the list.
    """

    loaded = Signal(object)
    current_changed = Signal(object)
    opened = Signal(object)
    count_said = Signal(str)

    def __init__(
        self, workbench: Workbench, spec: DatedListSpec, filters: DatedFilters, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._spec = spec
        self.name = spec.name
        self.filters = filters
        self.book = DatedBook(None, ())
        self._wanted: tuple[object, ...] | None = None
        self.table = TableView(f"table.{spec.name}", spec.title, edge=16)
        self._rows = spec.rows
        self.table.set_records(cast("QAbstractItemModel", spec.rows))
        self.states = StateStack(self.table, workbench, spec.reading)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(filters)
        lines.addWidget(hair())
        lines.addWidget(self.states, 1)
        self.table.current_changed.connect(self.current_changed)
        self.table.opened.connect(self.opened)
        filters.changed.connect(self.narrow)
        filters.day_changed.connect(self.read)

    def read(self) -> None:
        """Read the book as of the day chosen."""
        spec, desk, day = self._spec, self._workbench.desk, self.filters.day
        if not may(self._workbench.person.roles, Act.READ_RULES):
            self.states.no_permission(only_words(Act.READ_RULES))
            return
        handle = self._workbench.runner.submit(
            Task(
                spec.reading.rstrip("…"),
                Lane.DATABASE,
                lambda _control: spec.read(desk, day),
                key=f"{spec.name}.list",
                owner=spec.name,
                quiet=True,
            ),
            self._take,
            self._fail,
        )
        self.states.loading(handle, self.read)

    def current(self) -> DatedEntry[Any] | None:
        """The current line."""
        entry = self.table.current_row()
        return entry if isinstance(entry, DatedEntry) else None

    def periods(self) -> list[DatedEntry[Any]]:
        """Every period and proposal of what the current line belongs to."""
        entry = self.current()
        return [] if entry is None else periods_of(self.book.entries, entry.key)

    def go_to_proposal(self, proposal_id: object) -> None:
        """Make a proposal the current line once the list has been read again."""
        self._wanted = (proposal_id,)

    def narrow(self) -> None:
        """Show the lines that match, keeping the current one where it stays."""
        entry, narrowing = self.current(), self.filters.narrowing
        kept = None if entry is None else entry.identity
        shown = [each for each in self.book.entries if narrowing.matches(each)]
        blocked = self.table.blockSignals(True)  # noqa: FBT003  # Qt's own name for it
        self._rows.set_rows(shown)
        self._restore(shown, kept)
        self.table.blockSignals(blocked)
        self._say(shown)
        self.current_changed.emit(self.current())

    def _take(self, book: DatedBook) -> None:
        self.book = book
        self.loaded.emit(book)
        self.narrow()

    def _restore(self, shown: Sequence[DatedEntry[Any]], kept: tuple[object, ...] | None) -> None:
        wanted, self._wanted = self._wanted, None
        for place, entry in enumerate(shown):
            if wanted is not None and entry.identity[-1:] == wanted:
                self.table.go_to(place)
                return
        places = {entry.identity: place for place, entry in enumerate(shown)}
        if kept in places:
            self.table.go_to(places[kept])

    def _say(self, shown: Sequence[DatedEntry[Any]]) -> None:
        spec = self._spec
        proposals = sum(entry.state is RowState.PROPOSED for entry in shown)
        rows = sum(entry.proposal is None for entry in shown)
        words = self.tr("1 row") if rows == 1 else self.tr("%1 rows").replace("%1", f"{rows:,}")
        if proposals == 1:
            words += self.tr(", 1 proposal open")
        elif proposals:
            words += self.tr(", %1 proposals open").replace("%1", str(proposals))
        self.count_said.emit(words)
        if shown:
            self.states.content()
        elif self.filters.narrowed:
            self._no_match()
        else:
            self.states.empty(spec.none_yet)

    def _no_match(self) -> None:
        text = self.filters.narrowing.search
        words = self._spec.no_match
        if text:
            words = words.rstrip(".") + self.tr(" “%1”.").replace("%1", text)
        clear = state_button(self.tr("Clear filters"), self.filters.clear)
        self.states.no_match(words, (clear,))

    def _fail(self, failure: TaskFailed) -> None:
        """Old rows stay, marked as old; without any the failure takes their place."""
        self.states.failed(failure, self.read)
