"""Facts with their provenance, and plain lines of a label and a value."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.ui.widgets.labels import IconMark, label

ROW_HEIGHT = 20


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as told or checked.

    Attributes:
        checked: True filled dot, False hollow dot, None no provenance to show.
        source: where it comes from and when ("payslip, Oct 2026").
    """

    label: str
    value: str
    checked: bool | None = None
    source: str = ""


class FactList(QWidget):
    """Label, value 600, then a dot and a word: Checked or Not checked.

    Narrow lists (context panel) put the provenance under the value.
    """

    def __init__(self, *, narrow: bool = False) -> None:
        super().__init__()
        self._narrow = narrow
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1 if narrow else 2, 1)
        self._grid.setColumnMinimumWidth(0, 102)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts."""
        _clear(self._grid)
        row = 0
        for fact in facts:
            name = label(fact.label, "muted")
            value = label(fact.value or "\u2014", "body" if self._narrow else "strong")
            name.setFixedHeight(ROW_HEIGHT)
            value.setFixedHeight(ROW_HEIGHT)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(value, row, 1)
            if fact.checked is not None:
                row += 1 if self._narrow else 0
                self._grid.addWidget(self._provenance(fact), row, 1 if self._narrow else 2)
            row += 1

    def _provenance(self, fact: Fact) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        mark = IconMark(*(("circle-filled", "good") if fact.checked else ("circle", "muted")), 9)
        word = self.tr("Checked") if fact.checked else self.tr("Not checked")
        line.addWidget(mark)
        line.addWidget(label(f"{word}: {fact.source}" if fact.source else word, "small"))
        line.addStretch(1)
        return made


class PairList(QWidget):
    """Lines of a muted label and a value at the right edge."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)

    def set_pairs(self, pairs: Sequence[tuple[str, str, str]]) -> None:
        """Show lines of (label, value, kind of the value)."""
        _clear(self._grid)
        for words, value, kind in pairs:
            self.add_line(words, label(value or "\u2014", kind))

    def add_line(self, words: str, value: QWidget) -> None:
        """Add a line whose value is a widget, such as a FigureLabel."""
        row = self._grid.rowCount()
        name = label(words, "muted")
        name.setFixedHeight(ROW_HEIGHT)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)


def _clear(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
