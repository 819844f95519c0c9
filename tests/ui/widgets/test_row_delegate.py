from dataclasses import dataclass

import pytest
from PySide6.QtGui import QColor

from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.table_view import TableView


@dataclass(frozen=True)
class Row:
    name: str
    bad: bool = False


COLUMNS = (
    Column("name", "Name", lambda row: row.name, 120),
    Column("state", "State", lambda _row: "late", 120, token=lambda r: "bad" if r.bad else "text"),
)


@pytest.fixture
def table(qtbot, theme):
    view = TableView("table.things", "Things", edge=16)
    model = RecordsModel(COLUMNS, theme, view)
    view.set_records(model)
    model.set_rows([Row("short"), Row("a name far longer than its column is wide", bad=True)])
    qtbot.addWidget(view)
    view.resize(300, 120)
    view.show()
    return view


def colours(table: TableView, row: int, column: int) -> set[str]:
    area = table.visualRect(table.model().index(row, column))
    picture = table.viewport().grab(area).toImage()
    return {
        QColor(picture.pixel(x, y)).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }


def test_the_current_row_is_marked_and_words_have_their_colour(table, theme):
    assert theme.color("selected").name() in colours(table, 0, 0)
    assert theme.color("accent").name() in colours(table, 0, 0)
    assert theme.color("accent").name() not in colours(table, 1, 0)
    assert theme.color("bad").name() in colours(table, 1, 1)
    assert theme.color("hair").name() in colours(table, 1, 1)


def test_long_words_are_shortened_once(table, theme):
    delegate = table.itemDelegate()
    assert isinstance(delegate, RowDelegate)
    table.grab()
    fitted = dict(delegate._fitted)
    shown = [words for (text, _, _), words in fitted.items() if text.startswith("a name far")]
    assert len(shown) == 1
    assert shown[0].endswith("…")
    assert "short" in fitted.values()
    table.grab()
    assert delegate._fitted == fitted
    theme.changed.emit()
    assert delegate._fitted == {}
