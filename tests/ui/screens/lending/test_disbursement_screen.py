"""A loan is paid out on its page, by object names: proposed, confirmed, declined, taken back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from app.rules.maker_checker import Verdict
from app.services.decide_application import DecideApplication, decide_application
from app.services.issue_documents import (
    MakeDocument,
    RecordAcceptance,
    make_document,
    record_acceptance,
)
from app.services.read_application import read_application
from app.services.read_disbursement import read_disbursement
from app.services.steps.ids import new_id
from app.services.steps.sandbox_staff import ANALYST, CHECKER, sandbox_actor
from app.ui.screens.decision.decision_screen import DecisionScreen
from app.ui.screens.disbursement.disbursement_screen import DisbursementScreen
from app.ui.screens.today.today_screen import TodayScreen
from db.vocabulary.decisions import Decision
from db.vocabulary.loan_life import ApplicationStatus, LetterKind
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
def ready(desk, approved):
    """With its Key Facts Statement accepted today."""
    key = approved.application_id
    letter = make_document(MakeDocument(new_id(desk), key, LetterKind.KFS), desk)
    record_acceptance(RecordAcceptance(new_id(desk), letter.document_id, desk.clock.today()), desk)
    return approved


def read(driver):
    driver.until(lambda: len(driver.cells("table.checks", 0)) == 8)
    return driver


@pytest.fixture
def page(workbench, drive, ready):
    return read(drive(DisbursementScreen(workbench), application_id=ready.application_id))


@pytest.fixture
def checkers(workbench, drive, checker):
    """Open the page as the second person."""

    def opened(row):
        workbench.shell.desk = checker
        return read(drive(DisbursementScreen(workbench), application_id=row.application_id))

    return opened


def fill(page):
    page.type("beneficiary_account", "50100012345678")
    page.type("ifsc_code", "HDFC0001234")
    page.type("agreement_date", "t")
    page.find("agreement_date").set_value(page.find("disbursement_date").value())
    page.type("mandate_reference", "UMRN-HDFC7021234")
    page.find("insurance_reference").set_value("P-1")


def view_of(desk, row):
    return read_disbursement(row.application_id, desk)


def status(desk, row):
    return read_application(row.application_id, desk).application.status


def proposed(page, desk, row):
    fill(page)
    page.press("action.disbursement.propose")
    page.until(lambda: view_of(desk, row).waiting is not None)
    page.until(lambda: "Proposed by" in page.words())


def test_checks_terms_and_schedule_stand_there(page, ready, desk):
    assert page.cells("table.checks", 1)[:3] == ["Holds", "Holds", "To do"]
    assert "equals the loan" in page.cells("table.checks", 2)[1]
    view = view_of(desk, ready)
    assert len(page.cells("table.schedule", 0)) == len(view.loan.started.instalments)
    assert page.cells("table.schedule", 5)[-1] == "0.00"
    assert page.raw("figure.emi_amount") == f"{view.loan.started.emi_paise / 100:.2f}"
    for name in ("table.checks", "table.schedule"):
        QAbstractItemModelTester(
            page.find(name).model(), QAbstractItemModelTester.FailureReportingMode.Fatal
        )


def test_two_people_pay_a_loan_out(page, checkers, ready, desk, checker):
    proposed(page, desk, ready)
    assert not page.find("amount").isEnabled()
    assert not page.offers("Confirm")
    second = checkers(ready)
    assert second.find("mandate_reference").value() == "UMRN-HDFC7021234"
    assert second.cells("table.checks", 1)[6] == "Holds"
    second.press("action.disbursement.confirm")
    second.until(lambda: second.find("panel.confirm").isVisible())
    assert "HDFC0001234 XXXXXXXXXX5678" in second.words()
    assert second.find("beneficiary_account").value() == "50100012345678"  # to be compared
    second.press("action.disbursement.confirm")
    second.until(lambda: status(desk, ready) is ApplicationStatus.DISBURSED)
    second.until(lambda: "as loan L-" in second.words())


def test_what_is_missing_stands_at_its_field(page, ready, desk):
    page.press("action.disbursement.propose")
    page.until(lambda: page.find("errors.summary").isVisible())
    assert "Enter the account that gets the money" in page.words()
    fill(page)
    page.type("amount", "1")
    page.press("action.disbursement.propose")
    page.until(lambda: "one amount" in page.words())
    assert view_of(desk, ready).waiting is None


def test_typing_makes_the_checks_again_and_keeps_what_was_typed(page):
    page.type("mandate_reference", "UMRN-1")
    page.until(lambda: page.cells("table.checks", 1)[5] == "Holds")
    assert page.find("mandate_reference").value() == "UMRN-1"
    page.type("first_due_date", "01/01/2030")
    page.until(lambda: page.cells("table.schedule", 0) == [])
    assert "The accepted statement allows" in page.words()


def test_a_payment_is_declined_with_a_note_and_proposed_again(page, checkers, ready, desk):
    proposed(page, desk, ready)
    second = checkers(ready)
    second.press("action.disbursement.decline")
    second.press("action.disbursement.decline")
    second.until(lambda: "Write why it is not paid out" in second.words())
    second.type("note", "Another account")
    second.press("action.disbursement.decline")
    second.until(lambda: view_of(desk, ready).waiting is None)
    assert status(desk, ready) is ApplicationStatus.APPROVED


def test_the_maker_withdraws_and_esc_leaves_all_as_it_is(page, ready, desk):
    proposed(page, desk, ready)
    page.press("action.disbursement.withdraw")
    page.until(lambda: page.find("panel.confirm").isVisible())
    QTest.keyClick(page.find("panel.confirm"), Qt.Key.Key_Escape)
    assert page.find("panel.confirm").isHidden()
    assert view_of(desk, ready).waiting is not None
    page.press("action.disbursement.withdraw")
    page.press("action.disbursement.withdraw")
    page.until(lambda: view_of(desk, ready).waiting is None)
    page.until(lambda: page.find("amount").isEnabled())


def test_a_payment_of_today_is_taken_back(page, checkers, ready, desk):
    proposed(page, desk, ready)
    second = checkers(ready)
    for _ in range(2):
        second.press("action.disbursement.confirm")
    second.until(lambda: second.offers("Take back"))
    second.press("action.disbursement.reverse")
    second.press("action.disbursement.reverse")
    second.until(lambda: "Choose why it is taken back" in second.words())
    second.find("reason").set_value("REV-WRONG-AMOUNT")
    second.press("action.disbursement.reverse")
    second.until(lambda: "Reversal proposed by" in second.words())
    assert view_of(desk, ready).reversing


def test_before_the_approval_there_is_nothing_to_pay(workbench, drive, low):
    page = drive(DisbursementScreen(workbench), application_id=low.application_id)
    page.until(lambda: "There is no letter before the decision" in page.words())


def test_without_an_accepted_statement_the_page_says_what_to_do(page_of, approved, desk):
    page = page_of(approved)
    assert page.cells("table.checks", 1)[1] == "Not met"
    assert "Issue a Key Facts Statement" in page.cells("table.checks", 2)[1]
    page.press("action.disbursement.propose")
    page.until(lambda: "The loan cannot be paid out" in page.words())
    assert "Enter the account that gets the money" in page.words()


@pytest.fixture
def page_of(workbench, drive):
    return lambda row: read(drive(DisbursementScreen(workbench), application_id=row.application_id))


def test_who_only_reads_has_no_keys(workbench, drive, ready, desk):
    analyst = sandbox_actor(ANALYST)
    workbench.shell.desk = desk.acting(analyst)
    made = DisbursementScreen(workbench)
    workbench.registry.hide_forbidden(made, analyst.roles)
    page = read(drive(made, application_id=ready.application_id))
    assert not page.offers("Propose payment")
    assert not page.find("amount").isEnabled()


def test_a_book_that_fails_offers_to_try_again(workbench, drive, ready, desk):
    def broken():
        raise OSError

    workbench.shell.desk = replace(desk, open_book=broken)
    page = drive(DisbursementScreen(workbench), application_id=ready.application_id)
    page.until(lambda: page.offers("Try again"))


def test_the_decision_page_leads_here_once_it_is_approved(workbench, drive, ready, pending):
    page = drive(DecisionScreen(workbench), application_id=ready.application_id)
    page.until(lambda: page.raw("figure.credit_score") != "")
    page.press("action.decision.show_disbursement")
    assert workbench.shell.visits[-1] == ("disbursement", {"application_id": ready.application_id})
    other = next(row for row in pending if row.application_id != ready.application_id)
    page = drive(DecisionScreen(workbench), application_id=other.application_id)
    page.until(lambda: page.raw("figure.credit_score") != "")
    assert not page.offers("Pay out")


def test_today_offers_the_payment(workbench, drive, ready):
    page = drive(TodayScreen(workbench))
    page.until(lambda: "Approved" in page.cells("table.to_do", 0))
    assert "Pay out" in page.cells("table.to_do", 5)


def test_checks_arrive_as_they_are_made(workbench, drive, ready):
    made, seen, typable = DisbursementScreen(workbench), [], []
    account = made._form.row("beneficiary_account").input

    def arrived() -> None:
        seen.append(made._checks.model().rowCount())
        if made._view is None:
            typable.append(account.isEnabled())

    made._checks.model().modelReset.connect(arrived)
    page = read(drive(made, application_id=ready.application_id))
    page.until(lambda: page.raw("figure.emi_amount") != "")
    assert seen == sorted(seen)
    assert seen[-1] == 8
    assert not any(typable)  # the terms that come last would wipe it
    assert account.isEnabled()
