"""A date typed the way people type dates; shown as 03 Apr 2026 (screens.md F7)."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.rules.dates import DateTextError, YearReading, date_shown, parse_date
from app.ui.theme import theme_of
from app.ui.widgets.calendar_popup import CalendarPopup
from app.ui.widgets.line_field import LineField

_STEP_KEYS = frozenset("t+-[]mh")
_ICON = 16


class DateEdit(LineField):
    """A date. Short years lie near today, or in the past with the sense `past`.

    Keys t + - [ ] m h act while the whole date is selected; F4 opens a calendar.
    """

    field_width: ClassVar[int] = 180

    def __init__(
        self,
        name: str,
        today: Callable[[], date],
        sense: str = "near",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._today = today
        self._years = YearReading.BIRTH if sense == "past" else YearReading.DUE
        self.setTextMargins(0, 0, _ICON + 6, 0)

    def read_text(self, text: str) -> object:
        """Return the date."""
        return parse_date(text, self._today(), self._years)

    def write_value(self, value: object) -> str:
        """Return the date with the month's name."""
        return date_shown(value) if isinstance(value, date) else ""

    def value(self) -> date | None:
        """The date, None while there is none."""
        raw = self.raw_value()
        return raw if isinstance(raw, date) else None

    def set_value(self, value: date | None) -> None:
        """Show a date."""
        self.put_value(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step a wholly selected date; open the calendar with F4 or Alt+Down."""
        key = event.text().lower()
        alt_down = event.key() == Qt.Key.Key_Down and bool(
            event.modifiers() & Qt.KeyboardModifier.AltModifier
        )
        if event.key() == Qt.Key.Key_F4 or alt_down:
            self.open_calendar()
        elif key in _STEP_KEYS and key and self._step(key):
            event.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the calendar from its icon."""
        if event.position().x() > self.width() - _ICON - 12:
            self.open_calendar()
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, then the calendar's icon."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.drawPixmap(
            self.width() - _ICON - 8,
            (self.height() - _ICON) // 2,
            theme_of().pixmap("calendar-event", "muted", _ICON),
        )
        painter.end()

    def open_calendar(self) -> None:
        """Show a month to pick from."""
        popup = CalendarPopup(self.value() or self._today(), self)
        popup.picked.connect(self._pick)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()

    def _pick(self, day: date) -> None:
        self.edited = True
        self.setText(date_shown(day))

    def _step(self, key: str) -> bool:
        value = self.value()
        whole = bool(self.text()) and self.selectedText() == self.text()
        if key == "t" and (self.is_empty() or whole):
            day = self._today()
        elif value is not None and whole:
            try:
                day = parse_date(key, value)
            except DateTextError:
                return False
        else:
            return False
        self._pick(day)
        self.selectAll()
        return True
