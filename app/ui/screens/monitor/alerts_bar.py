"""The alerts that stand, under the top row: level by icon, word and ground, then a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.message_bar import InfoBar
from app.ui.widgets.state_buttons import state_button
from db.vocabulary.operations import AlertLevel

_LEVELS = {AlertLevel.CRITICAL: "bad", AlertLevel.WARNING: "warning"}
_MOST = 2


@dataclass(frozen=True, slots=True)
class AlertWords:
    """One alert as the bar shows it.

    Attributes:
        rule: its name, as figures and tiles have it.
        sentence: value, limit, since when.
        drill: words of the link to what is behind it.
    """

    alert_id: UUID
    rule: str
    level: AlertLevel
    sentence: str
    drill: str


class AlertsBar(QWidget):
    """At most two lines, the most severe first; the log has them all.

    Signals:
        drill_wanted: what is behind an alert; carries its rule.
        answer_wanted: the place where alerts are answered; carries which one, or None for any.
    """

    drill_wanted = Signal(str)
    answer_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alerts: tuple[AlertWords, ...] = ()
        self._bars: list[InfoBar] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)

    def links(self) -> list[QPushButton]:
        """What can be pressed on the bars, in their order."""
        return [link for bar in self._bars for link in bar.findChildren(QPushButton)]

    def show_alerts(self, alerts: Sequence[AlertWords]) -> None:
        """Show other alerts; the same ones stay as they are, with the keys on them."""
        if tuple(alerts) == self._alerts:
            return
        self._alerts = tuple(alerts)
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        more = len(self._alerts) - _MOST
        self._bars = [
            self._bar(alert, more if place == _MOST else 0)
            for place, alert in enumerate(self._alerts[:_MOST], start=1)
        ]
        for bar in self._bars:
            self._lines.addWidget(bar)
        self.setVisible(bool(self._alerts))

    def _bar(self, alert: AlertWords, more: int) -> InfoBar:
        """One alert; the last bar tells how many there are no bars for."""
        drill = partial(self.drill_wanted.emit, alert.rule)
        answer = partial(self.answer_wanted.emit, alert.alert_id)
        buttons = [
            state_button(alert.drill, drill, "link"),
            state_button(self.tr("Answer"), answer, "link"),
        ]
        if more > 0:
            words = self.tr("%1 more in the log").replace("%1", str(more))
            log = partial(self.answer_wanted.emit, None)
            buttons.insert(0, state_button(words, log, "link"))
        head = word_of("alert_level", alert.level)
        return InfoBar(_LEVELS[alert.level], alert.sentence, buttons, head=head)
