"""A surface that groups one topic, and hair lines. Never a card in a card."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.widgets.fact_list import Fact, FactList, PairList
from app.ui.widgets.labels import label

__all__ = ["PADDING", "Card", "Fact", "FactList", "PairList", "hair", "rule"]

PADDING = 12


def hair(*, upright: bool = False) -> QFrame:
    """Return a hair line."""
    line = QFrame()
    line.setProperty("kind", "hair-up" if upright else "hair")
    line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return line


rule = hair


class Card(QFrame):
    """A titled surface.

    Attributes:
        body: layout for the content.
        head: layout of the heading line, for links and keys at its right.
    """

    def __init__(
        self,
        title: str = "",
        detail: str = "",
        corner: QWidget | None = None,
        *,
        tight: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        outer = QVBoxLayout(self)
        side = 0 if tight else PADDING
        outer.setContentsMargins(1, 7, 1, 1 if tight else PADDING - 2)
        outer.setSpacing(6)
        self._title = label(title, "strong")
        self._detail = label(detail, "small")
        self.head = QHBoxLayout()
        self.head.setContentsMargins(PADDING, 0, PADDING, 0)
        self.head.setSpacing(8)
        self.head.addWidget(self._title)
        self.head.addWidget(self._detail)
        self.head.addStretch(1)
        if corner is not None:
            self.head.addWidget(corner)
        if title:
            outer.addLayout(self.head)
            self.setAccessibleName(title)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(side, 0, side, 0)
        self.body.setSpacing(6)
        outer.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_detail(self, detail: str) -> None:
        """Change the muted words beside the heading."""
        self._detail.setText(detail)
