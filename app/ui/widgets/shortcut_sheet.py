"""The sheet of keys (Ctrl+/): every action of the window and of the page shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.widgets.labels import KeyCap, label

_SIZE = (460, 520)
Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]


class ShortcutSheet(QDialog):
    """Keys and what they do, in groups of (heading, ((keys, words), ...))."""

    def __init__(self, groups: Groups, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("screen.shortcuts")
        self.setWindowTitle(self.tr("Keyboard keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(_page_of(groups))
        scroll.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        lines = QVBoxLayout(self)
        lines.addWidget(scroll)
        lines.addWidget(buttons)


def _page_of(groups: Groups) -> QWidget:
    content = QWidget()
    grid = QGridLayout(content)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    for heading, keys in groups:
        if keys:
            grid.addWidget(label(heading, "strong"), grid.rowCount(), 0, 1, 2)
        for key, words in keys:
            row = grid.rowCount()
            grid.addWidget(KeyCap(key), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(words), row, 1)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(grid.rowCount(), 1)
    return content
