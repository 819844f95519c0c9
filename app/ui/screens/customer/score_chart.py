"""The internal score each time it was made (`chart.score_history`), oldest at the left.

Left and Right go from score to score, Enter opens that assessment; the sentence under the chart
says the chosen one. Where the model changed a dashed line parts the scores.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.rules.bank_time import bank_day
from app.rules.dates import date_shown
from app.rules.score_bands import ScoreScale
from app.services.read_customer_overview import ScoreMade
from app.ui.charts.painted_chart import PaintedChart, color, font
from app.ui.screens.customer.fact_words import whole_score
from app.ui.widgets.lending_cells import word_of
from db.vocabulary.decisions import RiskLevel

_LEFT, _RIGHT, _TOP, _BOTTOM = 36, 56, 36, 38
_DOT, _CHOSEN = 4, 7
_LEAST_STEP = 68  # of two labels side by side
_MIN = QSize(320, 168)


class ScoreChart(PaintedChart):
    """Dots joined by a thin line.

    Signals:
        chosen: another score is chosen; carries its `ScoreMade`.
        opened: Enter or a double click on a score.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("chart.score_history", "", parent)
        self.setAccessibleName(self.tr("Score history"))
        self._scores: tuple[ScoreMade, ...] = ()
        self._scale = ScoreScale(0, 1, 0, 0)
        self._current = -1

    def show_scores(self, scores: Sequence[ScoreMade], scale: ScoreScale) -> None:
        """Show these scores, oldest first; the newest is chosen."""
        self._scores, self._scale = tuple(scores), scale
        self.setAccessibleDescription("; ".join(spoken(each) for each in scores))
        self._choose(len(self._scores) - 1)

    def current(self) -> ScoreMade | None:
        """The chosen score, None without scores."""
        return self._scores[self._current] if self._scores else None

    def minimumSizeHint(self) -> QSize:
        """Enough for three scores and their labels."""
        return _MIN

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from score to score, open one with Enter."""
        last = len(self._scores) - 1
        key = Qt.Key(event.key())
        goals = {
            Qt.Key.Key_Left: self._current - 1,
            Qt.Key.Key_Right: self._current + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if key in goals and self._scores:
            self._choose(min(max(goals[key], 0), last))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._scores:
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the nearest score."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        places = self._places()
        if places:
            x = event.position().x()
            self._choose(min(range(len(places)), key=lambda n: abs(places[n].x() - x)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the nearest score."""
        self.mousePressEvent(event)
        if self._scores:
            self.opened.emit(self.current())

    def draw(self, painter: QPainter) -> None:
        """Levels, models, line, dots and labels."""
        if self._scores:
            self._draw_levels(painter)
            self._draw_models(painter)
            self._draw_dots(painter)
            self._draw_labels(painter)

    def _choose(self, number: int) -> None:
        self._current = number
        self.update()
        if self._scores:
            self.chosen.emit(self.current())

    def _draw_levels(self, painter: QPainter) -> None:
        """Lines at both ends and, dashed, where the level changes; levels named at the right."""
        scale = self._scale
        painter.setFont(font("key"))
        right = self.width() - _RIGHT
        for tick in (scale.least, scale.high_at, scale.medium_at, scale.most):
            y = self._y(tick)
            inner = tick not in (scale.least, scale.most)
            style = Qt.PenStyle.DashLine if inner else Qt.PenStyle.SolidLine
            painter.setPen(QPen(color("line" if inner else "hair"), 1, style))
            painter.drawLine(QPointF(_LEFT, y), QPointF(right, y))
            _write(painter, QRectF(0, y - 8, _LEFT - 6, 16), str(tick), "muted", "right")
        ends = (scale.most, scale.medium_at, scale.high_at, scale.least)
        for top, bottom, level in zip(ends, ends[1:], RiskLevel, strict=False):
            middle = (self._y(top) + self._y(bottom)) / 2
            box = QRectF(right + 8, middle - 8, _RIGHT - 8, 16)
            _write(painter, box, word_of("risk_level", level), "muted", "left")

    def _draw_models(self, painter: QPainter) -> None:
        """The model's name over its first score; a dashed line where another one took over."""
        places = self._places()
        painter.setFont(font("key"))
        before = ""
        for place, score in zip(places, self._scores, strict=True):
            if score.model_id == before:
                continue
            if before:
                x = place.x() - self._step() / 2
                painter.setPen(QPen(color("line"), 1, Qt.PenStyle.DashLine))
                painter.drawLine(QPointF(x, 4), QPointF(x, self.height() - _BOTTOM))
            wide = QFontMetricsF(font("key")).horizontalAdvance(score.model_id) + 4
            left = min(max(place.x() - wide / 2, _LEFT), self.width() - wide)
            _write(painter, QRectF(left, 2, wide, 16), score.model_id, "muted", "left")
            before = score.model_id

    def _draw_dots(self, painter: QPainter) -> None:
        places = self._places()
        painter.setPen(QPen(color("accent"), 1.5))
        painter.drawPolyline(places)
        for number, place in enumerate(places):
            stands = not (self._scores[number].replaced or self._scores[number].outdated)
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(color("accent") if stands else color("surface"))
            painter.drawEllipse(place, _DOT, _DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("text"), 2))
        painter.drawEllipse(places[self._current], _CHOSEN, _CHOSEN)

    def _draw_labels(self, painter: QPainter) -> None:
        """Score over the dot, day and application under the axis, as many as there is room for."""
        every = max(1, -int(-_LEAST_STEP // max(self._step(), 1)))
        places = self._places()
        last = len(places) - 1
        foot = self.height() - _BOTTOM
        for number, place in enumerate(places):
            near = abs(number - self._current) * self._step() < _LEAST_STEP
            if number != self._current and (near or (last - number) % every):
                continue
            score = self._scores[number]
            x = min(max(place.x(), _LEAST_STEP / 2), self.width() - _LEAST_STEP / 2)
            box = QRectF(x - _LEAST_STEP / 2, place.y() - 24, _LEAST_STEP, 16)
            _write(
                painter, box, str(whole_score(score.score_hundredths)), "text", "middle", "strong"
            )
            day = date_shown(bank_day(score.at))
            for line, words in enumerate((day, score.reference)):
                box = QRectF(x - _LEAST_STEP / 2, foot + 4 + 16 * line, _LEAST_STEP, 16)
                _write(painter, box, words, "muted", "middle")

    def _step(self) -> float:
        room = self.width() - _LEFT - _RIGHT - _LEAST_STEP
        return room / max(len(self._scores) - 1, 1)

    def _places(self) -> list[QPointF]:
        first = _LEFT + _LEAST_STEP / 2
        if len(self._scores) == 1:
            first = (_LEFT + self.width() - _RIGHT) / 2
        return [
            QPointF(first + number * self._step(), self._y(whole_score(each.score_hundredths)))
            for number, each in enumerate(self._scores)
        ]

    def _y(self, score: int) -> float:
        least, most = self._scale.least, self._scale.most
        return _TOP + (self.height() - _TOP - _BOTTOM) * (most - score) / max(most - least, 1)


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


def spoken(score: ScoreMade) -> str:
    """One score in words: day, application, score, level, model, whether it still speaks."""
    words = (
        f"{date_shown(bank_day(score.at))}, {score.reference}: "
        f"{whole_score(score.score_hundredths)}, {word_of('risk_level', score.level)}, "
        f"{score.model_id}"
    )
    state = standing(score)
    return f"{words}. {state}" if state else words


def standing(score: ScoreMade) -> str:
    """Whether a score still speaks; empty when it does."""
    if score.replaced:
        return _tr("Replaced by a newer score")
    return _tr("Outdated: facts changed since") if score.outdated else ""


_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "middle": Qt.AlignmentFlag.AlignHCenter,
}


def _write(  # noqa: PLR0913, PLR0917  # one line of a chart: where, what, how
    painter: QPainter, box: QRectF, words: str, tone: str, side: str, role: str = "key"
) -> None:
    chosen: QFont = font(role)
    ink: QColor = color(tone)
    painter.setFont(chosen)
    painter.setPen(ink)
    painter.drawText(box, _SIDES[side] | Qt.AlignmentFlag.AlignVCenter, words)
