"""The two halves of the rule book, Rules and Products, as tabs over their pages."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.theme import theme_of
from app.ui.widgets.card import hair

_PAD = 8


class BookTabs(QWidget):
    """`tab.rules` and `tab.products`; the page shown is marked, the other one opens."""

    def __init__(self, shown: str, open_page: Callable[[str], None]) -> None:
        super().__init__()
        self._open = open_page
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 0, 16, 0)
        bar.setSpacing(12)
        for name, words in (("rules", self.tr("Rules")), ("products", self.tr("Products"))):
            bar.addWidget(self._button(name, words, shown=name == shown))
        bar.addStretch(1)
        lines.addLayout(bar)
        lines.addWidget(hair())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the other half with Left and Right."""
        if isinstance(event, QKeyEvent) and _is_arrow(event):
            self._open_other()
            return True
        return super().eventFilter(watched, event)

    def _button(self, name: str, words: str, *, shown: bool) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(f"tab.{name}")
        button.setAccessibleIdentifier(button.objectName())
        button.setAccessibleName(words)
        button.setProperty("kind", "tab")
        button.setCheckable(True)
        button.setChecked(shown)
        bold = QFontMetrics(theme_of().font("strong"))
        button.setMinimumWidth(bold.horizontalAdvance(words) + 2 * _PAD)
        button.installEventFilter(self)
        button.clicked.connect(lambda _checked=False: self._clicked(button, shown=shown))
        return button

    def _clicked(self, button: QPushButton, *, shown: bool) -> None:
        button.setChecked(shown)  # this page keeps its own mark
        if not shown:
            self._open(button.objectName().removeprefix("tab."))

    def _open_other(self) -> None:
        other = next(b for b in self.findChildren(QPushButton) if not b.isChecked())
        self._open(other.objectName().removeprefix("tab."))


def _is_arrow(event: QKeyEvent) -> bool:
    arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right)
    return event.type() == QEvent.Type.KeyPress and event.key() in arrows
