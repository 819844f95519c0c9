"""F8: when the draft of a form is stored, and that one form never has two of them."""

import json

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.services.keep_draft import my_drafts
from app.ui.widgets.draft_keeper import FIRST_MS, NEXT_MS, DraftForm, DraftKeeper

LOST_AT_MOST_MS, FIRST_WITHIN_MS = 2_000, 1_000


@pytest.fixture
def form(qtbot):
    """Two fields in a shown window."""
    made = QWidget()
    made.setLayout(QVBoxLayout())
    for name in ("full_name", "city"):
        field = QLineEdit(objectName=name)
        made.layout().addWidget(field)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def keeper(workbench, form):
    def collect():
        return {f.objectName(): f.text() for f in form.findChildren(QLineEdit) if f.text()} or None

    made = DraftKeeper(workbench, DraftForm("customer_form", collect, lambda: "Asha"), form)
    made.watch(form)
    for field in form.findChildren(QLineEdit):
        field.textChanged.connect(made.edited)
    return made


def kept(desk):
    return [json.loads(draft.content) for draft in my_drafts(desk)]


def type_into(form, name, text):
    field = form.findChild(QLineEdit, name)
    field.setFocus()
    QTest.keyClicks(field, text)


def test_the_pauses_leave_room_for_the_write():
    assert FIRST_MS < FIRST_WITHIN_MS
    assert FIRST_MS < NEXT_MS < LOST_AT_MOST_MS


def test_typing_is_stored_by_itself_and_again_while_it_goes_on(keeper, form, desk, qtbot):
    type_into(form, "full_name", "As")
    qtbot.waitUntil(lambda: kept(desk) == [{"full_name": "As"}])
    type_into(form, "full_name", "ha")
    qtbot.waitUntil(lambda: kept(desk) == [{"full_name": "Asha"}])


def test_a_change_of_field_stores_at_once(keeper, form, desk, qtbot):
    type_into(form, "full_name", "Asha")
    assert keeper._timer.isActive()
    type_into(form, "city", "")
    assert not keeper._timer.isActive()  # nothing waits: the store is on its way
    qtbot.waitUntil(lambda: kept(desk) == [{"full_name": "Asha"}])


def test_stores_that_follow_each_other_make_one_draft(keeper, form, desk, qtbot):
    for text in ("A", "s", "h", "a"):
        type_into(form, "full_name", text)
        keeper.store_now()
    qtbot.waitUntil(lambda: kept(desk) == [{"full_name": "Asha"}])
    assert len(my_drafts(desk)) == 1


def test_a_discarded_draft_stays_away(keeper, form, desk, qtbot, runner):
    said = []
    keeper.words.connect(said.append)
    type_into(form, "full_name", "Asha")
    keeper.store_now()
    keeper.discard()
    assert keeper.draft_id is None
    qtbot.waitUntil(lambda: not runner.active() and said != [])
    assert kept(desk) == []
    assert said == ["Nothing unsaved"]


def test_a_store_that_fails_is_tried_again(keeper, form, workbench, qtbot):
    said = []
    keeper.words.connect(said.append)
    desk = workbench.desk
    workbench.shell.desk = desk.without_actor()
    type_into(form, "full_name", "Asha")
    keeper.store_now()
    qtbot.waitUntil(lambda: said == ["Draft not saved: Sign in first"])
    workbench.shell.desk = desk
    qtbot.waitUntil(lambda: kept(desk) == [{"full_name": "Asha"}])
