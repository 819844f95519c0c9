"""The number beside a page of the rail."""

import pytest
from PySide6.QtGui import QAction

from app.ui.widgets.rail import Rail
from app.ui.widgets.rail_counts import RailCounts


class Waiting:
    """How many wait, as a book would say."""

    def __init__(self):
        self.number = 3

    def __call__(self, _desk):
        if self.number is None:
            raise OSError
        return self.number


@pytest.fixture
def waiting():
    return Waiting()


@pytest.fixture
def rail(workbench, waiting, qtbot):
    made = Rail()
    qtbot.addWidget(made)
    made.counts = RailCounts(workbench, made, "queue", waiting)
    return made


def offer(rail, *pages):
    rail.set_items([(page, QAction(page.title(), rail), "list-check") for page in pages])


def item(rail):
    return rail.first()


def test_the_number_is_read_when_the_page_is_offered_and_when_something_changed(
    rail, waiting, workbench, qtbot
):
    offer(rail, "queue")
    qtbot.waitUntil(lambda: item(rail).count == 3)
    assert item(rail).accessibleName() == "Queue, 3"
    waiting.number = 2
    workbench.notices.tell("customer")
    workbench.notices.tell("application")
    qtbot.waitUntil(lambda: item(rail).count == 2)


def test_nothing_is_read_for_a_page_that_is_not_offered(rail, workbench):
    offer(rail, "loans")
    assert not workbench.runner.active()
    assert not rail.offers("queue")
    rail.show_count("queue", 4)
    assert item(rail).count == 0


def test_a_number_that_cannot_be_read_is_not_shown(rail, waiting, qtbot):
    offer(rail, "queue")
    qtbot.waitUntil(lambda: item(rail).count == 3)
    waiting.number = None
    rail.counts.ask()
    qtbot.waitUntil(lambda: item(rail).count == 0)
    assert item(rail).accessibleName() == "Queue"


def test_the_number_is_painted_at_the_right(rail, qtbot):
    rail.set_items([("queue", QAction("Queue", rail), "list-check")])
    qtbot.waitUntil(lambda: item(rail).count == 3)
    rail.resize(148, 60)
    with_number = item(rail).grab().toImage()
    rail.show_count("queue", 0)
    without = item(rail).grab().toImage()
    places = [x for x in range(with_number.width()) if column(with_number, x) != column(without, x)]
    assert places
    assert min(places) > with_number.width() // 2


def column(image, x):
    return [image.pixel(x, y) for y in range(image.height())]
