"""The side panel beside a list of dated rows: one row or one proposal in full."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.widgets.card import hair
from app.ui.widgets.dated_rows import ROW_ICONS, RowState, state_words
from app.ui.widgets.labels import Badge, label

_LABEL_WIDTH = 92


@dataclass(frozen=True, slots=True)
class Look:
    """What the panel says.

    Attributes:
        aside: the code under the title, for those who know it.
        lines: label and value under each other.
        before_after: (what, now, then) of a proposal.
        texts: heading and paragraph.
        waits_for: who else has to decide; empty shows the buttons of a proposal.
    """

    title: str
    aside: str
    state: RowState
    lines: tuple[tuple[str, str], ...] = ()
    before_after: tuple[tuple[str, str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    waits_for: str = ""


class DatedLook(QWidget):
    """Built anew for each line: some labels, cheaper than keeping them in step.

    Its foot shows the buttons `looking` for every open proposal, `deciding` for whoever decides.
    """

    def __init__(
        self,
        nothing: str,
        deciding: Sequence[QWidget],
        looking: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("The row in full"))
        self._nothing = nothing
        self._deciding, self._looking = tuple(deciding), tuple(looking)
        self._content = QWidget(self)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(16, 12, 16, 12)
        self._rows.setSpacing(8)
        self._rows.addWidget(self._content, 1)
        for buttons in (looking, deciding):
            foot = QHBoxLayout()
            foot.setSpacing(8)
            for button in buttons:
                foot.addWidget(button)
            foot.addStretch(1)
            self._rows.addLayout(foot)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No line is chosen."""
        content, rows = _column()
        rows.addWidget(label(self._nothing, "muted", wrap=True))
        rows.addStretch(1)
        self._swap(content, looking=False, deciding=False)

    def show_look(self, look: Look) -> None:
        """Show one line."""
        content, rows = _column()
        rows.addWidget(label(look.title, "header", wrap=True))
        rows.addWidget(label(look.aside, "small", wrap=True))
        icon, tone = ROW_ICONS[look.state]
        badge = Badge(state_words(look.state), icon, tone if tone == "good" else "neutral")
        rows.addWidget(badge, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(hair())
        if look.before_after:
            rows.addLayout(self._before_after(look.before_after))
            rows.addWidget(hair())
        rows.addLayout(_pairs(look.lines))
        for heading, words in look.texts:
            if words:
                rows.addWidget(hair())
                rows.addWidget(label(heading, "strong"))
                rows.addWidget(_paragraph(words))
        if look.waits_for:
            rows.addWidget(hair())
            rows.addWidget(_paragraph(look.waits_for))
        rows.addStretch(1)
        waits = look.state is RowState.PROPOSED
        self._swap(content, looking=waits, deciding=waits and not look.waits_for)

    def _before_after(self, lines: Sequence[tuple[str, str, str]]) -> QGridLayout:
        grid = _grid()
        for row, (what, now, then) in enumerate(lines):
            grid.addWidget(label(what, "muted", wrap=True), 3 * row, 0, 1, 2)
            for step, (words, value, kind) in enumerate(
                ((self.tr("Now"), now, "body"), (self.tr("Then"), then, "strong")), start=1
            ):
                grid.addWidget(label(words, "muted"), 3 * row + step, 0)
                grid.addWidget(label(value or self.tr("no row yet"), kind), 3 * row + step, 1)
        return grid

    def _swap(self, content: QWidget, *, looking: bool, deciding: bool) -> None:
        self._rows.replaceWidget(self._content, content)
        self._content.hide()
        self._content.deleteLater()
        self._content = content
        for button in self._looking:
            button.setVisible(looking)
        for button in self._deciding:
            button.setVisible(deciding and not button.property("absent"))


def _column() -> tuple[QWidget, QVBoxLayout]:
    content = QWidget()
    rows = QVBoxLayout(content)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(8)
    return content, rows


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
    grid.setColumnStretch(1, 1)
    return grid


def _pairs(lines: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = _grid()
    for row, (words, value) in enumerate(lines):
        grid.addWidget(label(words, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(value, wrap=True), row, 1)
    return grid


def _paragraph(words: str) -> QWidget:
    made = label(words, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
