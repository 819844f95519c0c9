import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent

from app.ui.item_models.heat_model import HeatCell, HeatGrid, HeatLine, HeatModel
from app.ui.widgets.heat_table import HeatTable

SOUND = HeatCell(6.2, "6.2", "Jan 2026, 96 loans", figure="cohort 2026-01 4")
FEW = HeatCell(8.3, "8.3", "Feb 2026, 12 loans", few=True)
GRID = HeatGrid(
    ("Disbursed", "Loans", "3", "4"),
    (HeatLine("Jan 2026", "96", (None, SOUND)), HeatLine("Feb 2026", "12", (FEW, None))),
    (1.0, 2.0, 3.0, 4.0, 5.0, 6.0),
)


@pytest.fixture
def table(theme, qtbot):
    made = HeatTable("table.cohorts", "Cohorts")
    qtbot.addWidget(made)
    model = HeatModel(made)
    made.show_model(model)
    model.set_grid(GRID)
    made.resize(400, 120)
    made.show()
    made.setFocus()
    return made


def test_arrows_say_the_cell_and_enter_opens_it(table, qtbot):
    said, opened = [], []
    table.pointed.connect(said.append)
    table.opened.connect(opened.append)
    assert table.currentIndex().isValid()
    qtbot.keyClick(table, Qt.Key.Key_Return)  # nothing stands at the first place
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Left)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert said == [SOUND, None, FEW]
    assert opened == [SOUND]


def test_letters_are_keys_of_the_page(table):
    letter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier, "p")
    table.keyPressEvent(letter)
    assert not letter.isAccepted()


def test_a_thin_cell_is_hatched_and_prints_no_number(table):
    model = table.model()
    assert model.look_at(1, 2) == ("", 6, True, False)
    picture = table.grab().toImage()
    plain = HeatLine("Feb 2026", "12", (HeatCell(8.3, "8.3", ""), None))
    model.set_grid(HeatGrid(GRID.titles, (GRID.lines[0], plain), GRID.edges))
    assert table.grab().toImage() != picture


def test_the_frame_of_the_current_cell_shows_with_the_keys(table, qtbot, theme, qapp):
    before = table.grab().toImage()
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert table.grab().toImage() != before
    theme.apply(qapp, "dark")
    assert table.grab().toImage() != before


def test_a_long_count_has_its_room(table, theme):
    owed = "₹1,01,648.48 Cr"
    model = table.model()
    model.set_grid(HeatGrid(GRID.titles, (HeatLine("Current", owed, (SOUND,)),), GRID.edges))
    words = QFontMetrics(theme.font("body")).horizontalAdvance(owed)
    assert table.columnWidth(1) >= words + 10
    model.set_grid(GRID)
    assert table.columnWidth(1) < words


def test_cells_grow_with_the_card_and_never_shrink_below_what_reads(table):
    table.resize(160, 60)
    assert (table.columnWidth(2), table.rowHeight(0)) == (36, 20)
    table.resize(264, 100)
    assert 36 < table.columnWidth(2) < 79
    assert 20 < table.rowHeight(0) < 44
    table.resize(2000, 900)
    assert (table.columnWidth(2), table.rowHeight(0)) == (79, 44)
