"""The side panel, 288 wide: a page puts a widget of its own here."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

WIDTH = 288


class ContextPanel(QFrame):
    """Shows the current page's widget; hidden when it has none or Ctrl+backslash hid it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "context")
        self.setAccessibleName(self.tr("Side panel"))
        self.setFixedWidth(WIDTH)
        self._wanted = True
        self._scrolls: dict[int, QScrollArea] = {}
        self._stack = QStackedWidget()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(1, 0, 0, 0)
        lines.addWidget(self._stack)
        self.hide()

    def show_widget(self, widget: QWidget | None) -> None:
        """Show a page's widget; None hides the panel."""
        if widget is not None:
            self._stack.setCurrentWidget(self._scroll_of(widget))
        self.setProperty("filled", widget is not None)
        self.setVisible(widget is not None and self._wanted)

    def toggle(self) -> None:
        """Hide or show the panel, where the page has one."""
        self._wanted = not self._wanted
        self.setVisible(bool(self.property("filled")) and self._wanted)

    def clear(self) -> None:
        """Forget the widgets of pages that go."""
        for scroll in self._scrolls.values():
            self._stack.removeWidget(scroll)
            scroll.deleteLater()
        self._scrolls.clear()
        self.show_widget(None)

    def _scroll_of(self, widget: QWidget) -> QScrollArea:
        key = id(widget)
        if key not in self._scrolls:
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.setWidget(widget)
            widget.destroyed.connect(lambda _gone=None: self._forget(key))
            self._scrolls[key] = scroll
            self._stack.addWidget(scroll)
        return self._scrolls[key]

    def _forget(self, key: int) -> None:
        self._scrolls.pop(key, None)
