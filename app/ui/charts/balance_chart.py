"""What is left of a loan against its plan: one line each over the loan's life."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.rules.dates import date_shown, month_shown
from app.rules.money import CRORE_PAISE, LAKH_PAISE, rupees, rupees_compact
from app.services.steps.axis_scale import scale_to
from app.ui.charts.painted_chart import PaintedChart, color, font

_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 14, 24
_MONTHS = 5  # names along the foot
_MONTH_WIDTH, _LINE_HEIGHT = 64, 16
_DOT = 4
_MIN = QSize(320, 180)
Points = Sequence[tuple[date, int]]
Axis = tuple[tuple[int, str], ...]  # amounts in paise from 0 up, with their words


class BalanceChart(PaintedChart):
    """Actual as a line with a dot at its end, the plan dashed; both named where they end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("chart.balance", "", parent)
        self.setAccessibleName(self.tr("Balance against plan"))
        self._actual: Points = ()
        self._plan: Points = ()
        self._on = date.min
        self._axis: Axis = ((0, "0"), (1, ""))

    def minimumSizeHint(self) -> QSize:
        """Room for every label."""
        return _MIN

    def show_lines(self, actual: Points, plan: Points, on: date) -> None:
        """Draw principal in paise by day; the actual line ends on the day shown."""
        self._actual, self._plan, self._on = actual, plan, on
        self._axis = axis_to(max((left for _day, left in (*actual, *plan)), default=0))
        left, planned = self._left(), planned_on(plan, on)
        words = self.tr("%1: %2 left, by plan %3").replace("%1", date_shown(on))
        words = words.replace("%2", rupees(left)).replace("%3", rupees(planned))
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Grid, plan, actual, names."""
        if not self._actual:
            return
        self._draw_grid(painter)
        painter.setPen(QPen(color("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF([self._place(*point) for point in self._plan]))
        end = self._place(self._on, self._left())
        painter.setPen(QPen(color("accent"), 2))
        painter.drawPolyline(QPolygonF([*(self._place(*point) for point in self._actual), end]))
        self._draw_ends(painter, end)

    def _draw_ends(self, painter: QPainter, end: QPointF) -> None:
        begun = [point for point in self._plan if point[0] <= self._on]
        plan = self._place(*(begun or self._plan)[-1 if begun else 0])  # on the line as drawn
        painter.setPen(QPen(color("muted"), 1.5))
        painter.setBrush(color("surface"))
        painter.drawEllipse(plan, _DOT, _DOT)
        painter.setPen(QPen(color("accent"), 1))
        painter.setBrush(color("accent"))
        painter.drawEllipse(end, _DOT, _DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        above = end.y() <= plan.y()
        actual = self.tr("Actual %1").replace("%1", rupees_compact(self._left()))
        planned = rupees_compact(planned_on(self._plan, self._on))
        self._name(painter, end, actual, "small-strong", above=above)
        self._name(
            painter, plan, self.tr("Plan %1").replace("%1", planned), "small", above=not above
        )

    def _name(self, painter: QPainter, at: QPointF, words: str, role: str, *, above: bool) -> None:
        wide = QFontMetricsF(font(role)).horizontalAdvance(words) + 4
        left = at.x() + 10 if above else at.x() - wide - 10
        left = min(max(left, _LEFT), self.width() - wide)
        top = at.y() - _LINE_HEIGHT - 6 if above else at.y() + 4
        bottom = self.height() - _BOTTOM - _LINE_HEIGHT
        top = min(max(top, 0.0), bottom)
        painter.setFont(font(role))
        painter.setPen(color("text" if role == "small-strong" else "muted"))
        painter.drawText(QRectF(left, top, wide, _LINE_HEIGHT), Qt.AlignmentFlag.AlignLeft, words)

    def _draw_grid(self, painter: QPainter) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.setFont(font("key"))
        for paise, words in self._axis:
            y = self._place(self._on, paise).y()
            painter.setPen(QPen(color("hair"), 1))
            painter.drawLine(QPointF(_LEFT, y), QPointF(self.width() - _RIGHT, y))
            painter.setPen(color("muted"))
            painter.drawText(QRectF(0, y - 8, _LEFT - 8, 16), right, words)
        first, last = self._span()
        for step in range(_MONTHS):
            day = date.fromordinal(first + (last - first) * step // (_MONTHS - 1))
            x = self._place(day, 0).x()
            left = min(max(x - _MONTH_WIDTH / 2, 0), self.width() - _MONTH_WIDTH)
            box = QRectF(left, self.height() - _BOTTOM + 5, _MONTH_WIDTH, _BOTTOM)
            painter.drawText(box, middle, month_shown(day))

    def _left(self) -> int:
        return self._actual[-1][1] if self._actual else 0

    def _span(self) -> tuple[int, int]:
        days = [day.toordinal() for day, _left in (*self._actual, *self._plan)]
        return min(days), max(*days, self._on.toordinal())

    def _place(self, day: date, paise: int) -> QPointF:
        first, last = self._span()
        across = (day.toordinal() - first) / max(last - first, 1)
        up = paise / self._axis[-1][0]
        wide, high = self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM
        return QPointF(_LEFT + wide * across, _TOP + high * (1 - up))


def axis_to(highest_paise: int) -> Axis:
    """Round amounts up to the highest, all in one unit.

    >>> [words for _paise, words in axis_to(25_000_000)]
    ['0', '0.5 L', '1 L', '1.5 L', '2 L', '2.5 L']
    >>> [words for _paise, words in axis_to(4_500_000)]
    ['0', '10,000', '20,000', '30,000', '40,000', '50,000']
    """
    if highest_paise < LAKH_PAISE:
        steps = scale_to(float(highest_paise)).steps
        return tuple((int(at), rupees_compact(int(at)).replace("₹", "")) for at in steps)
    crores = highest_paise >= CRORE_PAISE
    unit, sign = (CRORE_PAISE, "Cr") if crores else (LAKH_PAISE, "L")
    scale = scale_to(highest_paise / unit)
    lines = zip(scale.steps, scale.words, strict=True)
    return tuple((round(at * unit), f"{words} {sign}" if at else words) for at, words in lines)


def planned_on(plan: Points, on: date) -> int:
    """What is left by plan at the end of a day, in paise.

    >>> planned_on([(date(2026, 1, 5), 900), (date(2026, 2, 5), 800)], date(2026, 2, 4))
    900
    """
    begun = [left for day, left in plan if day <= on]
    return begun[-1] if begun else next((left for _day, left in plan), 0)
