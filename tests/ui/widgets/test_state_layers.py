"""What stands over a table and over a page, and what does not move."""

import pytest
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.tasks.task import TaskFailed
from app.ui.widgets import state_stack
from app.ui.widgets.state_stack import StateStack, ViewState
from app.ui.widgets.table_view import TableView


@pytest.fixture
def quick(monkeypatch):
    for name in ("BUSY_AFTER_MS", "SKELETON_AFTER_MS", "WORDS_AFTER_MS", "CANCEL_AFTER_MS"):
        monkeypatch.setattr(state_stack, name, getattr(state_stack, name) // 50)


@pytest.fixture
def table(theme):
    made = TableView("table.loans", "Loans")
    columns = (
        Column("name", "Customer", str, 200),
        Column("amount", "Amount", str, 100, "right"),
    )
    made.set_records(RecordsModel(columns, theme))
    return made


def shown(qtbot, content, bench=None):
    made = StateStack(content, bench, "Reading loans…")
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    return made


def test_a_table_keeps_its_head_and_nothing_moves_when_rows_arrive(qtbot, quick, table):
    states = shown(qtbot, table)
    states.loading()
    qtbot.waitUntil(lambda: states.words() == "Reading loans…")
    head, place = table.head_height(), table.geometry()
    assert table.isVisible()
    assert states._layers.cover.geometry().top() == head
    states.content()
    assert table.geometry() == place
    assert not states._layers.cover.isVisible()


def test_bars_stand_where_words_will(qtbot, table):
    states = shown(qtbot, table)
    states.loading()
    (left, _, first_right), (_, width, second_right) = table.cells()
    assert left == table.edge
    assert (first_right, second_right) == (False, True)
    assert width > 0


def test_a_page_is_hidden_behind_a_skeleton_of_its_own_cards(qtbot, quick):
    page = QWidget()
    line = QHBoxLayout(page)
    for _ in range(3):
        card = QFrame()
        card.setProperty("kind", "card")
        line.addWidget(card)
    states = shown(qtbot, page)
    states.loading()
    assert not page.isVisible()
    places = states._layers.cover._card_places()
    assert len(places) == 3
    states.content()
    qtbot.waitUntil(page.isVisible)
    assert [card.geometry() for card in page.findChildren(QFrame)] == places


def test_content_says_as_of_when_and_old_content_too(qtbot, workbench):
    states = shown(qtbot, QLabel("rows"), workbench)
    states.content()
    assert states._layers.toolTip() == "As of 30 Sep 2026 14:00"
    states.failed(TaskFailed(1, "Reading", "No book", "AB12", offline=True), states.content)
    assert states.state is ViewState.STALE
    assert states._bar.text() == "Data as of 30 Sep 2026 14:00, offline"


def test_old_values_are_marked_then_named_while_they_are_read_again(qtbot, quick):
    states = shown(qtbot, QLabel("rows"))
    states.content()
    states.loading()
    qtbot.waitUntil(lambda: states.busy_words() == "updating")
    assert states._layers._veil.isVisible()
    qtbot.waitUntil(lambda: states.busy_words() == "Reading loans…")
    states.content()
    assert states.busy_words() == ""
    assert not states._layers._veil.isVisible()


def test_who_may_not_is_told_without_try_again(qtbot):
    states = shown(qtbot, QLabel("rows"))
    refused = TaskFailed(1, "Reading", "It can be done by: Supervisor", forbidden=True)
    states.failed(refused, lambda: pytest.fail("tried again"))
    assert states.state is ViewState.NO_PERMISSION


def test_a_panel_as_high_as_one_sentence_shows_the_sentence_whole(qtbot, table):
    states = shown(qtbot, table)
    states.setFixedHeight(44)
    states.empty("No unfinished drafts.")
    cover = states._layers.cover
    qtbot.waitUntil(lambda: cover.height() == 44)
    words = next(w for w in cover.findChildren(QLabel) if w.text())
    assert words.mapTo(cover, words.rect().bottomLeft()).y() < 44


def test_a_sentence_and_a_bar_keep_the_margins_of_the_content(qtbot):
    page = QWidget()
    QHBoxLayout(page).setContentsMargins(0, 12, 16, 16)
    states = shown(qtbot, page)
    states.empty("No loans with us yet.")
    cover = states._layers.cover
    sentence = next(each for each in cover.findChildren(QFrame) if each.property("kind") == "card")
    qtbot.waitUntil(lambda: sentence.geometry().right() == cover.width() - 17)
    assert sentence.y() == 12
    states.stale("Data as of 13:40, offline")
    bar = states._bar
    qtbot.waitUntil(lambda: bar.isVisible() and bar.width() == states.width() - 16)
    states.content()
    qtbot.waitUntil(lambda: states._layers.y() == 0)  # the bar leaves no gap


def test_in_a_card_a_sentence_needs_no_card_of_its_own(qtbot):
    card = QFrame()
    card.setProperty("kind", "card")
    qtbot.addWidget(card)
    states = StateStack(QWidget())
    QHBoxLayout(card).addWidget(states)
    card.resize(400, 200)
    card.show()
    states.empty("No notes yet.")
    kinds = [each.property("kind") for each in states._layers.cover.findChildren(QFrame)]
    assert "card" not in kinds
    card.close()
