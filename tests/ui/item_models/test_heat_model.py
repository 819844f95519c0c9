from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt

from app.ui.item_models.heat_model import HeatCell, HeatGrid, HeatLine, HeatModel, heat_edges


def cell(value, few=False):
    return HeatCell(value, f"{value}", f"said {value}", few=few, figure=f"cohort {value}")


GRID = HeatGrid(
    ("Disbursed", "Loans", "3", "4"),
    (
        HeatLine("Jan 2026", "96", (cell(0.4), cell(6.2))),
        HeatLine("Feb 2026", "12", (cell(8.3, few=True), None)),
        HeatLine("Mar 2026", "30", ()),
    ),
    heat_edges(6.2),
)


def test_it_is_a_sound_model(qtmodeltester, qapp):
    model = HeatModel()
    qtmodeltester.check(model, force_py=False)
    model.set_grid(GRID)
    qtmodeltester.check(model, force_py=False)


def test_cells_carry_step_words_and_sentence(qapp):
    model = HeatModel()
    model.set_grid(GRID)
    assert model.look_at(0, 0).text == "Jan 2026"
    assert (model.look_at(0, 2).step, model.look_at(0, 3).step) == (0, 6)
    few = model.look_at(1, 2)
    assert few.few
    assert few.text == ""
    assert model.look_at(1, 3).step is None
    assert model.cell_at(2, 3) is None
    assert model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole) == "said 6.2"
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) is None
    assert model.headerData(2, Qt.Orientation.Horizontal) == "3"
    assert model.headerData(9, Qt.Orientation.Horizontal) is None
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None


@given(st.floats(min_value=0, max_value=100_000))
def test_the_highest_value_is_not_left_on_a_low_step(highest):
    edges = heat_edges(highest)
    assert list(edges) == sorted(edges)
    assert len(edges) == 6
    if highest >= 1:
        assert edges[1] <= highest <= edges[-1] * 7 / 6 + 0.001
