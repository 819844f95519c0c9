"""A cheque that closed or prepaid a loan comes back: the account is as if it had never come."""

from dataclasses import astuple
from datetime import date, timedelta

import pytest

from app.services.reverse_repayment import (
    DecideReversal,
    ProposeReversal,
    confirm_reversal,
    propose_reversal,
)
from app.services.steps.early_undo import EARLY
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.loans import Charge, LoanBatch
from db.vocabulary.lending import PrepaymentKeep
from db.vocabulary.loan_account import ChargeEntry, ChargeKind, LoanAct, RepaymentKind
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.people import Role
from tests.services.changed_loans import TwoPeople, two_people
from tests.services.class_books import receive
from tests.services.monitor_books import undo
from tests.services.running_loans import LoanPlanned

TERMS = ("emi_paise", "rate_ppm", "tenure_months", "outstanding_paise", "overdue_paise", "status",
         "next_due_date", "oldest_unpaid_due", "charges_due_paise", "closed_on")  # fmt: skip


@pytest.fixture
def start(desk, someone, submitted):
    checker = someone("meera", Role.SUPERVISOR)
    return lambda planned: two_people(desk, checker, submitted.application_id, planned)


def reverse(lent: TwoPeople, kind: RepaymentKind) -> None:
    (row,) = [row for row in lent.ledger.receipts() if row.kind is kind]
    asked = ProposeReversal(new_id(lent.maker), row.repayment_id, "REV-BOUNCE")
    propose_reversal(asked, lent.maker)
    confirm_reversal(DecideReversal(new_id(lent.checker), row.repayment_id), lent.checker)


def terms(lent: TwoPeople) -> list[object]:
    return [getattr(lent.loan, name) for name in TERMS]


@pytest.mark.parametrize("paid", [12, 10])
@pytest.mark.parametrize(
    ("act", "fields"),
    [
        (LoanAct.FORECLOSURE, {}),
        (LoanAct.PART_PREPAYMENT, {"amount_paise": 20_000_000, "keep": PrepaymentKeep.EMI}),
        (LoanAct.PART_PREPAYMENT, {"amount_paise": 20_000_000, "keep": PrepaymentKeep.TENURE}),
    ],
)
def test_the_schedule_comes_back_with_the_reversal(start, paid, act, fields) -> None:
    lent = start(LoanPlanned(paid=paid))
    before, schedule = terms(lent), lent.ledger.schedule
    lent.post(act, **fields)
    kind = next(kind for kind, done in EARLY.items() if done is act)
    reverse(lent, kind)
    assert terms(lent) == before
    assert lent.ledger.schedule == schedule
    assert lent.ledger.receipts()[paid:] == ()
    assert lent.loan.status is LoanStatus.ACTIVE
    lent.check_laws()
    with lent.maker.read_book() as book:
        versions = book.accounts.versions(lent.loan.branch_id, lent.loan_id)
    assert [each.version for each in versions] == [1, 2, 3]
    assert versions[2].from_date == lent.today
    lent.post(LoanAct.FORECLOSURE)  # and again, with good money
    assert lent.loan.status is LoanStatus.CLOSED
    lent.check_laws()


def test_arrears_that_came_with_a_prepayment_go_back_with_it_alone(start) -> None:
    lent = start(LoanPlanned(paid=10))
    lent.post(LoanAct.PART_PREPAYMENT, amount_paise=20_000_000)
    arrears, early = lent.ledger.receipts()[10:]
    assert (arrears.kind, arrears.amount_paise) == (RepaymentKind.RECEIPT, 4_200_400)
    with pytest.raises(Refused, match="came with a prepayment") as refusal:
        propose_reversal(
            ProposeReversal(new_id(lent.maker), arrears.repayment_id, "REV-BOUNCE"), lent.maker
        )
    assert refusal.value.kind is RefusalKind.CONFLICT
    asked = ProposeReversal(new_id(lent.maker), early.repayment_id, "REV-BOUNCE")
    told = propose_reversal(asked, lent.maker)
    assert told.effect.dues_after == 2
    assert sum(astuple(told.effect.split)) == -20_000_000
    done = confirm_reversal(DecideReversal(new_id(lent.checker), early.repayment_id), lent.checker)
    assert done.effect == told.effect
    undone = [row for row in lent.ledger.rows if row.kind is RepaymentKind.REVERSAL]
    assert [(row.reverses_id, row.amount_paise) for row in undone] == [
        (arrears.repayment_id, -4_200_400), (early.repayment_id, -15_799_600),
    ]  # fmt: skip
    lent.check_laws()


def test_they_go_back_with_it_after_another_prepayment_of_the_day_too(start) -> None:
    lent = start(LoanPlanned(paid=10))
    lent.post(LoanAct.PART_PREPAYMENT, amount_paise=20_000_000)
    arrears = lent.ledger.receipts()[10]
    lent.post(LoanAct.PART_PREPAYMENT, amount_paise=10_000_000)
    asked = ProposeReversal(new_id(lent.maker), arrears.repayment_id, "REV-BOUNCE")
    with pytest.raises(Refused, match="came with a prepayment"):
        propose_reversal(asked, lent.maker)


