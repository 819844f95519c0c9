"""Asks before the window closes on a job that writes (screens.md A6)."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget


class CloseAnswer(StrEnum):
    """What the person wants."""

    STAY = "stay"
    STOP = "stop"


def _tr(words: str) -> str:
    return QCoreApplication.translate("CloseQuestion", words)


def ask_close(window: QWidget) -> CloseAnswer:
    """Return whether to stay (the safe default) or to stop the job and close."""
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(_tr("A job is still writing"))
    box.setText(_tr("A job is still writing. Closing now stops it; what it wrote is undone."))
    stay = box.addButton(_tr("Stay"), QMessageBox.ButtonRole.RejectRole)
    stop = box.addButton(_tr("Stop and close"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return CloseAnswer.STOP if box.clickedButton() is stop else CloseAnswer.STAY
