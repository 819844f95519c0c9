"""S65 on a real book: what waits on loans, decided by a second person, whatever the kind."""

from dataclasses import replace

import pytest

from app.services.find_loans import FindLoans, find_loans
from app.services.propose_loan_change import ProposeLoanChange, propose_loan_change
from app.services.reverse_repayment import ProposeReversal, propose_reversal
from app.services.steps.ids import new_id
from app.services.steps.loan_change import LoanChange
from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from app.ui.screens.loan_acts.acts_screen import LoanActsScreen
from db.records.lists import LoanFilter
from db.vocabulary.loan_account import LoanAct, RepaymentKind
from db.vocabulary.loan_life import LoanStatus


@pytest.fixture
def loan(desk):
    """The largest loan without arrears and with a long way to go."""
    rows = find_loans(FindLoans(LoanFilter(), 500), desk).page.rows
    sound = [row for row in rows if row.status is LoanStatus.ACTIVE and not row.overdue_paise]
    return max(sound, key=lambda row: (row.tenure_months, row.outstanding_paise))


@pytest.fixture
def waiting(desk, loan):
    change = LoanChange(LoanAct.RESCHEDULE, desk.clock.today(), months=60)
    request = ProposeLoanChange(new_id(desk), loan.loan_id, change, "higher income")
    return propose_loan_change(request, desk)


@pytest.fixture
def acts(workbench, drive, desk, waiting):
    """The supervisor at the list of what waits."""
    workbench.shell.desk = desk.acting(sandbox_actor(CHECKER))
    driver = drive(LoanActsScreen(workbench), act_id=waiting.act_id)
    driver.until(lambda: "higher income" in driver.words())
    return driver


def test_the_act_is_shown_with_what_it_moves(acts, loan):
    assert acts.cells("table.loan_acts", 1) == [loan.reference]
    figures = dict(
        zip(acts.cells("table.act_figures", 0), acts.cells("table.act_figures", 2), strict=True)
    )
    assert figures["Instalments left"] == "60"
    assert not acts.find("action.loan_act.withdraw").isEnabled()


def test_declining_needs_a_word_and_confirming_posts(acts, desk, waiting):
    acts.press("action.loan_act.decline")
    acts.until(lambda: "Say why it is declined" in acts.words())
    acts.press("action.loan_act.confirm")
    acts.until(lambda: "is posted." in acts.words())
    acts.until(lambda: "Nothing on loans waits for a second person." in acts.words())
    with desk.read_book() as book:
        loan = book.loans.get(desk.person().branch_id, waiting.loan_id)
    assert loan.emi_paise == waiting.after.emi_paise


def test_the_maker_may_only_withdraw(workbench, drive, desk, waiting):
    driver = drive(LoanActsScreen(workbench), act_id=waiting.act_id)
    driver.until(lambda: "You may withdraw it" in driver.words())
    assert not driver.find("action.loan_act.confirm").isEnabled()
    driver.press("action.loan_act.withdraw")
    driver.until(lambda: "is withdrawn." in driver.words())


def test_a_list_that_cannot_be_read_offers_to_try_again(workbench, drive, desk):
    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(desk, open_book=broken)
    driver = drive(LoanActsScreen(workbench))
    driver.until(lambda: driver.offers("Try again"))
    for name in ("confirm", "decline", "withdraw"):
        assert not driver.find(f"action.loan_act.{name}").isEnabled()
    workbench.shell.desk = desk
    driver.button("Try again").click()
    driver.until(lambda: "Nothing on loans waits for a second person." in driver.words())


def test_a_reversal_of_a_payment_is_decided_here_too(workbench, drive, desk, loan):
    branch = desk.person().branch_id
    with desk.read_book() as book:
        row = book.loans.repayments(branch, loan.loan_id)[-1]
    propose_reversal(ProposeReversal(new_id(desk), row.repayment_id, "REV-BOUNCE"), desk)
    workbench.shell.desk = desk.acting(sandbox_actor(CHECKER))
    driver = drive(LoanActsScreen(workbench))
    driver.until(lambda: "Payment reversal" in driver.words())
    driver.press("action.loan_act.decline")
    driver.until(lambda: "Write why it stands" in driver.words())
    driver.press("action.loan_act.confirm")
    driver.until(lambda: "is posted." in driver.words())
    with desk.read_book() as book:
        kinds = [each.kind for each in book.loans.repayments(branch, loan.loan_id)]
    assert RepaymentKind.REVERSAL in kinds
