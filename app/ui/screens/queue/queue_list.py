"""The list of the queue: two lines a case, the longest wait first."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.services.read_queue import QueueRow
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.queue.queue_words import (
    FLAG_ICONS,
    NO_RISK,
    RISK_MARKS,
    age_words,
    flag_words,
    flags_shown,
    risk_words,
    spoken,
)
from app.ui.theme import Theme, theme_of
from app.ui.widgets.figure_words import amount_words

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 54
_EDGE, _BAR, _ICON, _GAP = 16, 3, 16, 6
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT, _RIGHT = _MIDDLE | Qt.AlignmentFlag.AlignLeft, _MIDDLE | Qt.AlignmentFlag.AlignRight


class QueueModel(RecordsModel[QueueRow]):
    """Waiting cases; the first column speaks the whole line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            (
                Column("name", "", lambda row: row.full_name),
                Column("reference", "", lambda row: row.reference),
                Column("amount", "", lambda row: amount_words(row.amount_paise)),
                Column("risk", "", risk_words),
                Column("flags", "", flags_shown),
                Column("age", "", age_words),
                Column("held", "", lambda row: row.held_by),
            ),
            theme,
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's own
        """As a table, and the spoken line."""
        if index.isValid() and role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.row_at(index.row()))
        return super().data(index, role)


class CaseDelegate(QStyledItemDelegate):
    """Paints name, number and amount; below them risk, flags and age."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Two lines."""
        return QSize(option.rect.width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one case."""
        model, view, theme = index.model(), self.parent(), theme_of()
        if not isinstance(model, QueueModel) or not isinstance(view, QueueList):
            return
        row, area = model.row_at(index.row()), option.rect
        current = index.row() == view.currentIndex().row()
        painter.fillRect(area, theme.color("selected" if current else "surface"))
        painter.setPen(theme.color("hair"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if current:
            painter.fillRect(area.x(), area.y(), _BAR, area.height() - 1, theme.color("accent"))
        inner = area.adjusted(_EDGE, 6, -_EDGE, -7)
        half = inner.height() // 2
        _paint_head(painter, QRect(inner.x(), inner.y(), inner.width(), half), row)
        _paint_marks(painter, QRect(inner.x(), inner.y() + half, inner.width(), half), row)


def _paint_head(painter: QPainter, line: QRect, row: QueueRow) -> None:
    theme = theme_of()
    amount = amount_words(row.amount_paise)
    painter.setFont(theme.font("body"))
    painter.setPen(theme.color("text"))
    painter.drawText(line, _RIGHT, amount)
    left = line.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(amount) - _GAP * 2, 0)
    number = QFontMetrics(theme.font("small")).horizontalAdvance(row.reference)
    painter.setFont(theme.font("strong"))
    room = max(left.width() - number - _GAP * 2, 0)
    name = painter.fontMetrics().elidedText(row.full_name, Qt.TextElideMode.ElideRight, room)
    painter.drawText(left, _LEFT, name)
    left.setLeft(left.left() + painter.fontMetrics().horizontalAdvance(name) + _GAP + 2)
    painter.setFont(theme.font("small"))
    painter.setPen(theme.color("muted"))
    painter.drawText(left, _LEFT, row.reference)


def _paint_marks(painter: QPainter, line: QRect, row: QueueRow) -> None:
    theme = theme_of()
    painter.setFont(theme.font("small"))
    age = age_words(row)
    painter.setPen(theme.color("warning" if row.late else "muted"))
    painter.drawText(line, _RIGHT, age)
    end = line.right() - painter.fontMetrics().horizontalAdvance(age) - _GAP
    if row.late:
        end -= _ICON
        painter.drawPixmap(end, _icon_top(line), theme.pixmap("clock", "warning", 14))
        end -= _GAP
    for icon, words, tone in _marks(row):
        width = _ICON + _GAP + painter.fontMetrics().horizontalAdvance(words)
        if line.left() + width > end:
            break
        painter.drawPixmap(line.left(), _icon_top(line), theme.pixmap(icon, tone, 14))
        painter.setPen(theme.color(tone))
        painter.drawText(line.adjusted(_ICON + 3, 0, 0, 0), _LEFT, words)
        line.setLeft(line.left() + width + _GAP)


def _marks(row: QueueRow) -> Sequence[tuple[str, str, str]]:
    """(icon, words, colour) of the second line: risk first, then who has it, then the flags."""
    icon, tone = NO_RISK if row.risk_level is None else RISK_MARKS[row.risk_level]
    marks = [(icon, risk_words(row), tone)]
    if row.held_by:
        mine = ("user", row.held_by.split(" ")[0], "accent")
        theirs = ("lock", row.held_by.split(" ")[0], "muted")
        marks.append(mine if row.mine else theirs)
    return marks + [(FLAG_ICONS[flag], flag_words(flag), "muted") for flag in row.flags]


def _icon_top(line: QRect) -> int:
    return line.top() + (line.height() - 14) // 2


class QueueList(QListView):
    """There is always a current case while any waits.

    Signals:
        current_changed: carries the case's row, None without one.
    """

    current_changed = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__()
        self._rows: QueueModel | None = None
        self.setObjectName("table.queue")
        self.setAccessibleIdentifier("table.queue")
        self.setAccessibleName(title)
        self.setItemDelegate(CaseDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme_of().changed.connect(self.viewport().update)

    def show_model(self, model: QueueModel) -> None:
        """Show these cases."""
        self._rows = model
        self.setModel(model)

    def current_row(self) -> QueueRow | None:
        """The current case."""
        index = self.currentIndex()
        return self._rows.row_at(index.row()) if self._rows and index.isValid() else None

    def go_to(self, row: int) -> None:
        """Make a case current and bring it into view."""
        self.setCurrentIndex(self.model().index(row, 0))
        self.scrollTo(self.currentIndex())

    def step(self, by: int) -> None:
        """Go to the next or previous case, as far as there is one."""
        last = self.model().rowCount() - 1
        if last >= 0:
            self.go_to(min(max(self.currentIndex().row() + by, 0), last))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Repaint and tell."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.current_changed.emit(self.current_row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are actions of the page."""
        if event.text().strip() or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
