"""An amount of money: lenient typing in, whole paise out (screens.md F7, desktop.md 7)."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.rules.money import PAISE_PER_RUPEE, amount_in_words, parse_money, rupees_shown
from app.ui.widgets.line_field import LineField

STEP_PAISE = 10_000 * PAISE_PER_RUPEE
PAGE_PAISE = 1_00_000 * PAISE_PER_RUPEE


class MoneyEdit(LineField):
    """Up and Down step, PgUp and PgDn step further; the note echoes the amount in words."""

    field_width: ClassVar[int] = 180
    right_aligned: ClassVar[bool] = True

    def __init__(
        self,
        name: str,
        step_paise: int = STEP_PAISE,
        page_paise: int = PAGE_PAISE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._step_paise, self._page_paise = step_paise, page_paise
        self.set_units("₹", "")

    def read_text(self, text: str) -> object:
        """Return paise."""
        return parse_money(text)

    def write_value(self, value: object) -> str:
        """Return the amount in lakh groups, without its sign."""
        return rupees_shown(int(str(value))).replace("₹", "")

    def value(self) -> int | None:
        """Whole paise, None while there is none."""
        raw = self.raw_value()
        return raw if isinstance(raw, int) else None

    def set_value(self, value: int | None) -> None:
        """Show an amount in paise."""
        self.put_value(value)

    def echo(self) -> str:
        """The amount in words, for the note column; empty while there is none."""
        amount = self.value()
        return "" if amount is None else amount_in_words(amount)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow and page keys."""
        steps = {
            Qt.Key.Key_Up: self._step_paise,
            Qt.Key.Key_Down: -self._step_paise,
            Qt.Key.Key_PageUp: self._page_paise,
            Qt.Key.Key_PageDown: -self._page_paise,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        self.edited = True
        begin = self.last_read()
        start = begin if isinstance(begin, int) else 0
        self.setText(self.write_value(max(start + step, 0)))
