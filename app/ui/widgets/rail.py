"""The way between the main pages, at the left; what the role may not open is absent."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.ui.theme import theme_of

WIDTH = 148
NARROW_WIDTH = 56
_ITEM_HEIGHT = 34
_ICON = 16


class RailItem(QPushButton):
    """Icon and word; the page shown has the pale ground and a bar of 3 px."""

    def __init__(self, action: QAction, icon: str) -> None:
        super().__init__()
        self.setObjectName(action.objectName())
        self.setAccessibleIdentifier(action.objectName())
        self.setAccessibleName(action.text())
        self.setToolTip(action.toolTip())
        self.setFixedHeight(_ITEM_HEIGHT)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.words = action.text()
        self.narrow = False
        self.count = 0
        self._icon = icon
        self.clicked.connect(action.trigger)

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(NARROW_WIDTH if self.narrow else WIDTH, _ITEM_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, the bar, icon and word."""
        theme = theme_of()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(8, 1, -9, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected" if self.isChecked() else "hover"))
            painter.drawRoundedRect(area, 4, 4)
        if self.isChecked():
            painter.fillRect(0, area.top() + 6, 3, area.height() - 12, theme.color("accent"))
        if self.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4, 4)
            painter.drawRoundedRect(area, 4, 4)
        tone = "accent" if self.isChecked() else "muted"
        top = (self.height() - _ICON) // 2
        painter.drawPixmap(17, top, theme.pixmap(self._icon, tone, _ICON))
        if not self.narrow:
            painter.setFont(theme.font("strong" if self.isChecked() else "body"))
            painter.setPen(theme.color("text" if self.isChecked() else "muted"))
            self._paint_words(painter, area)
        painter.end()

    def show_count(self, count: int) -> None:
        """Show how many wait there; 0 shows nothing."""
        self.count = count
        words = f"{self.words}, {count}" if count else self.words
        self.setAccessibleName(words)
        self.update()

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            area.adjusted(36, 0, 0, 0), middle | Qt.AlignmentFlag.AlignLeft, self.words
        )
        if self.count:
            right = middle | Qt.AlignmentFlag.AlignRight
            painter.drawText(area.adjusted(0, 0, -8, 0), right, str(self.count))


class Rail(QFrame):
    """Items under each other; below 1280 px only their icons.

    Signals:
        offered: other items stand there, as for another person.
    """

    offered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.setAccessibleName(self.tr("Pages"))
        self._items: dict[str, RailItem] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 8, 0, 8)
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        self.setFixedWidth(WIDTH)
        theme_of().changed.connect(self.update)

    def set_items(self, items: Sequence[tuple[str, QAction, str]]) -> None:
        """Show these (screen name, action, icon)."""
        for old in self._items.values():
            old.hide()
            old.deleteLater()
        self._items = {name: RailItem(action, icon) for name, action, icon in items}
        for position, item in enumerate(self._items.values()):
            self._lines.insertWidget(position, item)
        self.offered.emit()

    def light(self, name: str) -> None:
        """Mark the page shown."""
        for key, item in self._items.items():
            item.setChecked(key == name)

    def offers(self, name: str) -> bool:
        """Whether the person may open this page."""
        return name in self._items

    def show_count(self, name: str, count: int) -> None:
        """Show how many wait on a page; a page that is not offered shows nothing."""
        if name in self._items:
            self._items[name].show_count(count)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons alone, or icons with words."""
        self.setFixedWidth(NARROW_WIDTH if narrow else WIDTH)
        for item in self._items.values():
            item.narrow = narrow
            item.updateGeometry()
            item.update()

    def first(self) -> QWidget | None:
        """The item of the page shown, where F6 lands."""
        lit = [item for item in self._items.values() if item.isChecked()]
        return next(iter(lit or self._items.values()), None)
