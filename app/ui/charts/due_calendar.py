"""A month of due dates: what fell due each day and how much of it is still missing."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.rules.dates import date_shown
from app.ui.charts.painted_chart import PaintedChart, color, font

_HEAD, _PAD, _WEEK = 20, 4, 7
_LINE = 15
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_MIN = QSize(360, 210)


@dataclass(frozen=True, slots=True)
class DayDues:
    """One day.

    Attributes:
        due: how many instalments fell due.
        missed_share: of their money, what has not come, 0 to 1; all of it fills the day under its
            words.
        words: printed in the day, two short lines at most.
        sentence: the whole of it.
        figure: what lists the instalments.
    """

    day: date
    due: int
    missed_share: float
    words: tuple[str, ...]
    sentence: str
    figure: str


class DueCalendar(PaintedChart):
    """Arrows go from day to day; a hatched foot is as high as what is missing.

    Signals:
        pointed: another day is current; carries its sentence.
        opened: Enter or a click on a day that has dues; carries its `DayDues`.
    """

    pointed = Signal(str)
    opened = Signal(object)

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._month: date | None = None
        self._days: Mapping[date, DayDues] = {}
        self._current: date | None = None

    def minimumSizeHint(self) -> QSize:
        """Room for six weeks."""
        return _MIN

    def show_month(self, month: date, days: Mapping[date, DayDues]) -> None:
        """Draw another month; the description carries the same numbers."""
        if month != self._month:
            self._current = min(days, default=month)
        self._month, self._days = month, days
        self.setAccessibleDescription("\n".join(day.sentence for day in days.values()))
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go about the month; Enter opens the day."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if self._month is None or self._current is None:
            super().keyPressEvent(event)
        elif step:
            moved = self._current + timedelta(step)
            if moved.month == self._month.month:
                self._current = moved
                self._tell()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a day."""
        super().mousePressEvent(event)
        for day in self._dates():
            if self._box(day).contains(event.position()):
                self._current = day
                self._tell()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the day."""
        super().mouseDoubleClickEvent(event)
        self._open()

    def draw(self, painter: QPainter) -> None:
        """Names of days, then a box for each day."""
        painter.setFont(font("small"))
        painter.setPen(color("muted"))
        for place, words in enumerate(_DAYS):
            box = QRectF(place * self.width() / _WEEK, 0, self.width() / _WEEK, _HEAD)
            painter.drawText(box.adjusted(_PAD, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        for day in self._dates():
            self._draw_day(painter, day)

    def _draw_day(self, painter: QPainter, day: date) -> None:
        box, dues = self._box(day), self._days.get(day)
        painter.fillRect(box, color("window" if dues is None else "surface"))
        if dues is not None and dues.missed_share:
            high = max(box.height() - self._words_high(dues), 1.0) * dues.missed_share
            foot = QRectF(box.left(), box.bottom() - high, box.width(), high)
            painter.fillRect(foot, color("bad-bg"))
            painter.fillRect(foot, QBrush(color("bad"), Qt.BrushStyle.Dense7Pattern))
        chosen = day == self._current and self.hasFocus()
        painter.setPen(QPen(color("accent" if chosen else "hair"), 2 if chosen else 1))
        painter.drawRect(box)
        painter.setFont(font("small-strong" if dues else "small"))
        painter.setPen(color("text" if dues else "muted"))
        area = box.adjusted(_PAD, 1, -_PAD, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft, str(day.day))
        if dues is None:
            return
        painter.setFont(font("key"))
        lines = self._lines(dues)
        for place, words in enumerate(lines):
            line = area.adjusted(0, _LINE * (place + 1), 0, 0)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, words)
        if not lines:
            painter.drawText(area, Qt.AlignmentFlag.AlignRight, str(dues.due))

    def _lines(self, dues: DayDues) -> tuple[str, ...]:
        """What a day prints under its number, as far as there is room."""
        return dues.words[: max(int(self._box(dues.day).height() / _LINE) - 1, 0)]

    def _words_high(self, dues: DayDues) -> int:
        """How high number and lines stand; the hatched foot stays under them."""
        return _LINE * (1 + len(self._lines(dues))) + 1

    def _dates(self) -> list[date]:
        if self._month is None:
            return []
        last = calendar.monthrange(self._month.year, self._month.month)[1]
        return [self._month.replace(day=number) for number in range(1, last + 1)]

    def _box(self, day: date) -> QRectF:
        first = day.replace(day=1)
        last = calendar.monthrange(day.year, day.month)[1]
        weeks = (first.weekday() + last - 1) // _WEEK + 1
        place = first.weekday() + day.day - 1
        wide, high = self.width() / _WEEK, (self.height() - _HEAD) / weeks
        left, top = place % _WEEK * wide, _HEAD + place // _WEEK * high
        return QRectF(left + 1, top + 1, wide - 3, high - 3)

    def _open(self) -> None:
        dues = self._days.get(self._current) if self._current else None
        if dues is not None:
            self.opened.emit(dues)

    def _tell(self) -> None:
        dues = self._days.get(self._current) if self._current else None
        words = dues.sentence if dues else ""
        if self._current is not None and dues is None:
            words = self.tr("%1: nothing fell due").replace("%1", date_shown(self._current))
        self.pointed.emit(words)
        self.update()
