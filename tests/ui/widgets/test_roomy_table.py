import pytest

from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.widgets.roomy_table import LEAST, MOST, RoomyTable

COLUMNS = (Column("word", "Word", lambda row: row, 120),)


@pytest.fixture
def made(theme, qtbot):
    def shown(rows, high, *, whole=False):
        table = RoomyTable("table.few", "Few", whole=whole)
        qtbot.addWidget(table)
        model = RecordsModel(COLUMNS, theme, table)
        table.set_records(model)
        model.set_rows(tuple(f"row {place}" for place in range(rows)))
        table.resize(300, high)
        table.show()
        return table

    return shown


def test_rows_share_the_height_up_to_what_reads_as_a_list(made):
    assert made(10, 10 * 27 + 60).row_height in range(26, 34)
    assert made(3, 900).row_height == MOST


def test_rows_stay_readable_where_there_is_no_room_and_scroll(made):
    table = made(40, 200)
    assert table.row_height == LEAST
    assert table.verticalScrollBar().maximum() > 0


def test_other_rows_share_the_height_anew(made):
    table = made(3, 300)
    assert table.row_height == MOST
    table.model().set_rows(tuple(str(place) for place in range(12)))
    assert table.row_height < MOST


def test_a_whole_table_asks_for_all_its_rows(made):
    assert made(10, 100, whole=True).minimumSizeHint().height() >= 10 * LEAST
    assert made(10, 100).minimumSizeHint().height() < 5 * LEAST
