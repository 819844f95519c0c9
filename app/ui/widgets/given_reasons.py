"""The reasons of a rejection: ticked as the estimate gave them, in an order a person may change.

Source: screens.md S40 (reasons of the model may be reordered or removed, failed hard rules may
not), explanations.md X3 and X4.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.theme import theme_of
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.labels import label
from app.ui.widgets.picker import Choice, Picker

_ROW_HEIGHT = 26
_ICON = 16


@dataclass(frozen=True, slots=True)
class OfferedReason:
    """A reason that may be given.

    Attributes:
        stays: the reason of a failed rule, which nobody may take away or move.
    """

    code: str
    text: str
    stays: bool = False
    ticked: bool = True


class ReasonLine(QWidget):
    """One reason: its tick, its number among those given, a button that moves it up."""

    def __init__(self, reason: OfferedReason, place: int) -> None:
        super().__init__()
        self.reason = reason
        self.setFixedHeight(_ROW_HEIGHT)
        self.tick = CheckField(f"reason.{place}")
        self.tick.set_value(reason.ticked)
        self.tick.setEnabled(not reason.stays)
        self.up = QPushButton()
        self.up.setProperty("kind", "icon")
        self.up.setIcon(theme_of().icon("arrow-up", "muted"))
        self.up.setAccessibleName(self.tr("Move up: %1").replace("%1", reason.text))
        self.up.setToolTip(self.tr("Move up  Alt+Up"))
        self.up.setVisible(not reason.stays)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.tick)
        if reason.stays:
            line.addWidget(label(self.tr("failed rule, stays"), "small"))
        line.addStretch(1)
        line.addWidget(self.up)

    def show_number(self, number: int) -> None:
        """Show which place the reason has; 0 for one that is not given."""
        words = f"{number}  {self.reason.text}" if number else self.reason.text
        self.tick.setText(words.replace("&", "&&"))
        self.tick.setAccessibleName(words)


class GivenReasons(QWidget):
    """Space ticks a reason, Alt+Up and Alt+Down move it; the list below adds another.

    Signals:
        changed: other reasons, or another order.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[ReasonLine] = []
        self._more: dict[str, Choice] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._adder = Picker(f"{name}.0", (), self.tr("Add another reason"))
        self._adder.setAccessibleName(self.tr("Add another reason"))
        self._adder.activated.connect(lambda _index: QTimer.singleShot(0, self, self._add))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addLayout(self._rows)
        lines.addWidget(self._adder)

    def offer(self, reasons: Sequence[OfferedReason], more: Sequence[Choice]) -> None:
        """Show these reasons, those that stay first, and what may be added."""
        self._more = {str(choice.value): choice for choice in more}
        ordered = sorted(reasons, key=lambda reason: not reason.stays)
        self._show(ordered)

    def given(self) -> tuple[str, ...]:
        """The codes of the ticked reasons, in their order."""
        return tuple(line.reason.code for line in self._lines if line.tick.value())

    def set_given(self, codes: Sequence[str]) -> None:
        """Tick these, in their order, below those that stay; the rest is left unticked."""
        known = {line.reason.code: line.reason for line in self._lines}
        for code in codes:
            if code not in known and code in self._more:
                known[code] = OfferedReason(code, self._more[code].text)
        place = {code: number for number, code in enumerate(codes)}
        chosen = [replace(r, ticked=r.stays or r.code in place) for r in known.values()]
        self._show(sorted(chosen, key=lambda r: (not r.stays, place.get(r.code, len(place)))))

    def first(self) -> QWidget:
        """What takes the keys: the first reason that may be changed."""
        free = [line.tick for line in self._lines if not line.reason.stays]
        return free[0] if free else self._adder

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the reason with the keys by one place."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            place = next((i for i, each in enumerate(self._lines) if each.tick is watched), -1)
            if alt and step and place >= 0:
                self._move(place, step)
                return True
        return super().eventFilter(watched, event)

    def _show(self, reasons: Sequence[OfferedReason]) -> None:
        for line in self._lines:
            line.hide()
            self._rows.removeWidget(line)
            line.deleteLater()
        self._lines = [ReasonLine(each, place) for place, each in enumerate(reasons, start=1)]
        for place, line in enumerate(self._lines):
            line.tick.toggled.connect(self._note)
            line.tick.installEventFilter(self)
            line.up.setEnabled(place > 0 and not self._lines[place - 1].reason.stays)
            line.up.clicked.connect(lambda _on=False, at=place: self._move(at, -1))
            self._rows.addWidget(line)
            line.show()  # at once: the layout would do it with the next event
        shown = {each.code for each in reasons}
        self._adder.set_choices([c for code, c in self._more.items() if code not in shown])
        self._adder.set_value(None)
        self._note()

    def _move(self, place: int, step: int) -> None:
        other = place + step
        if not 0 <= other < len(self._lines) or self._lines[other].reason.stays:
            return
        reasons = [replace(line.reason, ticked=line.tick.value()) for line in self._lines]
        reasons[place], reasons[other] = reasons[other], reasons[place]
        self._show(reasons)
        self._lines[other].tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        code = self._adder.value()
        if code is None:
            return
        reasons = [replace(line.reason, ticked=line.tick.value()) for line in self._lines]
        self._show([*reasons, OfferedReason(str(code), self._more[str(code)].text)])
        self._lines[-1].tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note(self) -> None:
        given = self.given()
        for line in self._lines:
            code = line.reason.code
            line.show_number(given.index(code) + 1 if code in given else 0)
        self.changed.emit()
