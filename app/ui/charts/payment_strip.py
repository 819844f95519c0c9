"""How the last instalments were paid: one bar a month, as high as it was late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.rules.dates import date_shown, month_shown
from app.ui.charts.painted_chart import PaintedChart, color, font

_TOP, _FOOT = 4, 18  # room over the highest bar, and for the months below
_CLEAN_HEIGHT = 4  # of a bar that was paid in time
_MOST_DAYS = 90  # higher bars end here
_GAP = 3
_WIDEST = 14
_MIN = QSize(240, 64)


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """An instalment: its due date, the days it was late, whether it is unpaid still."""

    due_on: date
    days_late: int
    unpaid: bool


class PaymentStrip(PaintedChart):
    """Bars from left to right; a paid one is filled, an unpaid one hollow. Spoken in full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("chart.story", "", parent)
        self.setAccessibleName(self.tr("Instalments of the last 24 months"))
        self._months: tuple[PaidMonth, ...] = ()

    def minimumSizeHint(self) -> QSize:
        """Room for every bar."""
        return _MIN

    def show_months(self, months: Sequence[PaidMonth]) -> None:
        """Draw instalments, oldest first."""
        self._months = tuple(months)
        words = self.words()
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def words(self) -> str:
        """The same as text: what was late, newest last."""
        late = [self._said(each) for each in self._months if each.days_late or each.unpaid]
        count = self.tr("%1 instalments, %2 late or unpaid")
        head = count.replace("%1", str(len(self._months))).replace("%2", str(len(late)))
        return "\n".join((head, *late))

    def draw(self, painter: QPainter) -> None:
        """The base line, the bars and the first and last month."""
        if not self._months:
            return
        base = self.height() - _FOOT
        painter.fillRect(QRectF(0, base, self.width(), 1), color("line"))
        step = min(self.width() / len(self._months), _WIDEST + _GAP)
        for at, month in enumerate(self._months):
            high = self._height(month, base - _TOP)
            box = QRectF(at * step, base - high, step - _GAP, high)
            self._bar(painter, box, month)
        painter.setFont(font("key"))
        painter.setPen(color("muted"))
        foot = QRectF(0, base + 3, self.width(), _FOOT)
        top = Qt.AlignmentFlag.AlignTop
        first, last = self._months[0].due_on, self._months[-1].due_on
        painter.drawText(foot, top | Qt.AlignmentFlag.AlignLeft, month_shown(first))
        if len(self._months) > 1:
            foot.setWidth(min(step * len(self._months), self.width()))
            painter.drawText(foot, top | Qt.AlignmentFlag.AlignRight, month_shown(last))

    def _bar(self, painter: QPainter, box: QRectF, month: PaidMonth) -> None:
        tone = "bad" if month.unpaid else ("warning" if month.days_late else "good")
        if month.unpaid:
            painter.setPen(color(tone))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            painter.fillRect(box, color(tone))

    @staticmethod
    def _height(month: PaidMonth, room: float) -> float:
        share = min(month.days_late, _MOST_DAYS) / _MOST_DAYS
        return _CLEAN_HEIGHT + share * (room - _CLEAN_HEIGHT)

    def _said(self, month: PaidMonth) -> str:
        template = (
            self.tr("%1: unpaid for %2 days") if month.unpaid else self.tr("%1: %2 days late")
        )
        return template.replace("%1", date_shown(month.due_on)).replace("%2", str(month.days_late))
