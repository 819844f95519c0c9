"""What stands under a list: a card that keeps its height and grows where the list leaves room."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget


class UnderList(QWidget):
    """A card with the margins of a page."""

    def __init__(self, card: QWidget, height: int) -> None:
        super().__init__()
        self._height = height
        self.setMinimumHeight(height)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 12, 16, 12)
        lines.addWidget(card)

    def sizeHint(self) -> QSize:
        """No higher than it has to be."""
        return QSize(super().sizeHint().width(), self._height)

    def minimumSizeHint(self) -> QSize:
        """Its tables scroll, whatever they hold."""
        return QSize(super().minimumSizeHint().width(), self._height)

    def hasHeightForWidth(self) -> bool:
        """Wrapped words inside never take room from the list."""
        return False
