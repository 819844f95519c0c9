"""A receipt is posted once, in full and on the right dues; its preview says the same beforehand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.services.post_repayment import (
    PostRepayment,
    ReceiptFacts,
    post_repayment,
    preview_repayment,
)
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import read_ledger, replay_ledger, settled_rows
from app.services.steps.receipt_effect import Parts
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import NotFound
from db.vocabulary.loan_account import RepaymentKind
from db.vocabulary.loan_life import AssetClass, LoanStatus, PaymentMethod
from db.vocabulary.people import Role
from tests.services.conftest import PAN
from tests.services.running_loans import LoanPlanned, running_loan

UPI = "431277881200"
EMI = 2_100_200
# Twelve instalments have fallen due by 23 Nov 2026; three of them are unpaid.
PLANNED = LoanPlanned(disbursed_on=date(2025, 11, 5), paid=9)


@pytest.fixture
def checker(someone) -> Desk:
    return someone("meera", Role.SUPERVISOR)


@pytest.fixture
def loan(desk, checker, submitted):
    return running_loan(desk, checker, submitted.application_id, PLANNED)


def upi(amount: int, **fields: object) -> ReceiptFacts:
    return replace(ReceiptFacts(amount, PaymentMethod.UPI, reference=UPI), **fields)


def post(desk: Desk, loan, facts: ReceiptFacts):
    return post_repayment(PostRepayment(new_id(desk), loan.loan_id, facts), desk)


def consistent(desk: Desk, loan):
    """The stored loan, its rows and the cells say the same; the loan and its ledger."""
    today = desk.clock.today()
    with desk.read_book() as book:
        stands = book.loans.get(loan.branch_id, loan.loan_id)
        ledger = read_ledger(book, stands)
        state = replay_ledger(ledger, today)
        assert settled_rows(ledger, state) == ()
        assert stands.outstanding_paise == ledger.balance_paise == state.principal_left_paise
        assert stands.overdue_paise == state.overdue_paise(today)
        assert stands.advance_paise == state.advance_paise
        assert stands.oldest_unpaid_due == state.oldest_unpaid_due(today)
        for row in ledger.receipts():
            assert ledger.net_split(row.repayment_id) == state.splits[str(row.repayment_id)]
        assert book.cells.all(loan.branch_id) == book.cells.counted(loan.branch_id)
        assert book.audit.verify(loan.branch_id).first_bad is None
    return stands, ledger


def test_a_receipt_pays_the_oldest_due_and_says_what_it_leaves(desk, loan) -> None:
    shown = preview_repayment(loan.reference, upi(EMI), desk)
    done = post(desk, loan, upi(EMI))
    assert done.effect == shown.effect  # what was shown is what is posted
    split = done.effect.split
    assert split.interest_paise + split.principal_paise == EMI
    assert (split.charges_paise, split.excess_paise) == (0, 0)
    assert (done.effect.dues_before, done.effect.dues_after) == (3, 2)
    before, after = done.effect.before, done.effect.after
    assert (before.days_past_due, after.days_past_due) == (80, 50)  # since 5 Sep, since 5 Oct
    assert (before.asset_class, after.asset_class) == (AssetClass.SMA_2, AssetClass.SMA_1)
    assert (after.cure_paise, after.better_class) == (2 * EMI, AssetClass.SMA_0)
    assert after.better_paise == EMI
    stands, ledger = consistent(desk, loan)
    assert stands.overdue_paise == 2 * EMI
    assert stands.asset_class is loan.asset_class  # only a day-end moves it
    (row,) = [each for each in ledger.rows if each.repayment_id == done.repayment_id]
    assert (row.amount_paise, row.reference, row.kind) == (EMI, UPI, RepaymentKind.RECEIPT)


def test_one_paisa_short_is_still_due(desk, loan) -> None:
    done = post(desk, loan, upi(EMI - 1))
    assert (done.effect.dues_before, done.effect.dues_after) == (3, 3)
    assert done.effect.after.days_past_due == 80
    assert done.effect.after.better_paise == 1


def test_what_is_left_over_waits_as_an_advance(desk, loan) -> None:
    done = post(desk, loan, upi(3 * EMI + 12_345))
    assert done.effect.split.excess_paise == done.effect.advance_paise == 12_345
    assert done.effect.after.days_past_due == 0
    assert consistent(desk, loan)[0].advance_paise == 12_345


def test_the_same_key_twice_changes_nothing_and_other_content_is_refused(desk, loan) -> None:
    request = PostRepayment(new_id(desk), loan.reference, upi(EMI))
    first = post_repayment(request, desk)
    stood = consistent(desk, loan)
    assert post_repayment(request, desk) == first
    assert consistent(desk, loan) == stood
    with pytest.raises(Refused) as refusal:
        post_repayment(replace(request, facts=upi(EMI + 1)), desk)
    assert refusal.value.kind is RefusalKind.BAD_INPUT
    assert consistent(desk, loan) == stood


def test_a_back_dated_receipt_moves_the_splits_that_came_after_it(desk, checker, loan) -> None:
    post(desk, loan, upi(EMI // 2))
    before = consistent(desk, loan)[1]
    late = upi(EMI, value_date=desk.clock.today() - timedelta(days=7), reference="431277881299")
    shown = preview_repayment(loan.loan_id, late, checker)
    done = post(checker, loan, late)
    assert done.effect == shown.effect
    assert done.effect.moved_receipts == 1
    (moved,) = done.corrections
    assert (moved.kind, sum(vars_of(moved.split))) == (RepaymentKind.REALLOCATION, 0)
    ledger = consistent(desk, loan)[1]
    assert ledger.rows[: len(before.rows)] == before.rows  # history stands


def vars_of(parts: Parts) -> tuple[int, ...]:
    return tuple(getattr(parts, name) for name in Parts.__slots__)


FAULTS = {
    "nothing": (upi(0), "amount"),
    "less than nothing": (upi(-5), "amount"),
    "tomorrow": (upi(EMI, value_date=date(2026, 11, 24)), "value_date"),
    "before the loan": (upi(EMI, value_date=date(2025, 11, 4)), "value_date"),
    "yesterday, by an officer": (upi(EMI, value_date=date(2026, 11, 22)), "value_date"),
    "no reference": (upi(EMI, reference=" "), "reference"),
    "a short reference": (upi(EMI, reference="123"), "reference"),
    "an identity number": (upi(EMI, payer_name=f"Asha {PAN}"), "payer_name"),
}


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_what_does_not_do_is_named_by_its_field(desk, loan, name: str) -> None:
    facts, field = FAULTS[name]
    with pytest.raises(Refused) as refusal:
        post(desk, loan, facts)
    assert list(refusal.value.fields) == [field]
    assert consistent(desk, loan)[0].version == loan.version


def test_a_supervisor_goes_back_a_week_and_no_further(desk, checker, loan) -> None:
    week = desk.clock.today() - timedelta(days=7)
    post(checker, loan, upi(EMI, value_date=week))
    with pytest.raises(Refused, match="You may go back 7 days"):
        post(checker, loan, upi(EMI, value_date=week - timedelta(days=1)))


def test_much_cash_asks_who_paid_it(desk, loan) -> None:
    cash = ReceiptFacts(5_000_001, PaymentMethod.CASH)
    assert preview_repayment(loan.loan_id, cash, desk).needs_identity
    for wrong in ("", "nonsense", "BNZPM2501F"):
        with pytest.raises(Refused) as refusal:
            post(desk, loan, replace(cash, pan_number=wrong))
        assert list(refusal.value.fields) == ["pan_number"]
        assert not wrong or wrong not in str(refusal.value)
    post(desk, loan, replace(cash, pan_number=PAN))
    post(desk, loan, replace(cash, amount_paise=5_000_100, form_60=True))
    assert not preview_repayment(
        loan.loan_id, replace(cash, amount_paise=5_000_000), desk
    ).needs_identity


def test_a_repeated_reference_warns_and_does_not_stop(desk, loan) -> None:
    assert post(desk, loan, upi(EMI)).warnings == ()
    (warning,) = preview_repayment(loan.loan_id, upi(100), desk).warnings
    assert loan.reference in warning
    assert post(desk, loan, upi(100)).warnings == (warning,)


def test_more_than_everything_owed_warns(desk, loan) -> None:
    (warning,) = preview_repayment(loan.loan_id, upi(10**12), desk).warnings
    assert "more than everything" in warning


def test_a_closed_or_written_off_loan_takes_no_receipt(desk, checker, submitted) -> None:
    loan = running_loan(desk, checker, submitted.application_id, LoanPlanned(paid=9))
    with desk.read_book() as book:
        ledger = read_ledger(book, loan)
    left = sum(row.interest_paise + row.principal_paise for row in ledger.schedule)
    paid = sum(row.amount_paise for row in ledger.rows)
    desk.clock.day = ledger.schedule[-1].due_date
    done = post(desk, loan, upi(left - paid))
    assert consistent(desk, loan)[0].status is LoanStatus.ACTIVE  # late: its charge is to be paid
    post(desk, loan, upi(done.effect.charges_due_paise))
    stands = consistent(desk, loan)[0]
    assert (stands.status, stands.outstanding_paise) == (LoanStatus.CLOSED, 0)
    with pytest.raises(Refused, match="is closed since"):
        post(desk, loan, upi(100))
    with pytest.raises(Refused, match="is closed since"):
        preview_repayment(loan.loan_id, upi(100), desk)


def test_who_may_not_post_is_told_who_may(desk, someone, loan) -> None:
    for role in (Role.AUDITOR, Role.ASSISTANT, Role.COLLECTIONS, Role.ADMIN, Role.RISK_ANALYST):
        with pytest.raises(Refused) as refusal:
            post(someone(f"p.{role.name.lower()}", role), loan, upi(EMI))
        assert refusal.value.kind is RefusalKind.NOT_PERMITTED
    with pytest.raises(NotFound):
        post_repayment(PostRepayment(new_id(desk), "L-9999", upi(EMI)), desk)
