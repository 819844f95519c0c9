"""Two to four choices side by side, one of them on."""

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.ui.theme import theme_of
from app.ui.widgets.picker import Choice

_PAD = 24


class Segmented(QWidget):
    """Left and Right move the choice; it never has none."""

    value_changed = Signal(object)
    left = Signal()
    field_width: ClassVar[int] = 0

    def __init__(self, name: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.edited = False
        self._choices = tuple(choices)
        self._group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for index, choice in enumerate(self._choices):
            line.addWidget(self._button(index, choice))
        line.addStretch(1)
        self.setFixedHeight(30)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group.button(0).setChecked(True)
        self.setFocusProxy(self._group.button(0))
        self._group.idClicked.connect(self._clicked)
        self._group.idToggled.connect(self._toggled)

    def value(self) -> Any:  # noqa: ANN401  # the caller knows what it offered
        """The value that is on."""
        return self._choices[self._group.checkedId()].value

    def set_value(self, value: object) -> None:
        """Turn a value on; one that is not offered changes nothing."""
        for index, choice in enumerate(self._choices):
            if choice.value == value:
                self._group.button(index).setChecked(True)
        self.edited = False

    def is_empty(self) -> bool:
        """It never is."""
        return False

    def problem(self) -> str:
        """It offers only what fits."""
        return ""

    def set_wrong(self, *, wrong: bool) -> None:
        """It offers only what fits; nothing to colour."""

    def setAccessibleName(self, name: str) -> None:
        """Name the group and, with it, each button."""
        super().setAccessibleName(name)
        for index, choice in enumerate(self._choices):
            self._group.button(index).setAccessibleName(f"{name}: {choice.text}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the choice with Left and Right."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
            if step:
                index = min(max(self._group.checkedId() + step, 0), len(self._choices) - 1)
                button = self._group.button(index)
                button.setFocus()
                button.click()
                return True
        return super().eventFilter(watched, event)

    def _button(self, index: int, choice: Choice) -> QPushButton:
        button = QPushButton(choice.text)
        button.setCheckable(True)
        button.setProperty("kind", "segment")
        last = len(self._choices) - 1
        button.setProperty("edge", {0: "first", last: "last"}.get(index, "middle"))
        bold = QFont(theme_of().font("strong"))
        button.setFixedWidth(QFontMetrics(bold).horizontalAdvance(choice.text) + _PAD)
        button.setObjectName(f"{self.objectName()}.{index}")
        button.installEventFilter(self)
        self._group.addButton(button, index)
        return button

    def _clicked(self, _index: int) -> None:
        self.edited = True

    def _toggled(self, _index: int, on: bool) -> None:  # noqa: FBT001  # slot of a signal
        if on:
            self.value_changed.emit(self.value())
