"""A yes or no with its words."""

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton, QWidget

from app.ui.theme import theme_of
from app.ui.widgets.labels import set_kind


class CheckField(QCheckBox):
    """A check box that is a field of a form."""

    value_changed = Signal(object)
    left = Signal()
    field_width: ClassVar[int] = 0

    def __init__(self, name: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(text)
        self.edited = False
        self.toggled.connect(self._moved)
        self.clicked.connect(self._mark_edited)
        theme_of().changed.connect(self.update)

    def value(self) -> bool:
        """Whether it is on."""
        return self.isChecked()

    def set_value(self, value: object) -> None:
        """Turn it on or off."""
        self.setChecked(bool(value))
        self.edited = False

    def is_empty(self) -> bool:
        """It never is."""
        return False

    def problem(self) -> str:
        """Both answers fit."""
        return ""

    def set_wrong(self, *, wrong: bool) -> None:
        """Colour the border."""
        set_kind(self, "true" if wrong else "false", "wrong")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the form: it means the next field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, then the tick, which a style sheet can only take from a file."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        tick = theme_of().pixmap("check", "on-accent", 14)
        painter.drawPixmap(box.center().x() - 6, box.center().y() - 6, tick)
        painter.end()

    def _moved(self, on: bool) -> None:  # noqa: FBT001  # slot of a signal
        self.value_changed.emit(on)

    def _mark_edited(self) -> None:
        self.edited = True
