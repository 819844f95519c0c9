"""What stands where content will be: a skeleton of it, or a sentence with its ways on (A5).

A table keeps its head and the sentence stands where the first row would; a whole page gives way to
a card. The skeleton takes its places from the content itself, so nothing moves when data arrives.
"""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme import theme_of
from app.ui.widgets.labels import IconMark, label
from app.ui.widgets.table_view import TableView

LINE = 36
_BAR = 10
_ROWS = 10
_PAGE_EDGE, _CARD_EDGE = 16, 12
_ONE_CARD = 28 * 6 + _BAR  # six bars, as far from the lower edge as from the upper one
_WIDTHS = (0.62, 0.44, 0.55, 0.38)  # of the room of a cell or card, so that bars look like words


class StateCover(QWidget):
    """`clear`, then `say` and `draw_skeleton`."""

    def __init__(self, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._content = content
        self._skeleton = False
        self._spoken = False
        self._lines = QVBoxLayout(self)
        self._lines.setSpacing(4)
        theme_of().changed.connect(self.update)

    def clear(self) -> None:
        """Show nothing but the ground."""
        self._skeleton = self._spoken = False
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.setAccessibleName("")
        self.update()

    def draw_skeleton(self) -> None:
        """Show where rows or cards will stand."""
        self._skeleton = True
        self.update()

    def say(
        self,
        words: str,
        widgets: Sequence[QWidget] = (),
        icon: tuple[str, str] | None = None,
        more: str = "",
    ) -> None:
        """Show a sentence, what can be done, and a muted second line."""
        kept = self._skeleton
        self.clear()
        self._skeleton, self._spoken = kept, True
        holder = _sentence(words, widgets, icon, more, strong=icon is not None)
        table = self._content
        if isinstance(table, TableView):
            edge = max(table.edge, 1)
            self._lines.setContentsMargins(edge, 0, edge, 0)
            holder.setMinimumHeight(max(LINE, table.row_height))
            if kept:
                holder.setFixedHeight(table.row_height)
        else:
            self._lines.setContentsMargins(*self.margins(), 0)
            edge = _CARD_EDGE if self._in_card() else _PAGE_EDGE
            holder.setProperty("kind", "" if self._in_card() else "card")
            holder.setContentsMargins(edge, 8, edge, 8)
        self._lines.addWidget(holder)
        self._lines.addStretch(1)
        holder.show()
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and bars where words will be."""
        painter = QPainter(self)
        table = self._content
        if isinstance(table, TableView):
            painter.fillRect(event.rect(), theme_of().color("surface"))
            if self._skeleton:
                self._paint_rows(painter, table)
        else:
            ground = "surface" if self._in_card() else "window"
            painter.fillRect(event.rect(), theme_of().color(ground))
            if self._skeleton:
                self._paint_cards(painter)
        painter.end()

    def _paint_rows(self, painter: QPainter, table: TableView) -> None:
        high = table.row_height
        for row in range(1 if self._spoken else 0, min(_ROWS, self.height() // high)):
            top = row * high
            painter.setPen(theme_of().color("hair"))
            painter.drawLine(0, top + high - 1, self.width(), top + high - 1)
            for column, (left, width, at_right) in enumerate(table.cells()):
                shown = int(width * _WIDTHS[(row + column) % len(_WIDTHS)])
                start = left + width - shown if at_right else left
                _bar(painter, QRect(start, top + (high - _BAR) // 2, shown, _BAR))

    def _paint_cards(self, painter: QPainter) -> None:
        theme = theme_of()
        for card in self._card_places():
            painter.setPen(theme.color("hair"))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(card.adjusted(0, 0, -1, -1), 6, 6)
            tops = range(card.top() + 14, card.bottom() - _BAR, 28)
            for row, top in enumerate(tops[:6]):
                width = int((card.width() - 24) * _WIDTHS[row % len(_WIDTHS)])
                _bar(painter, QRect(card.left() + 12, top, width, _BAR))

    def _in_card(self) -> bool:
        """Whether the panel stands in a card, whose ground and border are enough."""
        parent = self.parentWidget()
        while parent is not None and parent.property("kind") != "card":
            parent = parent.parentWidget()
        return parent is not None

    def sides(self) -> QMargins:
        """The room at the left and right of a bar over the content."""
        left, _top, right = self.margins()
        return QMargins(left, 0, right, 0)

    def margins(self) -> tuple[int, int, int]:
        """What the content itself keeps free at its left, top and right.

        Its property `sides` says more than its layout where only parts of it keep a margin.
        """
        if isinstance(self._content, TableView):
            return 0, 0, 0
        layout, sides = self._content.layout(), int(self._content.property("sides") or 0)
        if layout is None:
            return sides, 0, max(sides, int(self._content.property("margin") or 0))
        own = layout.contentsMargins()
        right = max(own.right(), sides, int(self._content.property("margin") or 0))
        return max(own.left(), sides), own.top(), right

    def _card_places(self) -> list[QRect]:
        """Where the content's cards will stand; one card when it has none."""
        content = self._content
        layout = content.layout()
        if layout is not None:
            content.resize(self.size())
            layout.setGeometry(self.rect())
        cards = [
            QRect(card.mapTo(content, card.rect().topLeft()), card.size())
            for card in content.findChildren(QFrame)
            if card.property("kind") == "card" and card.isVisibleTo(content)
        ]
        if cards:
            return cards
        left, top, right = self.margins()
        high = min(self.height() - top, _ONE_CARD)
        return [QRect(left, top, self.width() - left - right, high)]


def _sentence(
    words: str,
    widgets: Sequence[QWidget],
    icon: tuple[str, str] | None,
    more: str,
    *,
    strong: bool,
) -> QFrame:
    made = QFrame()
    lines = QVBoxLayout(made)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(2)
    line = QHBoxLayout()
    line.setSpacing(8)
    if icon is not None:
        line.addWidget(IconMark(*icon))
    line.addWidget(label(words, "body" if strong else "muted"))
    for position, widget in enumerate(widgets):
        if position == 0:
            line.addSpacing(4)
        line.addWidget(widget)
    line.addStretch(1)
    lines.addLayout(line)
    if more:
        below = QHBoxLayout()
        below.addSpacing(24 if icon is not None else 0)
        below.addWidget(label(more, "small"))
        below.addStretch(1)
        lines.addLayout(below)
    return made


def _bar(painter: QPainter, place: QRect) -> None:
    painter.setPen(theme_of().color("hair"))
    painter.setBrush(theme_of().color("hair"))
    painter.drawRoundedRect(place, 3, 3)
