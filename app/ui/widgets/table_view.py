"""A table by the keyboard: one current row, Enter opens it, its head sorts."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from app.ui.theme import theme_of
from app.ui.widgets.row_delegate import PAD, CellLook, RowDelegate
from app.ui.widgets.table_header import TableHeader

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 28
_CARD_EDGE = 12
_PAGE_EDGE = 16


class TableView(QTableView):
    """A list. There is always a current row, or screen readers go silent.

    Signals:
        opened: Enter or a double click; carries the row's record.
        current_changed: another row is current; carries its record, None without rows.
        sort_asked: a head was chosen; carries the sort key and whether it descends.
    """

    opened = Signal(object)
    current_changed = Signal(object)
    sort_asked = Signal(str, bool)
    wraps = False
    _last_column = -1

    def __init__(
        self,
        name: str,
        title: str,
        row_height: int = ROW_HEIGHT,
        edge: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(title)
        self._own_edge = edge
        self._head = TableHeader(self)
        self.setHorizontalHeader(self._head)
        self._head.sort_asked.connect(self.sort_asked)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(row_height)
        rows.setDefaultSectionSize(row_height)
        self.setItemDelegate(RowDelegate(self, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self._open)
        theme_of().changed.connect(self.viewport().update)

    @property
    def edge(self) -> int:
        """Room before the first and after the last column: 16 on a page, 12 in a card."""
        return self._own_edge or (_CARD_EDGE if self._in_card() else _PAGE_EDGE)

    @property
    def marks_current(self) -> bool:
        """A page's list always shows its current row, a table in a card while it has the focus."""
        return self.hasFocus() or not self._in_card()

    @property
    def row_height(self) -> int:
        """How high a row is."""
        return self.verticalHeader().defaultSectionSize()

    def head_height(self) -> int:
        """How much of the height the head takes; 0 without one."""
        return 0 if self._head.isHidden() else self._head.sizeHint().height()

    def cells(self) -> list[tuple[int, int, bool]]:
        """Where the words of each column stand in a row: (left, width, at the right)."""
        found, left, last = [], 0, self._head.count() - 1
        role, model = Qt.ItemDataRole.TextAlignmentRole, self.model()
        for column in range(last + 1):
            width = self._head.sectionSize(column)
            before = self.edge if column == 0 else PAD
            after = self.edge if column == last else PAD
            side = model.headerData(column, Qt.Orientation.Horizontal, role)
            right = bool(side & Qt.AlignmentFlag.AlignRight)
            found.append((left + before, max(width - before - after, 0), right))
            left += width
        return found

    def set_records(self, model: QAbstractItemModel) -> None:
        """Show a model of this program, whose `columns` say widths and sort keys."""
        self.setModel(model)
        self._last_column = len(model.columns) - 1  # type: ignore[attr-defined]  # RecordsModel, WindowedModel
        self._head.set_columns(model.columns)  # type: ignore[attr-defined]  # RecordsModel, WindowedModel
        model.modelReset.connect(self._keep_current)
        model.rowsInserted.connect(self._keep_current)
        model.dataChanged.connect(self._note_data)
        self._keep_current()
        self._share_width()

    @property
    def last_column(self) -> int:
        """The number of the last column."""
        return self._last_column

    def look_at(self, row: int, column: int) -> CellLook:
        """How a cell looks, asked of the model in one go."""
        look: CellLook = self.model().look_at(row, column)  # type: ignore[attr-defined]  # RecordsModel, WindowedModel
        return look

    def current_row(self) -> object:
        """The current row's record, None without rows."""
        model, index = self.model(), self.currentIndex()
        if model is None or not index.isValid():
            return None
        found: object = model.row_at(index.row())  # type: ignore[attr-defined]  # RecordsModel, WindowedModel
        return found

    def go_to(self, row: int, *, among: bool = False) -> None:
        """Make a row current and bring it into view; with `among`, with what is around it."""
        self.setCurrentIndex(self.model().index(row, 0))
        hint = QAbstractItemView.ScrollHint
        self.scrollTo(self.currentIndex(), hint.PositionAtCenter if among else hint.EnsureVisible)

    def hide_header(self) -> None:
        """Show no head, for short lists in cards."""
        self._head.hide()

    def mark_sort(self, key: str, *, descending: bool = False) -> None:
        """Show which column the rows are sorted by."""
        self._head.mark_sort(key, descending=descending)

    def fit_rows(self, most: int = 0) -> None:
        """Become as high as the rows, or `most` of them, need."""
        count = self.model().rowCount()
        rows = min(count, most) if most else count
        self.setFixedHeight(
            self.head_height() + rows * self.verticalHeader().defaultSectionSize() + 1
        )

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Repaint both rows and tell."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.current_changed.emit(self.current_row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; Home and End go to the first and last row."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.model().rowCount() - 1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif event.key() in ends:
            self.go_to(ends[Qt.Key(event.key())])
        elif event.text().strip() or event.key() == Qt.Key.Key_Escape:
            event.ignore()  # letters are actions of the page
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share_width()

    def _in_card(self) -> bool:
        parent = self.parentWidget()
        while parent is not None and parent.property("kind") != "card":
            parent = parent.parentWidget()
        return parent is not None

    def _share_width(self) -> None:
        model = self.model()
        if model is None:
            return
        widths = [c.width for c in model.columns]  # type: ignore[attr-defined]  # RecordsModel, WindowedModel
        room = max(self.viewport().width(), 1)
        factor = max(room / max(sum(widths), 1), 1.0)
        for position, width in enumerate(widths[:-1]):
            self.setColumnWidth(position, int(width * factor))
        if widths:
            used = sum(int(width * factor) for width in widths[:-1])
            self.setColumnWidth(len(widths) - 1, max(room - used, widths[-1]))

    def _keep_current(self) -> None:
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def _note_data(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self.currentIndex().row() <= last.row():
            self.current_changed.emit(self.current_row())

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self.current_row() is not None:
            self.opened.emit(self.current_row())
