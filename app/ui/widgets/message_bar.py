"""A bar on the page: pale ground, 3 px at the left, icon, words, actions at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.ui.widgets.labels import IconMark, label

ICONS = {
    "info": ("info-circle", "accent"),
    "good": ("circle-check", "good"),
    "warning": ("alert-triangle", "warning"),
    "bad": ("alert-circle", "bad"),
}


class InfoBar(QFrame):
    """A message at its cause. Levels: info, good, warning, bad."""

    def __init__(
        self, level: str, words: str, buttons: Sequence[QWidget] = (), *, head: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("panel.message")
        self.setProperty("level", level)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 3, 12, 3)
        line.setSpacing(8)
        line.addWidget(IconMark(*ICONS[level]))
        if head:
            line.addWidget(label(head, level))
            line.addSpacing(6)
        self._words = label(words, wrap=True)
        self._words.setMinimumHeight(22)
        line.addWidget(self._words, 1)
        for button in buttons:
            line.addWidget(button)
        self.setAccessibleName(words)

    @property
    def words(self) -> QLabel:
        """The label of the sentence."""
        return self._words

    def text(self) -> str:
        """The sentence."""
        return self._words.text()
