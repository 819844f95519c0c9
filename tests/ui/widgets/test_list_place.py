"""A list read anew: back to the place, also beyond the first page; another filter begins anew."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject, Signal

from app.ui.item_models.columns import Column
from app.ui.item_models.windowed_model import PAGE_ROWS, WindowedModel
from app.ui.theme import theme_of
from app.ui.widgets.list_place import ListPlace
from app.ui.widgets.table_view import TableView


@dataclass(frozen=True)
class Row:
    number: int


class Feed(QObject):
    """What tells of pages and counts."""

    first_page = Signal(int)
    counted = Signal(int)

    def __init__(self, model):
        super().__init__(model)
        self.model = model

    def read(self, total):
        """Bring the first page and then the count, as the database lane does."""
        self.model.renew()
        rows = [Row(n) for n in range(min(total, PAGE_ROWS))]
        self.model.give_page(0, rows, "500" if total > PAGE_ROWS else None)
        self.first_page.emit(len(rows))
        self.model.set_count(total, [str(n) for n in range(PAGE_ROWS, total, PAGE_ROWS)])
        self.counted.emit(total)


@pytest.fixture
def listed(qtbot):
    model = WindowedModel((Column("number", "Number", lambda r: str(r.number)),), theme_of())
    table = TableView("table.numbers", "Numbers")
    qtbot.addWidget(table)
    table.set_records(model)
    table.resize(300, 300)
    feed = Feed(model)
    place = ListPlace(table, feed.first_page, feed.counted)
    table.show()
    feed.read(2_000)
    yield table, feed, place
    table.close()


def stand(table, row):
    table.go_to(row)
    return table.verticalScrollBar().value()


@pytest.mark.parametrize("row", [0, 40, 499, 1_750])
def test_the_place_comes_back_when_the_list_is_read_again(listed, row):
    table, feed, place = listed
    scrolled = stand(table, row)
    place.keep()
    feed.read(2_000)
    assert table.currentIndex().row() == row
    assert table.verticalScrollBar().value() == scrolled


def test_the_place_is_that_of_the_moment_the_new_rows_arrive(listed):
    table, feed, place = listed
    place.keep()
    stand(table, 30)  # moved on while the list was read
    feed.read(2_000)
    assert table.currentIndex().row() == 30


def test_a_list_that_became_shorter_ends_at_its_last_row(listed):
    table, feed, place = listed
    stand(table, 1_750)
    place.keep()
    feed.read(600)
    assert table.currentIndex().row() == 599


def test_another_filter_begins_at_the_first_row(listed):
    table, feed, place = listed
    stand(table, 40)
    place.keep()
    place.forget()
    feed.read(2_000)
    assert table.currentIndex().row() == 0
    assert table.verticalScrollBar().value() == 0


def test_a_list_that_became_empty_has_no_place(listed):
    table, feed, place = listed
    stand(table, 40)
    place.keep()
    feed.read(0)
    assert not table.currentIndex().isValid()
