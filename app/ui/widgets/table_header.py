"""The head of a table: muted 12, a hair line below, an arrow at the sorted column."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView

from app.ui.theme import theme_of

HEIGHT = 28
_PAD = 8
_ARROW = 14


class SortableColumn(Protocol):
    """What the head asks of a column."""

    @property
    def sort(self) -> str | None:
        """The sort key, None if it does not sort."""


class EdgedView(Protocol):
    """What the head asks of its table."""

    @property
    def edge(self) -> int:
        """Room before the first and after the last column."""


class TableHeader(QHeaderView):
    """Painted by hand, so that both themes and the page's edge are ours."""

    sort_asked = Signal(str, bool)

    def __init__(self, view: EdgedView) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._view = view
        self._sort: tuple[str | None, ...] = ()
        self._key = ""
        self._descending = False
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setSectionsClickable(True)
        self.sectionClicked.connect(self._clicked)
        theme_of().changed.connect(self.viewport().update)

    def set_columns(self, columns: Sequence[SortableColumn]) -> None:
        """Take up which columns sort."""
        self._sort = tuple(column.sort for column in columns)

    def mark_sort(self, key: str, *, descending: bool) -> None:
        """Show which column the rows are sorted by."""
        self._key, self._descending = key, descending
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """28 high."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803  # Qt's own name
        """Paint one head."""
        theme = theme_of()
        painter.save()
        painter.fillRect(rect, theme.color("surface"))
        painter.setPen(theme.color("hair"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        edge = self._view.edge
        last = logicalIndex == self.count() - 1
        area = rect.adjusted(edge if logicalIndex == 0 else _PAD, 0, -(edge if last else _PAD), -1)
        model, role = self.model(), Qt.ItemDataRole
        text = str(model.headerData(logicalIndex, self.orientation(), role.DisplayRole) or "")
        side = model.headerData(logicalIndex, self.orientation(), role.TextAlignmentRole)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted"))
        if self._sorted(logicalIndex):
            width = painter.fontMetrics().horizontalAdvance(text)
            right = bool(side & Qt.AlignmentFlag.AlignRight)
            left = area.right() - _ARROW if right else area.left() + width + 4
            arrow = theme.pixmap("arrow-down" if self._descending else "arrow-up", "text", _ARROW)
            painter.drawPixmap(left, area.center().y() - _ARROW // 2, arrow)
            area.setRight(area.right() - (_ARROW + 4 if right else 0))
        painter.drawText(area, side, text)
        painter.restore()

    def _sorted(self, section: int) -> bool:
        return bool(self._key) and section < len(self._sort) and self._sort[section] == self._key

    def _clicked(self, section: int) -> None:
        key = self._sort[section] if section < len(self._sort) else None
        if key is not None:
            self.sort_asked.emit(key, self._sorted(section) and not self._descending)
