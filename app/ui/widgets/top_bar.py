"""The bar on top: find box, where the book is, who sits here with their menu."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from app.ui.theme import theme_of
from app.ui.widgets.card import hair
from app.ui.widgets.find_box import FindBox, Finder
from app.ui.widgets.rail import WIDTH as RAIL_WIDTH
from app.ui.widgets.sync_chip import SyncChip
from app.ui.widgets.workbench import Workbench

HEIGHT = 44
_ICON = 16
_GAP = 8


class UserButton(QPushButton):
    """Name 600, role muted, an arrow; opens the menu."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("user_menu")
        self.setProperty("kind", "user")
        self._name = ""
        self._role = ""

    def show_person(self, name: str, role: str) -> None:
        """Show who sits here."""
        self._name, self._role = name, role
        self.setAccessibleName(f"{name}, {role}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        theme = theme_of()
        width = QFontMetrics(theme.font("strong")).horizontalAdvance(self._name)
        width += QFontMetrics(theme.font("body")).horizontalAdvance(self._role)
        return QSize(width + _ICON + 2 * _GAP + 18, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame by the style, the words by hand."""
        super().paintEvent(event)
        theme = theme_of()
        painter = QPainter(self)
        area = self.rect().adjusted(8, 0, -8, 0)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.color("text"))
        painter.drawText(area, side, self._name)
        area.setLeft(area.left() + painter.fontMetrics().horizontalAdvance(self._name) + _GAP)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("muted"))
        painter.drawText(area, side, self._role)
        top = (self.height() - _ICON) // 2
        left = self.width() - _ICON - 6
        painter.drawPixmap(left, top, theme.pixmap("chevron-down", "muted", _ICON))
        painter.end()


class TopBar(QFrame):
    """44 high."""

    def __init__(self, workbench: Workbench, find: Finder, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("kind", "top-bar")
        self.setFixedHeight(HEIGHT)
        self.find_box = FindBox(workbench, find, window)
        self.sync = SyncChip()
        self.user = UserButton()
        self._menu = QMenu(self)
        self.user.clicked.connect(self._open_menu)
        line = QHBoxLayout(self)
        line.setContentsMargins(RAIL_WIDTH + 16, 0, 8, 0)
        line.setSpacing(12)
        line.addWidget(self.find_box)
        line.addStretch(1)
        line.addWidget(self.sync)
        bar = QWidget()
        inside = QVBoxLayout(bar)
        inside.setContentsMargins(0, 13, 0, 13)
        inside.addWidget(hair(upright=True))
        line.addWidget(bar)
        line.addWidget(self.user)
        theme_of().changed.connect(self.user.update)

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """Offer these in the person's menu."""
        self._menu.clear()
        for action in actions:
            self._menu.addAction(action)

    def _open_menu(self) -> None:
        corner = self.user.mapToGlobal(QPoint(0, self.user.height()))
        self._menu.popup(corner)
