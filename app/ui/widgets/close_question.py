"""Asks before the window closes on a job that writes (screens.md A6)."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget


class CloseAnswer(StrEnum):
    """What the person wants."""

    WAIT = "wait"
    STOP = "stop"
    STAY = "stay"


def _tr(words: str) -> str:
    return QCoreApplication.translate("CloseQuestion", words)


def ask_close(window: QWidget, titles: tuple[str, ...]) -> CloseAnswer:
    """Return what to do about the jobs that still write.

    Args:
        window: stays behind the question.
        titles: what the jobs do ("Saving the draft").

    Returns:
        WAIT (the default) closes when they have ended; STOP cancels them, which undoes what they
        wrote, and closes; STAY (Esc) goes on working.
    """
    box = QMessageBox(window)
    box.setObjectName("dialog.closing")
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(_tr("Something is still being written"))
    box.setText(_tr("Still being written: %1.").replace("%1", ", ".join(titles)))
    box.setInformativeText(
        _tr("Wait closes the window when it has ended. Stop and close undoes what it wrote.")
    )
    wait = box.addButton(_tr("Wait"), QMessageBox.ButtonRole.AcceptRole)
    stop = box.addButton(_tr("Stop and close"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(_tr("Stay"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(wait)
    box.setEscapeButton(stay)
    box.exec()
    answers = {wait: CloseAnswer.WAIT, stop: CloseAnswer.STOP}
    chosen = next((a for b, a in answers.items() if box.clickedButton() is b), CloseAnswer.STAY)
    box.deleteLater()
    return chosen