def test_a_receipt_of_the_same_day_is_none_of_the_prepayments(start) -> None:
    lent = start(LoanPlanned(paid=10))
    receive(lent.maker, lent.loan_id, lent.today, 4_200_400)
    own = lent.ledger.receipts()[-1]
    lent.post(LoanAct.PART_PREPAYMENT, amount_paise=20_000_000)
    reverse(lent, RepaymentKind.PREPAYMENT)
    assert lent.ledger.receipts()[-1] == own
    asked = ProposeReversal(new_id(lent.maker), own.repayment_id, "REV-BOUNCE")
    assert propose_reversal(asked, lent.maker).effect.dues_after == 2


def test_a_change_since_then_stands_in_the_way(start) -> None:
    lent = start(LoanPlanned())
    lent.post(LoanAct.PART_PREPAYMENT, amount_paise=20_000_000)
    lent.post(LoanAct.RESCHEDULE, months=20)
    with pytest.raises(Refused) as refusal:
        reverse(lent, RepaymentKind.PREPAYMENT)
    assert refusal.value.kind is RefusalKind.CONFLICT


def test_of_two_prepayments_of_a_day_the_later_goes_back_first(start) -> None:
    lent = start(LoanPlanned())
    lent.post(LoanAct.PART_PREPAYMENT, amount_paise=20_000_000)
    between = terms(lent), lent.ledger.schedule
    lent.post(LoanAct.PART_PREPAYMENT, amount_paise=10_000_000)
    first, second = (row for row in lent.ledger.receipts() if row.kind is RepaymentKind.PREPAYMENT)
    asked = ProposeReversal(new_id(lent.maker), first.repayment_id, "REV-BOUNCE")
    with pytest.raises(Refused, match="changed again"):
        propose_reversal(asked, lent.maker)
    undo(lent, second.repayment_id, "REV-BOUNCE")
    assert (terms(lent), lent.ledger.schedule) == between
    lent.check_laws()


def test_a_closing_of_a_loan_that_was_all_due_replaces_no_schedule(start) -> None:
    lent = start(LoanPlanned(months=12, paid=10, disbursed_on=date(2025, 11, 5)))
    lent.post(LoanAct.FORECLOSURE)
    assert lent.loan.status is LoanStatus.CLOSED
    reverse(lent, RepaymentKind.CLOSURE)
    assert lent.loan.status is LoanStatus.ACTIVE
    assert lent.loan.overdue_paise > 0
    lent.check_laws()


def test_the_charge_for_paying_early_is_taken_back_and_no_other(start) -> None:
    lent = start(LoanPlanned())
    maker = lent.maker
    levied = tuple(
        Charge(
            new_id(maker), lent.loan_id, ChargeEntry.LEVIED, kind, lent.today,
            maker.clock.now() - timedelta(hours=hours), paise, "agreed", maker.person().user_id,
        )
        for kind, paise, hours in (
            (ChargeKind.PREPAYMENT_FEE, 900, 0), (ChargeKind.OTHER, 500, 0), (ChargeKind.GST, 90, 1)
        )
    )  # fmt: skip
    with maker.open_book() as book:
        book.accounts.add(lent.loan.branch_id, LoanBatch(charges=levied))
        book.commit()
    lent.post(LoanAct.FORECLOSURE)
    reverse(lent, RepaymentKind.CLOSURE)
    undone = [each for each in lent.ledger.charges if each.entry is ChargeEntry.REVERSED]
    assert [each.reverses_id for each in undone] == [levied[0].charge_id]
    assert lent.loan.charges_due_paise == 590
    lent.check_laws()


@pytest.mark.parametrize("act", [LoanAct.PART_PREPAYMENT, LoanAct.FORECLOSURE])
def test_an_instalment_that_bounced_before_an_early_payment_is_due_again(start, act) -> None:
    lent = start(LoanPlanned())
    paid = lent.ledger.receipts()[-1]
    lent.post(act, amount_paise=20_000_000 if act is LoanAct.PART_PREPAYMENT else None)
    asked = ProposeReversal(new_id(lent.maker), paid.repayment_id, "REV-BOUNCE")
    propose_reversal(asked, lent.maker)
    confirm_reversal(DecideReversal(new_id(lent.checker), paid.repayment_id), lent.checker)
    loan = lent.loan
    assert loan.status is LoanStatus.ACTIVE
    assert loan.overdue_paise == 2_100_200
    # A prepayment stays what two people agreed on; a closing pays the oldest due first.
    due = date(2026, 11, 5) if act is LoanAct.PART_PREPAYMENT else lent.today
    assert loan.oldest_unpaid_due == due
    lent.check_laws()
