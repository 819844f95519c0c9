"""S65 on a real book: quote, both ways, what is barred, the proposal, and what fails."""

from dataclasses import replace

import pytest

from app.rules.money import rupees, rupees_text
from app.services.decide_loan_change import DecideLoanChange, confirm_loan_change
from app.services.find_loans import FindLoans, find_loans
from app.services.preview_loan_change import PreviewLoanChange, preview_loan_change
from app.services.propose_loan_change import ProposeLoanChange, propose_loan_change
from app.services.quote_foreclosure import QuoteForeclosure, quote_foreclosure
from app.services.read_loan_acts import read_waiting_acts
from app.services.steps.ids import new_id
from app.services.steps.loan_change import LoanChange
from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from app.ui.screens.loan_change.change_screen import LoanChangeScreen
from app.ui.screens.loan_change.change_words import FIELDS, RECOVERY
from db.records.lists import LoanFilter
from db.vocabulary.lending import MoratoriumTreatment, PrepaymentKeep
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import AssetClass, LoanStatus
from db.vocabulary.people import Role

PAID = 20_000_000


@pytest.fixture
def loan(desk):
    """The largest loan without arrears and with a long way to go."""
    rows = find_loans(FindLoans(LoanFilter(), 500), desk).page.rows
    sound = [row for row in rows if row.status is LoanStatus.ACTIVE and not row.overdue_paise]
    return max(sound, key=lambda row: (row.tenure_months, row.outstanding_paise))


@pytest.fixture
def screen(workbench):
    return LoanChangeScreen(workbench)


@pytest.fixture
def page(screen, drive, loan):
    driver = drive(screen, loan_id=loan.loan_id)
    driver.until(lambda: driver.raw("figure.payable_total") != "")
    return driver


def test_the_quote_of_today_stands_first_with_its_reason(page, desk, loan):
    found = quote_foreclosure(QuoteForeclosure(loan.loan_id, desk.clock.today()), desk)
    assert page.raw("figure.payable_total") == rupees_text(found.to_pay_paise)
    assert page.raw("figure.fee_allowed") == "false"
    assert found.quote.fee_reason in page.words()
    assert rupees(found.quote.accrued_interest_paise) in page.words()
    assert len(page.cells("table.schedule_after", 0)) == 1  # one due closes it
    assert len(page.cells("table.schedule_before", 0)) > 1


def test_both_ways_of_a_prepayment_stand_side_by_side(page, desk, loan):
    page.find("change_type").set_value(LoanAct.PART_PREPAYMENT)
    page.until(lambda: "Enter the amount" in page.words())
    page.find("amount").set_value(PAID)
    page.until(lambda: page.host.findChildren(type(page.find("panel.now")), "panel.other") != [])
    page.until(lambda: "Reduce EMI" in page.words())
    change = LoanChange(LoanAct.PART_PREPAYMENT, desk.clock.today(), PAID)
    asked = tuple(replace(change, keep=keep) for keep in PrepaymentKeep)
    by_emi, by_tenure = preview_loan_change(PreviewLoanChange(loan.loan_id, asked), desk)
    assert page.raw("figure.interest_saved_tenure") == rupees_text(by_emi.plan.saved_paise)
    assert page.raw("figure.interest_saved_emi") == rupees_text(by_tenure.plan.saved_paise)
    assert len(page.cells("table.schedule_after", 0)) == by_emi.plan.after.instalments_left
    page.find("keep").set_value(PrepaymentKeep.TENURE)
    left = by_tenure.plan.after.instalments_left
    page.until(lambda: len(page.cells("table.schedule_after", 0)) == left)


def test_a_way_that_is_barred_says_why(page):
    page.find("change_type").set_value(LoanAct.RESTRUCTURE)
    page.find("new_interest_rate").set_value(400_000)
    page.until(lambda: "Not possible" in page.words())
    assert "does not raise the rate" in page.words()
    page.find("change_type").set_value(LoanAct.WRITE_OFF)
    page.until(lambda: "Only a loan that is NPA is written off" in page.words())


def test_every_change_shows_its_own_fields_and_no_others(page):
    names = {name for fields in FIELDS.values() for name in fields}
    for act, fields in FIELDS.items():
        if act == RECOVERY:
            continue
        page.find("change_type").set_value(act)
        shown = {name for name in names if page.find(name).isVisible()}
        assert shown == set(fields)


