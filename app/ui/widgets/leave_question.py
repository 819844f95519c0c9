"""The one question before a form with unsent typing is left (screens.md F8)."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget


class Leaving(StrEnum):
    """What the person chose."""

    KEEP_DRAFT = "keep_draft"
    DISCARD = "discard"
    STAY = "stay"


def _tr(words: str) -> str:
    return QCoreApplication.translate("LeaveQuestion", words)


def ask_leaving(parent: QWidget, what: str) -> Leaving:
    """Ask whether to keep the draft (default), discard it, or stay."""
    box = QMessageBox(parent)
    box.setObjectName("dialog.leave")
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(_tr("Unsent typing"))
    box.setText(_tr("%1 is not saved yet.").replace("%1", what))
    box.setInformativeText(_tr("A draft stays on this PC and is offered on Today."))
    answers = {
        Leaving.KEEP_DRAFT: (_tr("Keep draft"), QMessageBox.ButtonRole.AcceptRole),
        Leaving.DISCARD: (_tr("Discard"), QMessageBox.ButtonRole.DestructiveRole),
        Leaving.STAY: (_tr("Stay"), QMessageBox.ButtonRole.RejectRole),
    }
    buttons = {}
    for answer, (words, role) in answers.items():
        button = box.addButton(words, role)
        button.setObjectName(f"leave.{answer}")
        buttons[button] = answer
        if answer is Leaving.KEEP_DRAFT:
            box.setDefaultButton(button)
        if answer is Leaving.STAY:
            box.setEscapeButton(button)
    box.exec()
    return next((a for b, a in buttons.items() if b is box.clickedButton()), Leaving.STAY)
