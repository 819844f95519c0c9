"""A window with somebody typing steadily into a form, in a process of its own, until it is killed.

Started by `draft_kills.py` with the data folder and the form. It writes one JSON line a key on
standard output, after the key: when, and what stands in the fields then. What was written stays
readable in the pipe when the process is gone.
"""

import json
import sys
from itertools import cycle
from time import monotonic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from app import bootstrap
from app.services.sign_in import SignIn, sign_in
from app.settings import read_settings

STAFF_ID, PASSWORD = "anita", "touchstone 0412 desk"
KEY_EVERY_MS = 60
# Each field with what is typed into it; half an amount and a word that is no date are typing too.
TYPED = {
    "customer_form": (
        ("full_name", "Meena Lakshmi Rao Deshpande"),
        ("address", "12 Station Road, behind the old post office, third floor"),
        ("date_of_birth", "3 apr 85"),
        ("employer_name", "Deccan Cotton Mills and Traders"),
        ("monthly_income", "45000*12 and bonus"),
        ("job_title", "Senior shift supervisor"),
    ),
    "application_form": (
        ("loan_amount", "3.5 lakh or so"),
        ("remarks", "The customer asks for the money before the rains begin, and explains. " * 3),
        ("processing_fee", "1500+270"),
        ("remarks", "Roof, plaster and wiring; the estimate is promised for Monday. " * 3),
    ),
}


def main(folder: str, form: str) -> None:
    """Open the window, sign in and type until the end of the process."""
    settings = read_settings({}, {"data_dir": folder, "theme": "light"})
    window = bootstrap.window_of(settings)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.sign_in(sign_in(SignIn(STAFF_ID, PASSWORD), window.desk).actor)
    window.navigate(form)
    page = window.findChild(QWidget, f"screen.{form}")
    typist = Typist(page, TYPED[form])
    timer = QTimer(window)
    timer.timeout.connect(typist.press)
    waiting = QTimer(window)

    def begin_when_read() -> None:
        if not window.workbench.runner.active():
            waiting.stop()
            timer.start(KEY_EVERY_MS)

    waiting.timeout.connect(begin_when_read)
    waiting.start(20)
    QApplication.exec()


class Typist:
    """Types the texts in turn, one key at a call; a field's end is left by a change of focus."""

    def __init__(self, page: QWidget, texts: tuple[tuple[str, str], ...]) -> None:
        self._fields = {name: page.findChild(QWidget, name) for name, _ in texts}
        self._keys = self._all_keys(texts)

    def press(self) -> None:
        """Press the next key and say what stands there now."""
        field, character = next(self._keys)
        if not field.hasFocus():
            field.setFocus(Qt.FocusReason.TabFocusReason)
            self._say()  # the field that was left shows its value in its own form now
        QTest.keyClicks(field, character)
        self._say()

    def _say(self) -> None:
        line = {"at": monotonic(), "texts": {name: text(f) for name, f in self._fields.items()}}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()

    def _all_keys(self, texts):
        for name, typed in cycle(texts):
            for character in typed:
                yield self._fields[name], character


def text(field: QWidget) -> str:
    """What stands in a field."""
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


if __name__ == "__main__":
    main(*sys.argv[1:])
