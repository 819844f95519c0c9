"""No part of a page is ever shown alone: a part without a parent opens as a window of its own.

It stands there for a moment until its parent takes it in, and the window that people work in has
lost the keys by then. So every page is built, opened, filled and gone through tab by tab while the
application notes each window that is shown, and the page's own is the only one.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QRegularExpression
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.screen_catalogue import PLACES
from app.ui.screens.monitor.monitor_tabs import tab_places


class WindowsShown(QObject):
    """Notes every widget that is shown while it is a window."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.found.append(watched)
        return False


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[WindowsShown]:
    watch = WindowsShown()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


def test_a_part_that_is_shown_before_it_has_a_parent_is_noted(shown, qtbot):
    host, part = QWidget(), QLabel("part")
    qtbot.addWidget(host)
    part.show()
    QVBoxLayout(host).addWidget(part)
    assert shown.found == [part]


@pytest.mark.parametrize("name", sorted(PLACES))
def test_a_page_shows_no_window_but_its_own(name, shown, open_root, workbench):
    driver = open_root(f"screen.{name}")
    for button in tab_buttons(driver.host):
        button.click()
        driver.until(lambda: not workbench.runner.active())
    assert shown.found == [driver.host]


def tab_buttons(host: QWidget) -> list[QPushButton]:
    """Every tab of a page, those within tabs too."""
    found = host.findChildren(QPushButton, QRegularExpression("^tab[.]"))
    assert all(each.property("kind") == "tab" for each in found)
    return found


def test_tabs_of_a_page_are_found(open_root):
    names = [each.objectName() for each in tab_buttons(open_root("screen.monitor").host)]
    assert names == [f"tab.{place.name}" for place in tab_places()]
