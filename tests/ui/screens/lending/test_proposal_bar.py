"""The maker's proposal on the decision page, by its keys and object names."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.rules.maker_checker import Verdict
from app.services.decide_application import DecideApplication, decide_application
from app.services.keep_draft import draft_of_record
from app.services.propose_decision import ProposeDecision, propose_decision
from app.services.read_application import read_application
from app.services.read_queue import read_case
from app.services.steps.desk import Actor
from app.services.steps.ids import new_id
from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from app.ui.screens.decision.decision_screen import DecisionScreen
from app.ui.screens.decision.proposal_draft import FORM
from app.ui.tasks.change_notice import Change
from db.vocabulary.decisions import Decision
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Role

NOTE = "Income seen on three payslips and the bank statement."
CONTROL = Qt.KeyboardModifier.ControlModifier
CLOSED_CARDS = ("decision", "note", "reason")


@pytest.fixture
def open_page(workbench, drive):
    def opened(application_id):
        driver = drive(DecisionScreen(workbench), application_id=application_id)
        driver.until(lambda: driver.raw("figure.credit_score") != "")
        return driver

    return opened


@pytest.fixture
def low(pending):
    """An application of the sample whose estimate supports it."""
    return next(row for row in pending if row.risk_level == "Low")


@pytest.fixture
def page(open_page, low):
    return open_page(low.application_id)


def screen(page):
    return page.find("screen.decision")


def key(page, letter, modifiers=Qt.KeyboardModifier.NoModifier):
    target = screen(page)
    target.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    target.setFocus()
    QTest.keyClick(target, letter, modifiers)


def status(desk, row):
    return read_application(row.application_id, desk).application.status


def propose(desk, row, **changes):
    seen = read_application(row.application_id, desk).application
    verdict = Verdict(Decision.APPROVE, reasons=("APP-JUDGEMENT",), note=NOTE)
    request = ProposeDecision(
        new_id(desk), row.application_id, seen.version, replace(verdict, **changes)
    )
    return propose_decision(request, desk)


@pytest.mark.parametrize(
    ("letter", "decision"),
    [
        (Qt.Key.Key_A, Decision.APPROVE),
        (Qt.Key.Key_C, Decision.APPROVE_WITH_CHANGES),
        (Qt.Key.Key_R, Decision.REJECT),
    ],
)
def test_a_key_opens_the_form_of_its_decision(page, letter, decision):
    assert not page.find("note").isVisible()
    key(page, letter)
    page.until(lambda: page.find("decision").isVisible())
    assert page.find("decision").value() == decision
    assert page.find("approved_amount").isVisible() is (decision == Decision.APPROVE_WITH_CHANGES)


def test_a_letter_in_the_note_is_a_letter(page):
    key(page, Qt.Key.Key_A)
    page.until(lambda: page.find("note").isVisible())
    note = page.find("note")
    note.setFocus()
    QTest.keyClicks(note, "car")
    assert note.value() == "car"
    assert page.find("decision").value() == Decision.APPROVE


def test_esc_closes_the_form_and_keeps_the_page(page):
    key(page, Qt.Key.Key_A)
    page.until(lambda: page.find("note").isVisible())
    QTest.keyClick(page.find("note"), Qt.Key.Key_Escape)
    page.until(lambda: not page.find("note").isVisible())
    assert screen(page).isVisible()


def test_a_changed_offer_goes_to_the_checker_and_may_be_taken_back(page, low, desk, workbench):
    page.press("action.decision.approve_with_changes")
    page.find("approved_amount").set_value(low.amount_paise - 1_000_000)
    page.find("conditions").set_value("Bank statement before disbursement")
    page.find("note").set_value(NOTE)
    with page.qtbot.waitSignal(workbench.notices.changed, timeout=20_000) as told:
        QTest.keyClick(page.find("note"), Qt.Key.Key_Return, CONTROL)
    assert told.args == [Change("application", (low.application_id,))]
    proposal = read_case(low.application_id, desk).proposal
    assert proposal.amount_paise == low.amount_paise - 1_000_000
    assert proposal.conditions == "Bank statement before disbursement"
    page.until(lambda: f"Proposed by {desk.person().full_name}" in page.words())
    assert not page.offers("Send to checker")
    page.press("action.application.withdraw_proposal")
    page.until(lambda: page.offers("Send to checker"))
    assert status(desk, low) is ApplicationStatus.PENDING


def test_an_approval_that_the_estimate_supports_is_two_keys(page, low, desk):
    row = read_application(low.application_id, desk)
    key(page, Qt.Key.Key_A)
    page.until(lambda: page.find("decision").isVisible())
    if row.estimate.recommendation != "Approve":
        page.find("note").set_value(NOTE)
    key(page, Qt.Key.Key_Return, CONTROL)
    page.until(lambda: status(desk, low) is ApplicationStatus.PROPOSED)


def test_what_the_service_refuses_stands_at_its_field_and_nothing_is_lost(page, low, desk):
    page.press("action.decision.approve_with_changes")
    page.find("approved_amount").set_value(low.amount_paise + 100)
    page.find("note").set_value("short")
    page.find("conflict_of_interest").set_value(True)
    page.press("action.application.propose")
    page.until(lambda: page.find("errors.summary").isVisible())
    fields = [problem.field for problem in page.find("errors.summary").problems()]
    assert "approved_amount" in fields
    assert "conflict_of_interest" in fields
    assert page.find("note").value() == "short"
    assert status(desk, low) is ApplicationStatus.PENDING


def test_an_empty_amount_never_reaches_the_book(page, low, desk):
    page.press("action.decision.approve_with_changes")
    page.type("approved_amount", " ")
    page.press("action.application.propose")
    page.until(lambda: page.find("errors.summary").isVisible())
    assert "Enter the amount" in page.find("errors.summary").accessibleDescription()


def test_a_rejection_takes_the_reasons_of_the_estimate(open_page, pending, desk):
    row = next(each for each in pending if each.risk_level == "High")
    page = open_page(row.application_id)
    stored = read_application(row.application_id, desk).estimate
    page.press("action.decision.reject")
    assert page.find("reason").value() == tuple(str(reason.code) for reason in stored.reasons)
    page.press("action.application.propose")
    page.until(lambda: status(desk, row) is ApplicationStatus.PROPOSED)
    frozen = read_case(row.application_id, desk).proposal.reasons
    assert [reason.text for reason in frozen] == [reason.text for reason in stored.reasons]


def test_a_stale_page_is_told_and_nothing_is_written(page, low, desk):
    propose(desk, low)
    page.press("action.decision.approve")
    page.find("note").set_value(NOTE)
    page.press("action.application.propose")
    page.until(lambda: "changed" in page.words())
    assert len(read_case(low.application_id, desk).steps) == 1


def test_what_was_sent_back_asks_on_top_and_may_be_proposed_again(open_page, low, desk):
    propose(desk, low)
    checker = desk.acting(sandbox_actor(CHECKER))
    asked = Verdict(Decision.RETURN, reasons=("RET-KYC",), note="Which paper is missing?")
    decide_application(DecideApplication(new_id(desk), low.application_id, asked), checker)
    page = open_page(low.application_id)
    page.until(lambda: "Which paper is missing?" in page.words())
    assert page.offers("Send to checker")


def test_a_decision_tells_by_whom_and_how_long_it_took(open_page, low, desk):
    propose(desk, low)
    checker = desk.acting(sandbox_actor(CHECKER))
    said = Verdict(Decision.APPROVE, reasons=("APP-JUDGEMENT",), note=NOTE)
    decide_application(DecideApplication(new_id(desk), low.application_id, said), checker)
    page = open_page(low.application_id)
    page.until(lambda: f"Decided by {checker.person().full_name}" in page.words())
    assert "less than a minute after it was proposed" in page.words()
    assert not page.offers("Withdraw proposal")


def test_who_may_not_propose_sees_the_state_alone(workbench, drive, low, desk):
    auditor = Actor(desk.person().user_id, "audit", "Audit", 412, frozenset({Role.AUDITOR}))
    workbench.shell.desk = desk.acting(auditor)
    made = DecisionScreen(workbench)
    workbench.registry.hide_forbidden(made, auditor.roles)
    page = drive(made, application_id=low.application_id)
    page.until(lambda: "No proposal yet" in page.words())
    assert not page.offers("Send to checker")
    key(page, Qt.Key.Key_A)
    assert not page.find("decision").isVisible()


def test_an_unsent_proposal_comes_back_with_its_application(page, low, pending, desk, workbench):
    other = next(row for row in pending if row.application_id != low.application_id)
    page.press("action.decision.approve_with_changes")
    asked = low.amount_paise - 1_000_000
    page.find("approved_amount").setText(str(asked // 100))
    page.find("note").setPlainText(NOTE)
    page.find("approved_amount").left.emit()
    screen(page).opened(application_id=other.application_id)
    screen(page).refresh()
    page.until(lambda: draft_of_record(FORM, low.application_id, desk) is not None)
    page.until(lambda: page.find("decision").isHidden() or not page.find("note").isVisible())
    kept = draft_of_record(FORM, low.application_id, desk)
    assert low.reference in kept.title
    assert draft_of_record(FORM, other.application_id, desk) is None

    screen(page).opened(application_id=low.application_id)
    screen(page).refresh()
    page.until(lambda: page.find("note").isVisible())
    assert page.find("decision").value() == Decision.APPROVE_WITH_CHANGES
    assert page.find("note").value() == NOTE
    assert page.find("approved_amount").value() == asked

    with page.qtbot.waitSignal(workbench.notices.changed, timeout=20_000):
        QTest.keyClick(page.find("note"), Qt.Key.Key_Return, CONTROL)
    page.until(lambda: draft_of_record(FORM, low.application_id, desk) is None)
    assert read_case(low.application_id, desk).proposal.amount_paise == asked


def test_esc_keeps_what_was_typed_for_the_next_key(page, low, desk):
    key(page, Qt.Key.Key_A)
    page.until(lambda: page.find("note").isVisible())
    QTest.keyClicks(page.find("note"), "Seen at the shop")
    QTest.keyClick(page.find("note"), Qt.Key.Key_Escape)
    page.until(lambda: not page.find("note").isVisible())
    page.until(lambda: draft_of_record(FORM, low.application_id, desk) is not None)
    key(page, Qt.Key.Key_R)
    page.until(lambda: page.find("note").isVisible())
    assert page.find("note").value() == "Seen at the shop"
    assert page.find("decision").value() == Decision.REJECT


def test_a_form_merely_opened_is_no_draft(page, low, desk):
    key(page, Qt.Key.Key_A)
    page.until(lambda: page.find("note").isVisible())
    screen(page).store_draft()
    QTest.keyClick(page.find("note"), Qt.Key.Key_Escape)
    page.until(lambda: not page.find("note").isVisible())
    assert draft_of_record(FORM, low.application_id, desk) is None
