"""A long list of which only the pages near the view are held (desktop.md 4).

Pages of 500, 64 kept. A row that is not read yet shows dots and asks for its page.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.ui.item_models.columns import CellLook, Cells, Column
from app.ui.theme import Theme

RowT = TypeVar("RowT")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
PAGE_ROWS = 500
KEPT_PAGES = 64


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page to read: its number and the key after which it begins, None for the first."""

    number: int
    after: str | None
    limit: int = PAGE_ROWS


class WindowedModel(QAbstractTableModel, Generic[RowT]):
    """Rows by page. `page_wanted` asks for a page, `give_page` brings it."""

    page_wanted = Signal(PageRequest)

    def __init__(
        self, columns: Sequence[Column[RowT]], theme: Theme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._cells = Cells(self.columns, theme)
        self._pages: OrderedDict[int, tuple[RowT, ...]] = OrderedDict()
        self._keys: dict[int, str] = {}
        self._asked: set[int] = set()
        self._total = 0
        self._old = False

    def renew(self) -> None:
        """Read again from the first page; the old rows stay until it arrives, and ask nothing."""
        self._keys.clear()
        self._asked.clear()
        self._old = True
        self._asked.add(0)
        self.page_wanted.emit(PageRequest(0, None))

    def reset(self) -> None:
        """Forget every row, for another filter or sort."""
        self.beginResetModel()
        self._pages.clear()
        self._keys.clear()
        self._asked.clear()
        self._total = 0
        self._old = False
        self.endResetModel()

    def ask_first(self) -> None:
        """Ask for the first page."""
        self._ask(0)

    def give_page(self, number: int, rows: Sequence[RowT], following: str | None) -> None:
        """Take a page up.

        Args:
            number: 0 for the first.
            rows: at most 500.
            following: the key after which the next page begins; None at the end.
        """
        if self._old:
            self.reset()
        self._asked.discard(number)
        if following is not None:
            self._keys.setdefault(number + 1, following)
        first = number * PAGE_ROWS
        self._grow(first + len(rows) + (1 if following is not None else 0))
        self._pages[number] = tuple(rows)
        self._pages.move_to_end(number)
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        if rows:
            last = self.index(min(first + len(rows), self._total) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(first, 0), last)

    def page_missed(self, number: int) -> None:
        """A page could not be read; it may be asked for again."""
        self._asked.discard(number)

    def set_count(self, total: int, keys: Sequence[str]) -> None:
        """Take up the true count and the keys of pages 1, 2, 3 and on."""
        if self._old:
            return  # the first page did not arrive: the old rows stand for themselves
        for position, key in enumerate(keys):
            self._keys[position + 1] = key
        if total < self._total:
            self.beginRemoveRows(_ROOT, total, self._total - 1)
            self._total = total
            self.endRemoveRows()
        self._grow(total)

    def row_at(self, row: int) -> RowT | None:
        """Return a row's record; None while it is not read."""
        page = self._pages.get(row // PAGE_ROWS)
        if page is None:
            return None
        offset = row % PAGE_ROWS
        return page[offset] if offset < len(page) else None

    def look_at(self, row: int, column: int) -> CellLook:
        """All that is painted of a cell; asking for it asks for the page."""
        record = self.row_at(row)
        if record is None:
            self._ask(row // PAGE_ROWS)
        return self._cells.look(record, column)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rows, as far as known; a cell has none."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = _ROOT) -> int:
        """How many columns; a cell has none."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's own
        """What a role asks of a cell; asking for words asks for the page."""
        if role not in self._cells.roles or not index.isValid():
            return None
        row = self.row_at(index.row())
        if row is None and role == Qt.ItemDataRole.DisplayRole:
            self._ask(index.row() // PAGE_ROWS)
        return self._cells.data(row, index.column(), role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401  # Qt's own
        """The head of a column."""
        return self._cells.header(section, orientation, role)

    def _grow(self, total: int) -> None:
        if total > self._total:
            self.beginInsertRows(_ROOT, self._total, total - 1)
            self._total = total
            self.endInsertRows()

    def _ask(self, number: int) -> None:
        known = number == 0 or number in self._keys
        if self._old or not known or number in self._asked or number in self._pages:
            return
        self._asked.add(number)
        self.page_wanted.emit(PageRequest(number, self._keys.get(number)))
