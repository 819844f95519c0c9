import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QMainWindow

from app.ui.widgets.own_window import OwnWindows, inside, second_screen
from app.ui.widgets.screen import Heading, Screen


class Page(Screen):
    """A page that notes what its window asks of it."""

    name = "monitor"

    def __init__(self, workbench):
        super().__init__(workbench)
        self.said = []
        self.field = QLineEdit()
        self.body.addWidget(self.field)
        self.timer = QTimer(self, singleShot=True)
        self.timer.start(60_000)
        self.set_heading(Heading("Portfolio monitor"))

    def opened(self, **arguments):
        self.said.append(arguments)

    def refresh(self):
        self.said.append("refresh")

    def first_focus(self):
        return self.field

    def busy_leaving(self):
        self.said.append("left")


@pytest.fixture
def windows(workbench, qtbot):
    main = QMainWindow()
    qtbot.addWidget(main)
    main.resize(1100, 700)
    made = OwnWindows(lambda _name: Page(workbench), main)
    yield made
    made.close_all()


def test_a_visit_opens_reads_and_gives_the_keys_to_the_page(windows, qtbot):
    visited = []
    windows.visited.connect(lambda: visited.append(1))
    windows.visit("monitor", tab="class")
    page = windows.page("monitor")
    window = page.window()
    assert window.isVisible()
    assert window.objectName() == "window.monitor"
    assert window.windowTitle() == "Portfolio monitor - Kasauti"
    assert page.said == [{"tab": "class"}, "refresh"]
    qtbot.waitUntil(window.isActiveWindow)
    assert page.field.hasFocus()
    assert visited == [1]


def test_a_second_visit_brings_the_same_window_forward(windows):
    windows.visit("monitor")
    first = windows.page("monitor")
    windows.visit("monitor")
    assert windows.page("monitor") is first
    assert first.said.count("refresh") == 2


def test_f5_reads_again_and_ctrl_w_closes(windows, qtbot):
    windows.visit("monitor")
    page = windows.page("monitor")
    qtbot.keyClick(page.window(), Qt.Key.Key_F5)
    assert page.said.count("refresh") == 2
    qtbot.keyClick(page.window(), Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert windows.page("monitor") is None
    assert page.said[-1] == "left"
    assert not page.timer.isActive()


def test_a_closed_window_is_built_anew(windows):
    windows.visit("monitor")
    first = windows.page("monitor")
    first.window().close()
    windows.visit("monitor")
    assert windows.page("monitor") is not first


def test_a_lock_leaves_only_what_hangs_on_a_wall(windows):
    windows.visit("monitor")
    windows.close_all(but_walls=True)
    assert windows.page("monitor") is None
    windows.visit("monitor")
    windows.page("monitor").window().showFullScreen()
    windows.close_all(but_walls=True)
    assert windows.page("monitor") is not None


def test_the_second_screen_is_the_one_not_taken():
    assert second_screen(["left", "right"], "left") == "right"
    assert second_screen(["left"], "left") is None


def test_a_window_beside_another_stays_on_its_screen():
    area = QRect(0, 0, 1366, 768)
    assert inside(area, QRect(36, 36, 900, 600)) == QRect(36, 36, 900, 600)
    assert inside(area, QRect(36, 36, 1366, 768)) == area
    assert inside(area, QRect(400, 300, 1000, 2000)) == QRect(366, 0, 1000, 768)
    assert inside(QRect(1366, 0, 800, 600), QRect(0, 0, 700, 600)) == QRect(1366, 0, 700, 600)
