"""The field `reason` of a proposal or decision: one of a list, or the reasons of a rejection."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.given_reasons import GivenReasons, OfferedReason
from app.ui.widgets.picker import Choice, Picker


class ReasonField(QWidget):
    """A picker for an approval or a return, ticked lines for a rejection.

    Signals:
        value_changed: carries the codes.
        left: the picker was left.
    """

    value_changed = Signal(object)
    left = Signal()
    field_width: ClassVar[int] = 0

    def __init__(self, name: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self._width = width
        self.edited = False
        self._picker = Picker(f"{name}.choice.0", ())
        self._given = GivenReasons(name)
        self._many = False
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        for part in (self._picker, self._given):
            lines.addWidget(part)
        self._picker.setFixedWidth(width)
        self._picker.value_changed.connect(self._moved)
        self._picker.activated.connect(self._mark_edited)
        self._picker.left.connect(self.left)
        self._given.changed.connect(lambda: self._moved(None))
        self._show_part()

    def ask_one(self, choices: Sequence[Choice], chosen: str = "") -> None:
        """Offer a list to choose one from."""
        self._many = False
        self._picker.set_choices(choices)
        self._picker.set_value(chosen or None)
        self.edited = False
        self._show_part()

    def ask_many(self, reasons: Sequence[OfferedReason], more: Sequence[Choice]) -> None:
        """Offer the reasons of a rejection."""
        self._many = True
        self._given.offer(reasons, more)
        self.edited = False
        self._show_part()

    def value(self) -> tuple[str, ...]:
        """The codes chosen, the main one first."""
        if self._many:
            return self._given.given()
        chosen = self._picker.value()
        return () if chosen is None else (str(chosen),)

    def set_value(self, value: Sequence[str] | None) -> None:
        """Choose these codes; counts as untouched."""
        codes = tuple(value or ())
        if self._many:
            self._given.set_given(codes)
        else:
            self._picker.set_value(codes[0] if codes else None)
        self.edited = False

    def is_empty(self) -> bool:
        """Whether nothing is chosen."""
        return not self.value()

    def problem(self) -> str:
        """A list offers only what fits."""
        return ""

    def set_wrong(self, *, wrong: bool) -> None:
        """Colour the border of the list."""
        self._picker.set_wrong(wrong=wrong)

    def setAccessibleName(self, name: str) -> None:
        """Name the field and the list in it."""
        super().setAccessibleName(name)
        self._picker.setAccessibleName(name)

    def _show_part(self) -> None:
        self._picker.setVisible(not self._many)
        self._given.setVisible(self._many)
        self.setFocusProxy(self._given.first() if self._many else self._picker)

    def _moved(self, _value: object) -> None:
        self.edited = True
        if self._many:
            self.setFocusProxy(self._given.first())
        self.value_changed.emit(self.value())

    def _mark_edited(self, _index: int) -> None:
        self.edited = True
