"""A bar on the page: pale ground, 3 px at the left, icon, words, actions at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.ui.widgets.labels import IconMark, label

ICONS = {
    "info": ("info-circle", "accent"),
    "good": ("circle-check", "good"),
    "warning": ("alert-triangle", "warning"),
    "bad": ("alert-circle", "bad"),
}


def link(action: QAction) -> QPushButton:
    """Return a plain link that follows an action; screens use `action_button` where keys show."""
    button = QPushButton(action.text())
    button.setObjectName(action.objectName())
    button.setProperty("kind", "link")
    button.clicked.connect(action.trigger)
    return button


class InfoBar(QFrame):
    """A message at its cause. Levels: info, good, warning, bad."""

    def __init__(
        self,
        level: str,
        words: str,
        actions: Sequence[QAction | QWidget] = (),
        *,
        head: str = "",
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
        for action in actions:
            line.addWidget(link(action) if isinstance(action, QAction) else action)
        self.setAccessibleName(words)

    @property
    def words(self) -> QLabel:
        """The label of the sentence."""
        return self._words

    def text(self) -> str:
        """The sentence."""
        return self._words.text()
