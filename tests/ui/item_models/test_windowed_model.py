from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from app.ui.item_models.columns import PLACEHOLDER, Column
from app.ui.item_models.paged_source import PagedSource
from app.ui.item_models.records_model import RecordsModel
from app.ui.item_models.windowed_model import KEPT_PAGES, PAGE_ROWS, WindowedModel
from app.ui.tasks.task import TaskFailed
from app.ui.theme import theme_of


@dataclass(frozen=True)
class Row:
    number: int


@dataclass(frozen=True)
class Page:
    rows: tuple[Row, ...]
    next: str | None


@dataclass(frozen=True)
class Counted:
    total: int
    keys: tuple[str, ...]


COLUMNS = (
    Column("number", "Number", lambda r: str(r.number), 80, "right", sort="number"),
    Column(
        "state",
        "State",
        lambda r: "late" if r.number % 2 else "on time",
        icon=lambda r: ("alert-triangle", "warning") if r.number % 2 else None,
        muted=lambda r: r.number == 0,
        strong=True,
        tip=lambda r: f"row {r.number}",
    ),
)


class Book:
    """Rows 0 to total - 1, read by key."""

    def __init__(self, total):
        self.total = total
        self.reads = []

    def read(self, after, limit):
        def work(_control):
            self.reads.append(after)
            first = 0 if after is None else int(after) + 1
            rows = tuple(Row(n) for n in range(first, min(first + limit, self.total)))
            more = bool(rows) and rows[-1].number + 1 < self.total
            return Page(rows, str(rows[-1].number) if more else None)

        return work

    def count(self):
        keys = tuple(str(n - 1) for n in range(PAGE_ROWS, self.total, PAGE_ROWS))
        return lambda _control: Counted(self.total, keys)


@pytest.fixture
def model(theme):
    return WindowedModel(COLUMNS, theme)


def source_of(model, runner, book):
    return PagedSource(model, runner, "Reading rows", book.read, book.count)


def shown(model, row, column=0):
    return model.data(model.index(row, column))


def test_the_model_keeps_qts_rules(model, runner, qtbot, qtmodeltester):
    source = source_of(model, runner, Book(1200))
    with qtbot.waitSignal(source.counted) as counted:
        source.restart()
    assert counted.args == [1200]
    qtmodeltester.check(model)


def test_a_row_far_down_shows_dots_then_its_words(model, runner, qtbot):
    book = Book(100_000)
    source = source_of(model, runner, book)
    with qtbot.waitSignals([source.first_page, source.counted]):
        source.restart()
    assert model.rowCount() == 100_000
    assert shown(model, 0) == "0"
    assert shown(model, 90_001) == PLACEHOLDER
    qtbot.waitUntil(lambda: shown(model, 90_001) == "90001")
    assert book.reads == [None, "89999"]


def test_roles_that_no_cell_serves_ask_for_nothing(model):
    model.set_count(100_000, [str(n) for n in range(499, 99_999, 500)])
    asked = []
    model.page_wanted.connect(asked.append)
    served = {int(role) for role in Qt.ItemDataRole} & model._cells.roles
    for role in Qt.ItemDataRole:
        if int(role) not in served:
            assert model.data(model.index(90_001, 0), role) is None
    assert asked == []
    assert model.data(model.index(90_001, 0)) == PLACEHOLDER
    assert [request.number for request in asked] == [180]


def test_only_some_pages_are_kept(model, runner, qtbot):
    model.set_count(PAGE_ROWS * (KEPT_PAGES + 3), ())
    for number in range(KEPT_PAGES + 3):
        rows = [Row(number * PAGE_ROWS + n) for n in range(PAGE_ROWS)]
        model.give_page(number, rows, None)
    assert model.row_at(0) is None
    assert model.row_at(PAGE_ROWS * (KEPT_PAGES + 2)) == Row(PAGE_ROWS * (KEPT_PAGES + 2))


def test_a_late_page_of_an_older_filter_is_thrown_away(model, runner, qtbot):
    first = Book(10)
    source = PagedSource(
        model,
        runner,
        "Reading rows",
        first.read,
        first.count,
    )
    source.restart()
    first.total = 3
    with qtbot.waitSignal(source.counted):
        source.restart()
    qtbot.waitUntil(lambda: model.row_at(2) == Row(2))
    assert model.rowCount() == 3


def test_a_count_below_what_was_seen_takes_rows_away(model):
    model.give_page(0, [Row(n) for n in range(5)], "4")
    assert model.rowCount() == 6
    model.set_count(5, ())
    assert model.rowCount() == 5


def test_a_failed_read_is_told_and_may_be_tried_again(model, runner, qtbot):
    def broken(_after, _limit):
        def work(_control):
            raise ConnectionError

        return work

    source = PagedSource(model, runner, "Reading rows", broken, Book(3).count)
    with qtbot.waitSignal(source.failed) as failed:
        source.restart()
    assert isinstance(failed.args[0], TaskFailed)
    source.stop()


def test_cells_answer_every_role_they_serve(theme):
    model = RecordsModel(COLUMNS, theme)
    model.set_rows([Row(0), Row(1)])
    role = Qt.ItemDataRole
    late = model.index(1, 1)
    assert model.data(late, role.DisplayRole) == "late"
    assert model.data(late, role.ToolTipRole) == "row 1"
    assert model.data(late, role.FontRole) == theme.font("strong")
    assert not model.data(late, role.DecorationRole).isNull()
    assert model.data(model.index(0, 1), role.ForegroundRole) == theme_of().color("muted")
    assert model.data(late, role.SizeHintRole) is None
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Number"
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_a_look_is_what_the_roles_say(theme, model):
    short = RecordsModel(COLUMNS, theme)
    short.set_rows([Row(0), Row(1)])
    role = Qt.ItemDataRole
    for row in range(2):
        for column in range(2):
            look, index = short.look_at(row, column), short.index(row, column)
            assert look.text == short.data(index, role.DisplayRole)
            assert look.side == short.data(index, role.TextAlignmentRole)
            assert look.font == short.data(index, role.FontRole)
            assert look.colour == short.data(index, role.ForegroundRole)
            assert (look.icon is None) == (short.data(index, role.DecorationRole) is None)
    model.set_count(1_000, ["499"])
    asked = []
    model.page_wanted.connect(asked.append)
    assert model.look_at(700, 0).text == PLACEHOLDER
    assert [(request.number, request.after) for request in asked] == [(1, "499")]


def test_the_short_model_keeps_qts_rules(theme, qtmodeltester):
    model = RecordsModel(COLUMNS, theme)
    model.set_rows([Row(n) for n in range(50)])
    qtmodeltester.check(model)
    assert model.row_at(3) == Row(3)
    assert len(model.rows()) == 50
