"""A driver that knows the window by object names only, as scripts and assistive tools do."""

from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QMessageBox, QWidget

from app import bootstrap
from app.settings import read_settings

WAIT_MS = 20_000


class WindowDriver:
    """Finds, types, presses and reads by object name inside the visible screen."""

    def __init__(self, window, qtbot):
        self.window = window
        self.qtbot = qtbot
        self._form = None

    def wait_until(self, condition):
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)

    def wait_for_screen(self, name):
        self.wait_until(lambda: self._screen(f"screen.{name}") is not None)
        self.wait_until(lambda: not self.window.workbench.runner.writing())

    def title(self):
        return self.window.windowTitle()

    @contextmanager
    def form(self, name):
        self.wait_until(lambda: self._find(name).isVisible())
        self._form = self._find(name)
        yield self
        self._form = None

    def type(self, name, text):
        field = self._find(name)
        target = field.focusProxy() or field
        target.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(target, text)
        QTest.keyClick(target, Qt.Key.Key_Tab)

    def tick(self, name):
        field = self._find(name)
        box = field if isinstance(field, QAbstractButton) else field.findChild(QAbstractButton)
        if not box.isChecked():
            box.setFocus()
            QTest.keyClick(box, Qt.Key.Key_Space)
        assert box.isChecked()

    def press(self, name):
        self.wait_until(lambda: self._pressable(name) is not None)
        pressed = self._pressable(name)
        if isinstance(pressed, QAbstractButton):
            pressed.click()
        else:
            pressed.trigger()

    def _pressable(self, name):
        buttons = self.window.findChildren(QAbstractButton, name)
        shown = [b for b in buttons if b.isVisible() and b.isEnabled()]
        actions = [a for a in self.window.findChildren(QAction, name) if a.isEnabled()]
        return (shown or actions or [None])[0]

    def raw(self, name):
        return self._find(name).property("rawValue")

    def text(self, name):
        return self._find(name).text()

    def rows(self, name):
        view = self._find(name)
        if not isinstance(view, QAbstractItemView):
            view = view.findChild(QAbstractItemView)
        return view.model().rowCount()

    def _screen(self, name):
        shown = [w for w in self.window.findChildren(QWidget, name) if w.isVisible()]
        return shown[0] if shown else None

    def _find(self, name):
        root = self._form or self.window
        found = root.findChildren(QWidget, name)
        assert found, f"nothing is called {name}"
        shown = [w for w in found if w.isVisible()]
        return (shown or found)[-1]


@contextmanager
def answering_questions():
    """Take the default answer of every question: a test that failed midway must not hang."""
    timer = QTimer()
    timer.timeout.connect(press_default)
    timer.start(100)
    yield
    timer.stop()


def press_default():
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox):
        box.defaultButton().click()


@pytest.fixture(params=["sqlite", "postgres"])
def book_url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'desk.sqlite3'}"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def desk_window(book_url, tmp_path, qtbot):
    settings = read_settings(
        {}, {"data_dir": str(tmp_path), "database": book_url, "theme": "light"}
    )
    window = bootstrap.window_of(settings)
    window.resize(1366, 768)
    window.show()
    yield WindowDriver(window, qtbot)
    with answering_questions():
        window.close()  # stores the draft and ends the lanes
    qtbot.waitUntil(lambda: not window.workbench.runner.active(), timeout=WAIT_MS)
    window.deleteLater()
