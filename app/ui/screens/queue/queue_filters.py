"""The two filters over the queue; the list is short and at hand, so they work on it at once."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.read_queue import QueueRow
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, FilterPicker
from db.vocabulary.decisions import QueueFlag, RiskLevel


class QueueFilters(QWidget):
    """Risk and flags.

    Signals:
        changed: another filter is set.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._risk = FilterPicker(
            "filter.risk",
            self.tr("Risk"),
            [Choice(level, word_of("risk_level", level)) for level in RiskLevel],
        )
        self._flag = FilterPicker(
            "filter.flag",
            self.tr("Flags"),
            [Choice(flag, word_of("queue_flag", flag)) for flag in QueueFlag],
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 12)
        line.setSpacing(8)
        for field in (self._risk, self._flag):
            field.value_changed.connect(lambda _value: self.changed.emit())
            line.addWidget(field)
        line.addStretch(1)

    @property
    def filtered(self) -> bool:
        """Whether anything is left out."""
        return self._risk.value() is not None or self._flag.value() is not None

    def clear(self) -> None:
        """Show everything."""
        self._risk.set_value(None)
        self._flag.set_value(None)

    def keep(self, rows: Sequence[QueueRow]) -> tuple[QueueRow, ...]:
        """The cases that match."""
        risk, flag = self._risk.value(), self._flag.value()
        return tuple(
            row
            for row in rows
            if (risk is None or row.risk_level == risk) and (flag is None or flag in row.flags)
        )
