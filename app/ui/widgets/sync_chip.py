"""Where the book is and whether it is reached (screens.md A8); the rest comes with the network."""

from enum import StrEnum

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.widgets.labels import IconMark, label


class SyncState(StrEnum):
    """States of the chip that exist now."""

    THIS_PC = "this_pc"
    ONLINE = "online"


_ICONS = {
    SyncState.THIS_PC: ("square-rotated-filled", "accent"),
    SyncState.ONLINE: ("circle-filled", "good"),
}


class SyncChip(QWidget):
    """An icon and its word."""

    def __init__(self, name: str = "status.sync", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self._mark = IconMark(size=10)
        self._words = label()
        line.addWidget(self._mark)
        line.addWidget(self._words)
        self.show_state(SyncState.THIS_PC)

    def show_state(self, state: SyncState) -> None:
        """Show a state."""
        words = {
            SyncState.THIS_PC: self.tr("This PC"),
            SyncState.ONLINE: self.tr("Online"),
        }[state]
        self._mark.show_icon(*_ICONS[state])
        self._words.setText(words)
        self.setAccessibleName(self.tr("Book: %1").replace("%1", words))
        self.setProperty("rawValue", str(state))
