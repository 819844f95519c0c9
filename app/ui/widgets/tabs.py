"""Tabs of a page or card: words with a line under the chosen one."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme import theme_of
from app.ui.widgets.card import hair

_PAD = 8


class Tabs(QWidget):
    """A bar of tab buttons (`tab.<name>`) over a stack. Left and Right move.

    Attributes:
        bar: layout of the buttons; a card puts it beside its heading with `detached=True`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, detached: bool = False) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._pages: list[QWidget] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._clicked)
        self._stack = QStackedWidget()
        self.bar_widget = QWidget()
        self.bar = QHBoxLayout(self.bar_widget)
        self.bar.setContentsMargins(0, 0, 0, 0)
        self.bar.setSpacing(12)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        if not detached:
            self.bar.addStretch(1)
            lines.addWidget(self.bar_widget)
            lines.addWidget(hair())
        lines.addWidget(self._stack, 1)

    def add(self, name: str, words: str, widget: QWidget, icon: str = "") -> QPushButton:
        """Add a tab at the end."""
        index = len(self._names)
        button = QPushButton(words)
        button.setObjectName(f"tab.{name}")
        button.setAccessibleIdentifier(f"tab.{name}")
        button.setAccessibleName(words)
        button.setProperty("kind", "tab")
        button.setCheckable(True)
        button.installEventFilter(self)
        bold = QFontMetrics(theme_of().font("strong"))
        button.setMinimumWidth(bold.horizontalAdvance(words) + 2 * _PAD)
        if icon:
            button.setIcon(theme_of().icon(icon, "muted"))
        self._names.append(name)
        self._pages.append(widget)
        self._group.addButton(button, index)
        self.bar.insertWidget(index, button)
        self._stack.addWidget(widget)
        if index == 0:
            button.setChecked(True)
        self._stop_at(self._stack.currentIndex())
        return button

    @property
    def current_name(self) -> str:
        """The name of the tab shown; empty without tabs."""
        index = self._stack.currentIndex()
        return self._names[index] if index >= 0 else ""

    def choose(self, name: str) -> None:
        """Show a tab; an unknown name changes nothing."""
        if name in self._names and name != self.current_name:
            index = self._names.index(name)
            self._group.button(index).setChecked(True)
            self._stack.setCurrentIndex(index)
            self._stop_at(index)
            self.chosen.emit(name)

    def show_tab(self, name: str, *, shown: bool) -> None:
        """Offer a tab, or take it away for a while."""
        self._group.button(self._names.index(name)).setVisible(shown)

    def widget(self, name: str) -> QWidget:
        """Return the page of a tab.

        Raises:
            ValueError: there is no such tab.
        """
        return self._pages[self._names.index(name)]

    def set_words(self, name: str, words: str) -> None:
        """Change a tab's words."""
        button = self._group.button(self._names.index(name))
        button.setText(words)
        button.setAccessibleName(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move between tabs with Left and Right."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
            if step:
                index = (self._stack.currentIndex() + step) % len(self._names)
                while self._group.button(index).isHidden():
                    index = (index + step) % len(self._names)
                self._group.button(index).setFocus()
                self.choose(self._names[index])
                return True
        return super().eventFilter(watched, event)

    def _stop_at(self, chosen: int) -> None:
        """Let Tab stop at the chosen tab alone: Left and Right go on from there."""
        for index in range(len(self._names)):
            policy = Qt.FocusPolicy.StrongFocus if index == chosen else Qt.FocusPolicy.ClickFocus
            self._group.button(index).setFocusPolicy(policy)

    def _clicked(self, index: int) -> None:
        self.choose(self._names[index])
