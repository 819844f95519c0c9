"""S21 Timeline and Notes."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.services.add_note import AddNote, add_note
from app.services.read_customer_life import read_notes
from app.services.steps.ids import new_id
from app.ui.screens.customer.act_words import KIND_ICONS, act_words, event_words, kind_words
from app.ui.screens.customer.customer_screen import CustomerScreen
from app.ui.screens.customer.record_columns import timeline_columns
from app.ui.widgets.table_view import TableView
from db.records.customer_life import TimelineEvent, TimelineKind
from db.records.refusals import BookBusy
from db.vocabulary.people import Role

AT = datetime(2026, 9, 1, 6, tzinfo=UTC)


@pytest.fixture
def host(workbench, place, asha):
    made = place(CustomerScreen(workbench), customer_id=asha.customer_id)
    yield made
    made.close()


def opened(host, name: str, qtbot):
    tabs = host.findChild(CustomerScreen)._tabs
    tabs.choose(name)
    found = tabs.parts[name]
    qtbot.waitUntil(lambda: found.states.state != "loading")
    return found


def words_in(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def event(act: str, kind: TimelineKind = TimelineKind.LOAN, **values: object) -> TimelineEvent:
    return TimelineEvent(kind, act, AT, **values)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (event("post_repayment", amount_paise=1_127_900, detail="UPI"), "₹11,279, UPI"),
        (
            event("class_changed", from_status="Standard", to_status="SMA-0"),
            "Standard to SMA-0",
        ),
        (
            event(
                "assess_application",
                TimelineKind.SCORE,
                score_hundredths=58_821,
                detail="Medium",
                model_id="RF 1",
            ),
            "score 588, Medium risk, model RF 1",
        ),
        (
            event(
                "decide_application",
                TimelineKind.APPLICATION,
                from_status="Pending",
                to_status="Rejected",
                detail="REJ-FOIR",
            ),
            "Dues within the guide, Pending to Rejected",
        ),
        (
            event(
                "propose_correction",
                TimelineKind.CUSTOMER,
                detail="pan_number",
                to_status="Proposed",
            ),
            "PAN, waits for a second person",
        ),
        (event("add_note", TimelineKind.NOTE, text="came\nin"), "came in"),
        (event("loan_closed"), ""),
        (
            event("withdraw_application", TimelineKind.APPLICATION, detail="NEW-CODE"),
            "NEW-CODE",
        ),
        (event("other", to_status="Someday"), "Someday"),
    ],
)
def test_an_event_in_plain_words(told, words):
    assert event_words(told) == words


def test_acts_and_kinds_in_words():
    assert act_words("decide_application") == "Decided"
    assert act_words("some_new_act") == "Some new act"
    assert {kind_words(kind) for kind in TimelineKind} >= {"Scores", "Payments"}
    assert set(KIND_ICONS) == set(TimelineKind)
    when = timeline_columns()[0].text
    assert when(event("x", by="")) == "01 Sep 2026 11:30"
    assert when(event("x", timed=False)) == "01 Sep 2026"


def test_the_timeline_is_filtered_by_kind(host, desk, asha, qtbot):
    add_note(AddNote(new_id(desk), asha.customer_id, "called"), desk)
    timeline = opened(host, "timeline", qtbot)
    model = host.findChild(TableView, "table.timeline").model()
    assert [model.index(row, 1).data() for row in range(2)] == ["Note", "Customer registered"]
    timeline._kind.set_value(TimelineKind.NOTE)
    timeline._filter(None)
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert model.index(0, 4).data() == "Anita Desai"
    timeline._kind.set_value(TimelineKind.PAYMENT)
    timeline._filter(None)
    qtbot.waitUntil(lambda: timeline.states.state == "no_match")
    assert timeline.states.words() == "Nothing of this kind: Payments."


def test_a_long_timeline_is_read_page_by_page(host, desk, asha, qtbot):
    with desk.open_book() as book:
        from db.records.book import AuditAct

        acts = [AuditAct("reveal_pan", "customer", asha.customer_id, "x", AT)] * 520
        book.audit.append_many(412, acts)
        book.commit()
    opened(host, "timeline", qtbot)
    table = host.findChild(TableView, "table.timeline")
    model = table.model()
    assert model.rowCount() == 501
    assert model.row_at(500) is None
    table.go_to(500)
    qtbot.waitUntil(lambda: model.rowCount() == 521)
    assert model.row_at(520).act == "reveal_pan"


def test_enter_on_an_event_opens_its_application_or_its_loan(host, workbench, qtbot):
    timeline = opened(host, "timeline", qtbot)
    timeline.opened.emit(event("submit_application", subject="A-7", record_id=UUID(int=7)))
    assert workbench.shell.visits == [("decision", {"application_id": UUID(int=7)})]
    timeline.opened.emit(event("reveal_pan"))
    assert host.findChild(CustomerScreen)._tabs.current_name == "timeline"
    timeline.opened.emit(event("post_repayment", subject="L-7", record_id=UUID(int=8)))
    assert workbench.shell.visits[-1] == ("loan", {"loan_id": UUID(int=8)})


def test_a_note_shows_at_once_and_is_kept(host, desk, asha, qtbot):
    notes = opened(host, "notes", qtbot)
    assert "No notes yet." in notes._inner.words()
    QTest.keyClicks(notes._text, "Came in about a loan")
    assert notes._room.text() == "20 of 2,000"
    QTest.keyClick(notes._text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (view,) = notes._list.views()
    assert view._state.text() == "Saving…"
    assert notes._text.value() == ""
    qtbot.waitUntil(lambda: view._state.text() == "")
    assert read_notes(asha.customer_id, desk).page.rows[0].text == "Came in about a loan"
    assert host.findChild(QPushButton, "tab.notes").text() == "Notes 1"
    assert "Anita Desai" in view.accessibleName()


def test_what_cannot_be_noted_stays_in_the_field(host, qtbot):
    notes = opened(host, "notes", qtbot)
    notes.send()
    assert notes._fault.text() == "Write the note first"
    assert notes._text.hasFocus()
    notes._text.setPlainText("PAN ACUPR7085K")
    assert notes._fault.text() == ""
    notes.send()
    assert "PAN or Aadhaar" in notes._fault.text()
    assert notes._text.value() == "PAN ACUPR7085K"
    assert notes._list.views() == []


def test_a_note_that_was_not_kept_comes_back(host, workbench, desk, qtbot):
    notes = opened(host, "notes", qtbot)

    def busy():
        raise BookBusy

    workbench.shell.desk = replace(desk, open_book=busy)
    notes._text.setPlainText("Came in")
    notes.send()
    notes._text.setPlainText("and more")
    qtbot.waitUntil(lambda: notes._list.views() == [])
    assert notes._text.value() == "Came in\nand more"
    assert "try again" in notes._fault.text()
    assert notes._inner.state == "empty"


def test_notes_stand_newest_first_and_older_ones_are_read_on_demand(host, desk, asha, qtbot):
    for number in range(52):
        add_note(AddNote(new_id(desk), asha.customer_id, f"note {number}"), desk)
    notes = opened(host, "notes", qtbot)
    assert len(notes._list.views()) == 50
    assert "note 51" in words_in(notes._list.views()[0])
    assert not notes._older.isHidden()
    notes._older.click()
    qtbot.waitUntil(lambda: len(notes._list.views()) == 52)
    assert "note 0" in words_in(notes._list.views()[-1])
    assert notes._older.isHidden()
    assert host.findChild(QPushButton, "tab.notes").text() == "Notes 52"


def test_who_may_not_write_sees_who_does(workbench, place, asha, qtbot):
    desk = workbench.shell.desk
    workbench.shell.desk = desk.acting(replace(desk.person(), roles=frozenset({Role.AUDITOR})))
    made = place(CustomerScreen(workbench), customer_id=asha.customer_id)
    notes = opened(made, "notes", qtbot)
    assert not notes._text.isVisible()
    assert (
        "Notes are written by: Officer (maker), Assistant, Supervisor (checker), Collections."
        in words_in(notes)
    )
    made.close()
