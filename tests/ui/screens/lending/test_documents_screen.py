"""The letters of an application, by object names."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.rules.maker_checker import Verdict
from app.services.decide_application import (
    CaseRequest,
    DecideApplication,
    decide_application,
    recall_decision,
)
from app.services.read_documents import list_documents
from app.services.steps.ids import new_id
from app.services.steps.refusal import Refused
from app.services.steps.sandbox_staff import ANALYST, CHECKER, sandbox_actor
from app.ui.screens.documents.documents_screen import DocumentsScreen
from app.ui.screens.documents.letter_maker import kinds_for
from db.vocabulary.decisions import Decision
from db.vocabulary.loan_life import ApplicationStatus, LetterKind, LetterStatus
from tests.ui.screens.lending.checker.conftest import NOTE, propose

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def low(pending):
    return next(row for row in pending if row.risk_level == "Low")


@pytest.fixture
def checker(desk):
    return desk.acting(sandbox_actor(CHECKER))


@pytest.fixture
def approved(desk, low, checker):
    propose(desk, low, reasons=("APP-CONDITIONS",), conditions="Insurance")
    said = Verdict(Decision.APPROVE, reasons=("APP-CONDITIONS",), note=NOTE, conditions="Insurance")
    decide_application(DecideApplication(new_id(desk), low.application_id, said), checker)
    return low


@pytest.fixture
def page(workbench, drive, approved):
    driver = drive(DocumentsScreen(workbench), application_id=approved.application_id)
    driver.until(lambda: driver.find("kind").value() is not None)
    return driver


def letters(desk, row):
    return list_documents(row.application_id, desk)


def make(page, desk, row, kind):
    before = len(letters(desk, row))
    page.find("kind").set_value(kind)
    page.press("action.document.make")
    page.until(lambda: len(letters(desk, row)) == before + 1)
    page.until(lambda: len(page.cells("table.documents", 0)) == before + 1)
    page.until(lambda: page.find("action.document.void").isEnabled() or before > 0)


def test_a_key_facts_statement_is_made_shown_and_accepted(page, approved, desk):
    make(page, desk, approved, LetterKind.KFS)
    assert page.cells("table.documents", 0) == ["Key Facts Statement"]
    page.until(lambda: page.find("panel.preview").count() > 1)
    page.press("action.document.record_acceptance")
    page.until(lambda: page.find("accepted_on").isVisible())
    QTest.keyClick(page.find("accepted_on"), Qt.Key.Key_Return, CONTROL)
    page.until(lambda: letters(desk, approved)[0].status is LetterStatus.ACCEPTED)
    page.until(lambda: page.cells("table.documents", 3)[0].startswith("Accepted "))
    assert not page.find("action.document.record_acceptance").isEnabled()


def test_a_day_out_of_its_time_stands_at_its_field(page, approved, desk):
    make(page, desk, approved, LetterKind.KFS)
    page.press("action.document.record_acceptance")
    page.type("accepted_on", "01/01/2020")
    page.press("action.document.record_acceptance")
    page.until(lambda: page.find("errors.summary").isVisible())
    page.type("accepted_on", " ")
    page.press("action.document.record_acceptance")
    page.until(lambda: "Enter the day" in page.words())
    assert letters(desk, approved)[0].accepted_on is None


def test_a_second_one_is_a_copy_and_a_void_one_is_followed_by_an_original(page, approved, desk):
    make(page, desk, approved, LetterKind.SANCTION)
    make(page, desk, approved, LetterKind.SANCTION)
    assert page.cells("table.documents", 2)[0].endswith(", copy 1")
    table = page.find("table.documents")
    page.until(lambda: table.currentIndex().row() == 0)
    assert not page.find("action.document.void").isEnabled()
    table.go_to(1)
    page.press("action.document.void")
    page.until(lambda: page.find("reason").isVisible())
    page.press("action.document.void")
    page.until(lambda: page.find("errors.summary").isVisible())
    page.find("reason").set_value("VOID-OTHER")
    page.press("action.document.void")
    page.until(lambda: "Write the reason in the note" in page.words())
    page.find("note").set_value("The name was misspelt")
    page.press("action.document.void")
    page.until(lambda: page.cells("table.documents", 3)[1] == "Void")
    make(page, desk, approved, LetterKind.SANCTION)
    assert [d.copy_of for d in letters(desk, approved)].count(None) == 2


def test_esc_leaves_a_letter_as_it_is(page, approved, desk):
    make(page, desk, approved, LetterKind.SANCTION)
    page.press("action.document.void")
    page.until(lambda: page.find("reason").isVisible())
    QTest.keyClick(page.find("note"), Qt.Key.Key_Escape)
    assert not page.find("reason").isVisible()
    assert letters(desk, approved)[0].status is LetterStatus.ISSUED


def test_a_letter_is_saved_as_it_was_issued(page, approved, desk, tmp_path):
    make(page, desk, approved, LetterKind.SCHEDULE)
    (row,) = letters(desk, approved)
    target = tmp_path / "schedule.pdf"
    page.find("screen.documents").save_to(row, target)
    page.until(lambda: "Saved as schedule.pdf" in page.words())
    assert target.read_bytes().startswith(b"%PDF")
    page.find("screen.documents").save_to(row, tmp_path / "nowhere" / "schedule.pdf")
    page.until(lambda: "The folder of the file is not there" in page.words())


def test_enter_shows_the_pages(page, approved, desk):
    make(page, desk, approved, LetterKind.SANCTION)
    page.until(lambda: page.find("panel.preview").count() > 0)
    page.find("panel.preview").show_pictures(())
    QTest.keyClick(page.find("table.documents"), Qt.Key.Key_Return)
    page.until(lambda: page.find("panel.preview").count() > 0)


def test_the_pages_of_another_letter_are_put_away(page, approved, desk):
    make(page, desk, approved, LetterKind.SANCTION)
    make(page, desk, approved, LetterKind.SCHEDULE)
    page.until(lambda: page.find("panel.preview").count() > 0)
    page.find("table.documents").go_to(1)
    assert page.find("panel.preview").count() == 0


def test_once_a_letter_is_out_the_decision_stays(page, approved, desk, checker):
    make(page, desk, approved, LetterKind.SANCTION)
    with pytest.raises(Refused, match="Its letter has been issued"):
        recall_decision(CaseRequest(new_id(desk), approved.application_id), checker)


def test_what_fits_the_decision_is_offered(page):
    offered = {page.find("kind").itemText(i) for i in range(page.find("kind").count())}
    assert offered == {"Key Facts Statement", "Sanction letter", "Repayment schedule", "File note"}
    assert kinds_for(ApplicationStatus.REJECTED) == (LetterKind.REJECTION, LetterKind.FILE_NOTE)
    assert kinds_for(ApplicationStatus.PENDING) == (LetterKind.FILE_NOTE,)


def test_a_letter_before_the_decision_is_refused_in_a_sentence(workbench, drive, low, desk):
    page = drive(DocumentsScreen(workbench), application_id=low.application_id)
    page.until(lambda: page.find("kind").value() is not None)
    assert "No letter yet" in page.find("screen.documents")._states.words()
    page.press("action.document.make")
    page.until(lambda: "There is no letter before the decision" in page.words())
    assert letters(desk, low) == ()


def test_who_issues_no_letters_reads_them(workbench, drive, approved, desk):
    analyst = sandbox_actor(ANALYST)
    workbench.shell.desk = desk.acting(analyst)
    made = DocumentsScreen(workbench)
    workbench.registry.hide_forbidden(made, analyst.roles)
    page = drive(made, application_id=approved.application_id)
    page.until(lambda: page.find("kind").value() is not None)
    assert not page.offers("Make")
    assert not page.offers("Make void")
    assert page.offers("Show pages")


def test_a_book_that_fails_offers_to_try_again(workbench, drive, approved, desk):
    def broken():
        raise OSError

    workbench.shell.desk = replace(desk, open_book=broken)
    page = drive(DocumentsScreen(workbench), application_id=approved.application_id)
    page.until(lambda: page.offers("Try again"))


def test_nothing_is_made_before_the_application_is_read(workbench, drive, approved, desk) -> None:
    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(desk, open_book=broken)
    page = drive(DocumentsScreen(workbench), application_id=approved.application_id)
    page.until(lambda: page.offers("Try again"))
    make_it = next(
        a
        for a in page.find("screen.documents").actions()
        if a.objectName() == "action.document.make"
    )
    assert not make_it.isEnabled()
    workbench.shell.desk = desk
    page.button("Try again").click()
    page.until(make_it.isEnabled)