def test_a_proposal_waits_and_is_said(page, desk, loan):
    page.find("change_type").set_value(LoanAct.MORATORIUM)
    page.find("moratorium_months").set_value(3)
    page.find("treatment").set_value(MoratoriumTreatment.SERVICED)
    page.until(lambda: len(page.cells("table.schedule_after", 0)) > 3)
    page.press("action.loan_change.propose")
    page.until(lambda: "Say why: the second person reads it" in page.words())
    page.find("reason").set_value("loss of income")
    page.press("action.loan_change.propose")
    page.until(lambda: "is proposed. A second person confirms it." in page.words())
    (row,) = read_waiting_acts(desk)
    assert (row.act, row.loan_id, row.reason) == (
        LoanAct.MORATORIUM, loan.loan_id, "loss of income",
    )  # fmt: skip
    page.find("change_type").set_value(LoanAct.RESCHEDULE)
    page.find("new_tenure_months").set_value(200)
    page.until(lambda: "waits for a second person already" in page.words())


def test_nothing_typed_is_sent_as_nothing(page, desk):
    page.find("change_type").set_value(LoanAct.PART_PREPAYMENT)
    page.press("action.loan_change.propose")
    page.until(lambda: page.find("amount").accessibleDescription() == "Enter the amount")
    assert read_waiting_acts(desk) == ()


def test_who_may_not_propose_is_told(page, screen, desk):
    caller = replace(desk.person(), roles=frozenset({Role.ASSISTANT}))
    screen.workbench.shell.desk = desk.acting(caller)
    page.press("action.loan_change.propose")
    page.until(lambda: "It can be done by" in page.words())


def test_collections_are_offered_a_restructuring_alone(workbench, drive, desk, loan):
    caller = replace(desk.person(), roles=frozenset({Role.COLLECTIONS}))
    workbench.shell.desk = desk.acting(caller)
    driver = drive(LoanChangeScreen(workbench), loan_id=loan.loan_id)
    picker = driver.find("change_type")
    driver.until(lambda: picker.count() == 1)
    assert picker.value() == LoanAct.RESTRUCTURE


def test_what_cannot_be_read_offers_to_try_again(workbench, drive, desk, loan):
    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(desk, open_book=broken)
    driver = drive(LoanChangeScreen(workbench), loan_id=loan.loan_id)
    driver.until(lambda: driver.offers("Try again"))
    propose = driver.find("action.loan_change.propose")
    assert not propose.isEnabled()
    workbench.shell.desk = desk
    driver.button("Try again").click()
    driver.until(propose.isEnabled)
    driver.until(lambda: driver.raw("figure.payable_total") != "")


def test_a_closed_loan_says_so(workbench, drive, desk):
    rows = find_loans(FindLoans(LoanFilter(), 500), desk).page.rows
    closed = next(row for row in rows if row.status is LoanStatus.CLOSED)
    driver = drive(LoanChangeScreen(workbench), loan_id=closed.loan_id)
    driver.until(lambda: "This loan is closed: nothing can be changed." in driver.words())


def test_a_loan_that_is_written_off_takes_recoveries_and_nothing_else(workbench, drive, desk):
    npa = LoanFilter(asset_class=AssetClass.SUB_STANDARD)
    rows = find_loans(FindLoans(npa, 500), desk).page.rows
    bad = next(row for row in rows if row.status is not LoanStatus.CLOSED)
    change = LoanChange(LoanAct.WRITE_OFF, desk.clock.today())
    asked = ProposeLoanChange(new_id(desk), bad.loan_id, change, "nothing left to sell")
    checker = desk.acting(sandbox_actor(CHECKER))
    waits = propose_loan_change(asked, desk)
    confirm_loan_change(DecideLoanChange(new_id(desk), waits.act_id), checker)
    driver = drive(LoanChangeScreen(workbench), loan_id=bad.loan_id)
    driver.until(lambda: "Still to be recovered" in driver.words())
    assert not driver.find("table.schedule_after").isVisible()
    driver.find("amount").set_value(500_00)
    driver.press("action.loan_change.propose")
    driver.until(lambda: "The recovery is recorded." in driver.words())
    driver.until(lambda: f"\n{rupees(500_00)}" in driver.words())
    with desk.read_book() as book:
        loan = book.loans.get(desk.person().branch_id, bad.loan_id)
    assert loan.outstanding_paise == loan.written_off_paise - 500_00
