"""What account and statement say after other people's acts, on both engines: the book agrees."""

from datetime import date, timedelta

import pytest

from app.services.read_loan import LoanAccount, ReadLoan, read_loan
from app.services.read_statement import StatementWanted, read_statement
from app.services.reverse_repayment import (
    DecideReversal,
    ProposeReversal,
    confirm_reversal,
    propose_reversal,
)
from app.services.steps.account_statement import StatementKind
from app.services.steps.ids import new_id
from db.vocabulary.lending import MoratoriumTreatment, PrepaymentKeep
from db.vocabulary.loan_account import LoanAct, RepaymentKind
from db.vocabulary.loan_life import AssetClass, LoanStatus
from db.vocabulary.people import Role
from tests.services.changed_loans import TwoPeople, two_people
from tests.services.running_loans import LoanPlanned
from tests.services.test_post_repayment import EMI, post, upi

DUE = date(2026, 11, 5)


@pytest.fixture
def start(desk, someone, submitted):
    checker = someone("meera", Role.SUPERVISOR)
    return lambda planned: two_people(desk, checker, submitted.application_id, planned)


def seen(lent: TwoPeople, on: date | None = None) -> LoanAccount:
    """The account, checked against the loan's row and its statement."""
    account = read_loan(ReadLoan(lent.loan_id, on), lent.maker)
    figures = account.figures
    lines = read_statement(StatementWanted(lent.loan_id, None, on), lent.maker).lines
    interest = sum(
        line.interest_paise - min(line.paid_paise, line.interest_paise)
        for line in account.schedule
        if line.due_on <= account.on
    )
    owed = figures.outstanding_paise + figures.charges_due_paise - figures.advance_paise
    assert lines.closing_paise == owed + interest
    assert account.balances[-1][1] == figures.outstanding_paise
    if on is None:
        loan = lent.loan
        assert figures.outstanding_paise == loan.outstanding_paise
        assert figures.overdue_paise == loan.overdue_paise
        assert figures.advance_paise == loan.advance_paise
        assert figures.next_due_on == loan.next_due_date
    return account


def test_a_back_dated_payment_and_its_reversal(start, someone) -> None:
    lent = start(LoanPlanned(paid=9))
    before = seen(lent)
    on = lent.today - timedelta(days=6)
    both = someone("rani", Role.OFFICER, Role.SUPERVISOR)
    done = post(both, lent.loan, upi(2 * EMI + 77, value_date=on))
    after = seen(lent)
    assert after.figures.dues_open == before.figures.dues_open - 2
    (paid,) = [line for line in after.payments if line.entry_id == done.repayment_id]
    parts = (
        paid.interest_paise, paid.principal_paise, paid.charges_paise, paid.excess_paise,
    )  # fmt: skip
    assert sum(parts) == paid.amount_paise == 2 * EMI + 77
    assert (
        seen(lent, on).figures.overdue_paise
        < seen(lent, on - timedelta(days=1)).figures.overdue_paise
    )
    propose_reversal(
        ProposeReversal(new_id(lent.maker), done.repayment_id, "REV-BOUNCE"), lent.maker
    )
    confirm_reversal(DecideReversal(new_id(lent.checker), done.repayment_id), lent.checker)
    undone = seen(lent)
    assert undone.figures == before.figures
    back = next(line for line in undone.ledger if line.kind is RepaymentKind.REVERSAL)
    assert back.about == on
    assert next(line for line in undone.payments if line.entry_id == done.repayment_id).undone


def test_what_the_why_card_asks_for_cures_the_loan(start) -> None:
    lent = start(LoanPlanned(paid=9))
    before = seen(lent).outlook
    assert before.cure_paise == lent.loan.overdue_paise > before.better_paise > 0
    post(lent.maker, lent.loan, upi(before.better_paise))
    better = seen(lent).outlook
    assert better.asset_class is before.better_class
    post(lent.maker, lent.loan, upi(better.cure_paise, reference="431277881201"))
    cured = seen(lent).outlook
    assert (cured.cure_paise, cured.asset_class) == (0, AssetClass.STANDARD)


def test_a_prepayment_has_its_own_schedule_and_the_days_before_keep_theirs(start) -> None:
    lent = start(LoanPlanned())
    was = seen(lent)
    yesterday = seen(lent, lent.today - timedelta(days=1))
    lent.post(LoanAct.PART_PREPAYMENT, amount_paise=20_000_000, keep=PrepaymentKeep.TENURE)
    now = seen(lent)
    assert [each.version for each in now.versions] == [2, 1]
    assert now.version == now.versions[0]
    assert now.schedule[-1].balance_paise == 0
    assert now.figures.outstanding_paise < was.figures.outstanding_paise
    assert {line.kind for line in now.payments} == {RepaymentKind.RECEIPT, RepaymentKind.PREPAYMENT}
    before = seen(lent, lent.today - timedelta(days=1))
    assert before.schedule == yesterday.schedule
    assert before.figures == yesterday.figures
    assert before.version == now.versions[1]


def test_a_new_rate_is_shown_from_the_day_it_was_agreed(start) -> None:
    lent = start(LoanPlanned())
    lent.post(LoanAct.RATE_CHANGE, rate_ppm=87_500, keep=PrepaymentKeep.TENURE)
    now = seen(lent)
    assert now.version.rate_ppm == lent.loan.rate_ppm == 87_500
    assert [line.interest_paise for line in now.schedule] == [
        row.interest_paise for row in lent.ledger.schedule
    ]


def test_a_closure_leaves_nothing_and_says_when(start) -> None:
    lent = start(LoanPlanned())
    lent.post(LoanAct.FORECLOSURE)
    now = seen(lent)
    assert lent.loan.status is LoanStatus.CLOSED
    assert now.figures.outstanding_paise == now.figures.overdue_paise == 0
    assert now.figures.next_due_on is None
    lines = read_statement(StatementWanted(lent.loan_id), lent.maker).lines
    assert lines.closing_paise == 0
    assert StatementKind.CLOSURE in {row.kind for row in lines.rows}


def test_a_moratorium_that_joins_its_interest(start) -> None:
    lent = start(LoanPlanned())
    lent.post(LoanAct.MORATORIUM, months=2, treatment=MoratoriumTreatment.CAPITALISED_MONTHLY)
    lent.maker.clock.day = date(2027, 1, 20)
    account = read_loan(ReadLoan(lent.loan_id), lent.maker)
    lines = read_statement(StatementWanted(lent.loan_id), lent.maker).lines
    assert lines.closing_paise == account.figures.outstanding_paise
    nothing = [line for line in account.schedule if line.state.value == "nothing due"]
    assert len(nothing) == 2
    assert account.figures.overdue_paise == 0
    assert account.figures.outstanding_paise > lent.loan.outstanding_paise
