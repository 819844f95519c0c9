"""The small buttons beside a panel's sentence: try again, copy details, clear filters."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.ui.tasks.task import TaskFailed


def state_button(words: str, act: Callable[[], object], kind: str = "") -> QPushButton:
    """Return a small button; Enter presses it."""
    button = QPushButton(words)
    button.setProperty("small", "true")
    if kind:
        button.setProperty("kind", kind)
    button.setAutoDefault(True)
    button.clicked.connect(lambda _checked=False: act())
    return button


def failure_buttons(failure: TaskFailed, retry: Callable[[], object]) -> list[QWidget]:
    """*Try again*, and *Copy details* when there is a reference: title and number, no more."""
    buttons: list[QWidget] = [state_button(_tr("Try again"), retry)]
    if failure.report_id:
        details = f"{failure.title}: {failure.report_id}"
        clipboard = QGuiApplication.clipboard()
        buttons.append(
            state_button(_tr("Copy details"), lambda: clipboard.setText(details), "link")
        )
    return buttons


def _tr(words: str) -> str:
    return QApplication.translate("StateButtons", words)
