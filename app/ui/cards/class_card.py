"""Why a loan stands in its class: oldest unpaid due, days counted, the loan that pulled it, cure.

The words are given; the card knows nothing of the book.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from app.ui.widgets.card import Card
from app.ui.widgets.labels import FigureLabel, label

_LABEL = 118


@dataclass(frozen=True, slots=True)
class ClassReason:
    """One line: what is asked and the answer; `name` is the object name of a figure."""

    label: str
    shown: str
    raw: str
    name: str


@dataclass(frozen=True, slots=True)
class ClassCure:
    """What must be paid for the loan to stand better, and what else has to hold."""

    head: str
    amount: str
    raw: str
    words: str


class ClassCard(Card):
    """Heading, lines, and a strip with the amount that cures."""

    def __init__(self, names: Sequence[tuple[str, str]]) -> None:
        """Make the card with one line for each (object name, label)."""
        self._corner = label("", "small")
        super().__init__(" ", corner=self._corner)
        self.setObjectName("panel.why")
        self.setAccessibleIdentifier("panel.why")
        self._values: dict[str, FigureLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, _LABEL)
        grid.setColumnStretch(1, 1)
        for row, (name, words) in enumerate(names):
            value = FigureLabel(name, "body", words)
            value.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            value.setWordWrap(True)
            grid.addWidget(label(words, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
            self._values[name] = value
        self.body.addLayout(grid)
        self._strip = _CureStrip()
        self.body.addWidget(self._strip)

    def show_reasons(
        self, title: str, corner: str, reasons: Sequence[ClassReason], cure: ClassCure | None
    ) -> None:
        """Show why; without a cure the strip goes."""
        self.set_title(title)
        self._corner.setText(corner)
        for reason in reasons:
            self._values[reason.name].show_figure(reason.shown, reason.raw)
        self._strip.show_cure(cure)


class _CureStrip(QFrame):
    """The amount at the right of its words, a bar at the left."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "strip")
        self._head = label("", "body")
        self._amount = FigureLabel("figure.cure_amount", "header", self.tr("To be paid"))
        self._words = label("", "small", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(self._amount)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 6, 12, 6)
        lines.setSpacing(2)
        lines.addLayout(head)
        lines.addWidget(self._words)

    def show_cure(self, cure: ClassCure | None) -> None:
        """Show it, or nothing."""
        self.setVisible(cure is not None)
        if cure is None:
            self._amount.show_figure("", "")
            return
        self._head.setText(cure.head)
        self._amount.show_figure(cure.amount, cure.raw)
        self._words.setText(cure.words)
        self._words.setVisible(bool(cure.words))
