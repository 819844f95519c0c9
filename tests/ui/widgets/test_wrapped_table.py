"""A short table: what does not fit on one line takes a second one."""

from dataclasses import dataclass

import pytest

from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.theme import theme_of
from app.ui.widgets.wrapped_table import WrappedTable

ROW = 22
SHORT, LONG = "Age at application", "New instalment over income, highest share"


@dataclass(frozen=True)
class Check:
    label: str


@pytest.fixture
def table(qtbot):
    columns = (
        Column("label", "Check", lambda check: check.label, 200),
        Column("rule", "Rule", lambda _check: "AGE", 60),
    )
    model = RecordsModel(columns, theme_of())
    made = WrappedTable("table.checks", "Checks", row_height=ROW)
    qtbot.addWidget(made)
    made.set_records(model)
    made.resize(260, 200)
    made.show()
    yield made
    made.close()


def heights(table):
    return [table.rowHeight(row) for row in range(table.model().rowCount())]


def test_only_rows_whose_words_do_not_fit_are_higher(table):
    table.model().set_rows((Check(SHORT), Check(LONG), Check(SHORT)))
    one, two, again = heights(table)
    assert (one, again) == (ROW, ROW)
    assert two > table.fontMetrics().lineSpacing() * 2


def test_heights_follow_the_width(table):
    table.model().set_rows((Check(LONG),))
    assert heights(table)[0] > ROW
    table.resize(600, 200)
    assert heights(table) == [ROW]
    table.resize(260, 200)
    assert heights(table)[0] > ROW


def test_it_grows_with_its_rows_and_keeps_a_least_height(table, qtbot):
    table.grow_with_rows(3)
    table.model().set_rows((Check(SHORT),))
    least = table.height()
    assert least == table.head_height() + 3 * ROW + 2
    table.model().set_rows((Check(LONG),) * 4)
    assert table.height() == table.head_height() + sum(heights(table)) + 2
    assert table.height() > least
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() == 0)


def test_where_there_is_room_every_column_has_what_its_words_need(table):
    table.model().set_rows((Check(LONG),))
    assert heights(table)[0] > ROW
    needed = table._needed()
    table.resize(sum(needed) + 4, 200)
    assert heights(table)[0] == ROW
    assert [table.columnWidth(place) for place in range(2)] >= needed


def test_it_is_as_high_as_its_first_rows(table):
    table.model().set_rows((Check(LONG), Check(SHORT), Check(SHORT)))
    table.fit_rows(2)
    assert table.height() == table.head_height() + sum(heights(table)[:2]) + 1
