"""What the keys of the queue decide, and what they refuse."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.read_application import read_application
from app.services.read_queue import read_case
from db.vocabulary.loan_life import ApplicationStatus
from tests.ui.screens.lending.checker.conftest import (
    NOTE,
    ask,
    current,
    names,
    opened,
    propose,
    status,
)

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def test_an_approval_is_asked_confirmed_and_the_next_case_opens(page, waiting, desk):
    row = waiting[0]
    ask(page, Qt.Key.Key_A)
    assert f"Approve {row.reference}, ₹" in page.words()
    page.find("note").set_value(NOTE)
    QTest.keyClick(page.find("note"), Qt.Key.Key_Return, CONTROL)
    page.until(lambda: status(desk, row) is ApplicationStatus.APPROVED)
    page.until(lambda: names(page) == [each.reference for each in waiting[1:]])
    assert current(page) == waiting[1].reference
    page.until(lambda: f"{row.reference} is approved." in page.words())
    assert not page.find("panel.confirm").isVisible()


def test_a_case_that_everything_supports_is_a_and_enter(desk, pending, checker, workbench, drive):
    clear = next(
        row
        for row in pending
        if read_application(row.application_id, desk).estimate.recommendation != "Reject"
    )
    propose(desk, clear, reasons=("APP-CONDITIONS",), conditions="Insurance")
    page = opened(drive, workbench)
    ask(page, Qt.Key.Key_A)
    button = page.find("action.queue.confirm")
    page.until(button.hasFocus)
    QTest.keyClick(button, Qt.Key.Key_Return)
    page.until(lambda: status(desk, clear) is ApplicationStatus.APPROVED)
    page.until(lambda: "Queue is clear." in page.find("screen.queue")._states.words())


def test_esc_goes_back_and_decides_nothing(page, waiting, desk):
    ask(page, Qt.Key.Key_A)
    QTest.keyClick(page.find("note"), Qt.Key.Key_Escape)
    assert not page.find("panel.confirm").isVisible()
    assert status(desk, waiting[0]) is ApplicationStatus.PROPOSED


def test_tighter_terms_pass_and_looser_ones_are_told_at_their_field(page, waiting, desk):
    row = waiting[0]
    ask(page, Qt.Key.Key_C)
    page.find("approved_amount").set_value(row.amount_paise + 100)
    page.find("note").set_value(NOTE)
    page.press("action.queue.confirm")
    page.until(lambda: page.find("errors.summary").isVisible())
    assert "only tighten" in page.find("errors.summary").accessibleDescription()
    page.find("approved_amount").set_value(row.amount_paise - 1_000_000)
    page.press("action.queue.confirm")
    page.until(lambda: status(desk, row) is ApplicationStatus.APPROVED)
    last = read_case(row.application_id, desk).steps[-1]
    assert last.amount_paise == row.amount_paise - 1_000_000


def test_a_rejection_needs_reasons(page, waiting, desk):
    row = waiting[0]
    ask(page, Qt.Key.Key_R)
    page.find("reason").set_value(())
    page.press("action.queue.confirm")
    page.until(lambda: page.find("errors.summary").isVisible())
    page.find("reason").set_value(("REJ-TITLE",))
    page.find("override_reason").set_value("OVR-PAPERS-DOUBT")
    page.find("note").set_value(NOTE)
    page.press("action.queue.confirm")
    page.until(lambda: status(desk, row) is ApplicationStatus.REJECTED)


def test_a_return_carries_its_questions(page, waiting, desk):
    row = waiting[0]
    ask(page, Qt.Key.Key_T)
    page.find("reason").set_value(("RET-KYC",))
    page.press("action.queue.confirm")
    page.until(lambda: page.find("errors.summary").isVisible())
    page.find("return_questions").set_value("Which paper is missing?")
    page.press("action.queue.confirm")
    page.until(lambda: status(desk, row) is ApplicationStatus.RETURNED)
    assert read_case(row.application_id, desk).questions == "Which paper is missing?"
    page.until(lambda: f"{row.reference} went back to" in page.words())


def test_a_case_above_the_limit_is_refused_and_sent_on(desk, waiting, low_limit, workbench, drive):
    page = opened(drive, workbench)
    assert "Above limit" in page.cells("table.queue", 4)[0]
    ask(page, Qt.Key.Key_A)
    page.find("note").set_value(NOTE)
    page.press("action.queue.confirm")
    page.until(lambda: page.find("errors.summary").isVisible())
    assert "above your limit" in page.find("errors.summary").accessibleDescription()
    QTest.keyClick(page.find("note"), Qt.Key.Key_Escape)
    ask(page, Qt.Key.Key_F)
    page.find("note").set_value("Above my limit")
    page.press("action.queue.confirm")
    page.until(lambda: read_case(waiting[0].application_id, desk).steps[-1].step == "forward")


def test_a_note_goes_to_the_customers_page(page, waiting, desk):
    ask(page, Qt.Key.Key_N)
    page.press("action.queue.confirm")
    page.until(lambda: page.find("errors.summary").isVisible())
    page.find("note").set_value("Asked the branch manager.")
    page.press("action.queue.confirm")
    page.until(lambda: "is kept." in page.words())
    with desk.open_book() as book:
        customer = book.applications.get(412, waiting[0].application_id).customer_id
        notes = book.notes.of_customer(412, customer, 10).rows
    assert "Asked the branch manager." in [note.text for note in notes]


def test_the_last_decision_is_recalled_from_its_bar(page, waiting, desk):
    row = waiting[0]
    ask(page, Qt.Key.Key_A)
    page.find("note").set_value(NOTE)
    page.press("action.queue.confirm")
    page.until(lambda: f"{row.reference} is approved." in page.words())
    page.press("action.queue.recall")
    page.until(lambda: status(desk, row) is ApplicationStatus.PROPOSED)
    page.until(lambda: row.reference in names(page))
