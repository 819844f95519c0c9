"""The strip under a list: how many rows there are, and the keys that act on them."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.widgets.labels import KeyHints, label


class ListFoot(QWidget):
    """`status.count` at the left, the keys at the right."""

    def __init__(self, hints: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = label("", "small", "status.count")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._count)
        line.addStretch(1)
        line.addWidget(KeyHints(hints))
        self.hide()

    def say_count(self, words: str) -> None:
        """Show how many rows there are."""
        self._count.setText(words)
        self._count.setAccessibleName(words)
