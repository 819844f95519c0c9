"""Sections under each other; from 1600 px on, side by side (screens.md F1)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

WIDE_WINDOW = 1600
_GAP = 24


class SectionColumns(QWidget):
    """Two columns in a wide window, one in a narrow one; a last part always spans both.

    The widgets keep their parent, so that the tab order stays by section.
    """

    def __init__(
        self, left: Sequence[QWidget], right: Sequence[QWidget], below: QWidget | None = None
    ) -> None:
        super().__init__()
        self._parts = (_column(left), _column(right), below or QWidget())
        self._wide = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._arrange()

    @property
    def wide(self) -> bool:
        """Whether sections stand side by side."""
        return self._wide

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the arrangement by the width of the window."""
        super().resizeEvent(event)
        wide = self.window().width() >= WIDE_WINDOW
        if wide != self._wide:
            self._wide = wide
            self._arrange()

    def _arrange(self) -> None:
        left, right, below = self._parts
        for part in self._parts:
            self._grid.removeWidget(part)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(left, 0, 0, top)
        self._grid.addWidget(right, *((0, 1) if self._wide else (1, 0)), top)
        self._grid.addWidget(below, 2, 0, 1, 2 if self._wide else 1)
        self._grid.setColumnStretch(1, 1 if self._wide else 0)


def _column(sections: Sequence[QWidget]) -> QWidget:
    made = QWidget()
    rows = QVBoxLayout(made)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    for section in sections:
        rows.addWidget(section)
    return made
