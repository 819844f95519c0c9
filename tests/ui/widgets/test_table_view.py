from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt

from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.widgets.table_view import TableView


@dataclass(frozen=True)
class Row:
    name: str
    late: int


COLUMNS = (
    Column("name", "Name", lambda r: r.name, 200, strong=True, sort="full_name"),
    Column(
        "late",
        "Days late",
        lambda r: str(r.late),
        120,
        "right",
        icon=lambda r: ("alert-triangle", "warning") if r.late else None,
        sort="days_late",
    ),
)
ROWS = (Row("Aisha Qureshi", 0), Row("Geeta Patil", 48), Row("Ravi Reddy", 0))


@pytest.fixture
def table(qtbot, theme):
    view = TableView("table.customers", "Customers")
    model = RecordsModel(COLUMNS, theme, view)
    view.set_records(model)
    model.set_rows(ROWS)
    qtbot.addWidget(view)
    view.resize(600, 200)
    view.show()
    view.setFocus()
    return view


def test_there_is_always_a_current_row(table):
    assert table.current_row() == ROWS[0]
    table.model().set_rows(ROWS[1:])
    assert table.current_row() == ROWS[1]
    table.model().set_rows(())
    assert table.current_row() is None


def test_arrows_move_and_enter_opens(table, qtbot):
    with qtbot.waitSignal(table.current_changed) as moved:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert moved.args == [ROWS[1]]
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [ROWS[1]]
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.current_row() == ROWS[2]


def test_a_head_sorts_one_way_then_the_other(table, qtbot):
    head = table.horizontalHeader()
    place = QPoint(head.sectionPosition(1) + 10, 10)
    with qtbot.waitSignal(table.sort_asked) as asked:
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == ["days_late", False]
    table.mark_sort("days_late")
    with qtbot.waitSignal(table.sort_asked) as asked:
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == ["days_late", True]


def test_columns_fill_the_width_and_rows_their_height(table):
    widths = [table.columnWidth(i) for i in range(2)]
    assert sum(widths) == table.viewport().width()
    assert table.rowHeight(0) == 28
    table.fit_rows(2)
    assert table.height() == 28 + 2 * 28 + 1


def test_it_paints_in_both_themes(table, theme, qapp):
    table.go_to(1)
    light = table.grab().toImage()
    theme.apply(qapp, "dark")
    assert table.grab().toImage() != light
    table.hide_header()
    assert table.horizontalHeader().isHidden()
