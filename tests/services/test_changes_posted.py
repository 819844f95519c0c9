"""The figures of every kind of change, posted on a book: vectors, splits, schedules, classes."""

from dataclasses import replace
from datetime import date

import pytest

from app.rules.day_count import interest_for_days
from app.rules.rate_reset import ResetTerms, rate_reset
from app.rules.running_loan import RunningLoan
from app.services.quote_foreclosure import QuoteForeclosure, quote_foreclosure
from app.services.steps.account_posting import post_to_account
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import RowMaker
from app.services.steps.refusal import RefusalKind, Refused
from db.records.loans import Charge, LoanBatch, NpaEntry, Repayment
from db.vocabulary.lending import (
    AppropriationOrder,
    EmiRounding,
    MoratoriumTreatment,
    PrepaymentKeep,
)
from db.vocabulary.loan_account import (
    ActState,
    ChargeEntry,
    ChargeKind,
    LoanAct,
    RepaymentKind,
)
from db.vocabulary.loan_life import AssetClass, LoanStatus, PaymentMethod, ProvisionSegment
from db.vocabulary.people import Role
from tests.services.changed_loans import TwoPeople, two_people
from tests.services.class_books import close_by_hand, rebuild, timeline
from tests.services.running_loans import LoanPlanned

DUE = date(2026, 11, 5)
PREPAID = LoanPlanned()  # vector V023: 10,00,000 at 9.5 % over 60 months, 12 paid
FLOATING = LoanPlanned(300_000_000, 240, 85_000, DUE, 0, EmiRounding.RUPEE, "HOME_PURCHASE")


@pytest.fixture
def start(desk, someone, submitted):
    checker = someone("meera", Role.SUPERVISOR)
    return lambda planned: two_people(desk, checker, submitted.application_id, planned)


@pytest.fixture
def lent(start) -> TwoPeople:
    return start(PREPAID)


VECTOR_V023 = {
    PrepaymentKeep.EMI: (2_100_200, 35, 1_590_114, 7_811_625),
    PrepaymentKeep.TENURE: (1_597_700, 48, 1_598_805, 4_117_834),
}


@pytest.mark.parametrize("keep", PrepaymentKeep)
def test_a_prepayment_right_after_an_instalment_is_the_vector(lent, keep) -> None:
    emi, left, last, saved = VECTOR_V023[keep]
    done = lent.post(LoanAct.PART_PREPAYMENT, amount_paise=20_000_000, keep=keep, value_date=DUE)
    assert done.state is ActState.POSTED
    assert (done.after.emi_paise, done.after.instalments_left) == (emi, left)
    assert (done.after.last_instalment_paise, done.saved_paise) == (last, saved)
    assert done.after.outstanding_paise == 63_595_523 == lent.loan.outstanding_paise
    assert (lent.loan.emi_paise, lent.loan.tenure_months) == (emi, 12 + left)
    assert done.after.schedule_version == 2
    assert lent.ledger.receipts()[-1].kind is RepaymentKind.PREPAYMENT
    lent.check_laws()


def test_inside_a_month_interest_to_the_day_is_paid_first(lent) -> None:
    on = date(2026, 11, 20)
    quote = quote_foreclosure(QuoteForeclosure(lent.loan_id, on), lent.maker).quote
    lent.post(LoanAct.PART_PREPAYMENT, amount_paise=20_000_000, value_date=on)
    row = lent.ledger.receipts()[-1]
    assert row.interest_paise == quote.accrued_interest_paise
    assert row.principal_paise == 20_000_000 - row.interest_paise
    first = lent.ledger.schedule[12]
    assert first.due_date == date(2026, 12, 5)
    assert first.interest_paise < quote.accrued_interest_paise * 1.2  # 15 days, of less
    lent.check_laws()
    # A closing later in the month charges the days since, and no day twice.
    later = quote_foreclosure(QuoteForeclosure(lent.loan_id, lent.today), lent.maker).quote
    assert later.days == 3
    lent.post(LoanAct.FORECLOSURE)
    lent.check_laws()


def test_arrears_are_paid_first_and_stand_as_a_receipt_of_their_own(start) -> None:
    lent = start(LoanPlanned(paid=10))
    lent.post(LoanAct.PART_PREPAYMENT, amount_paise=20_000_000)
    arrears, early = lent.ledger.receipts()[-2:]
    assert (arrears.kind, arrears.amount_paise) == (RepaymentKind.RECEIPT, 2 * 2_100_200)
    assert (early.kind, early.amount_paise) == (
        RepaymentKind.PREPAYMENT, 20_000_000 - 2 * 2_100_200,
    )  # fmt: skip
    assert lent.loan.overdue_paise == 0
    lent.check_laws()


@pytest.mark.parametrize("paid", [12, 10])
def test_what_is_quoted_is_what_is_posted(start, paid) -> None:
    lent = start(LoanPlanned(paid=paid))
    found = quote_foreclosure(QuoteForeclosure(lent.loan_id, lent.today), lent.maker)
    done = lent.post(LoanAct.FORECLOSURE, amount_paise=found.to_pay_paise)
    row = lent.ledger.receipts()[-1]
    assert (row.kind, row.amount_paise) == (RepaymentKind.CLOSURE, found.quote.total_paise)
    parts = found.quote.principal_paise, found.quote.accrued_interest_paise
    assert lent.ledger.schedule[-1].principal_paise == parts[0]
    assert lent.ledger.schedule[-1].interest_paise == parts[1]
    loan = lent.loan
    assert (loan.status, loan.outstanding_paise, loan.overdue_paise) == (LoanStatus.CLOSED, 0, 0)
    assert loan.closed_on == lent.today
    assert done.after.status is LoanStatus.CLOSED
    lent.check_laws()


@pytest.mark.parametrize("keep", PrepaymentKeep)
def test_a_new_rate_starts_with_the_next_due_date(start, keep) -> None:
    lent = start(FLOATING)
    before = lent.loan.emi_paise
    coming = lent.ledger.schedule[0]
    rulebook = lent.maker.rulebook()
    left = RunningLoan(coming.closing_paise, 85_000, before, 239, EmiRounding.RUPEE)
    reset = rate_reset(left, ResetTerms(87_500), rulebook, DUE)
    option = reset.keep_emi if keep is PrepaymentKeep.EMI else reset.keep_tenor
    done = lent.post(LoanAct.RATE_CHANGE, rate_ppm=87_500, keep=keep)
    rows = lent.ledger.schedule
    assert rows[0] == coming  # the month that runs stays at the old rate
    assert [(row.interest_paise, row.principal_paise) for row in rows[1:]] == [
        (row.interest_paise, row.principal_paise) for row in option.schedule.rows
    ]
    assert (done.after.emi_paise, done.after.instalments_left) == (
        option.emi_paise, option.instalments + 1,
    )  # fmt: skip
    assert done.after.rate_ppm == lent.loan.rate_ppm == 87_500
    lent.check_laws()
    # Interest to a day of this month is still that of the old rate.
    quote = quote_foreclosure(QuoteForeclosure(lent.loan_id, lent.today), lent.maker).quote
    assert quote.accrued_interest_paise == interest_for_days(300_000_000, 85_000, 18, 365)


@pytest.mark.parametrize("treatment", MoratoriumTreatment)
def test_a_pause_serves_its_interest_or_joins_it(start, treatment) -> None:
    lent = start(LoanPlanned(50_000_000, 60, 100_000, DUE, 0))
    done = lent.post(LoanAct.MORATORIUM, months=6, treatment=treatment)
    rows = lent.ledger.schedule
    assert done.after.instalments_left == len(rows) == 66
    if treatment is MoratoriumTreatment.SERVICED:  # vector V021
        assert [row.interest_paise for row in rows[:6]] == [416_667] * 6
        assert rows[6].opening_paise == 50_000_000
    else:
        assert [row.interest_paise + row.principal_paise for row in rows[:6]] == [0] * 6
        balance = {"CAPITALISED_MONTHLY": 52_552_666, "CAPITALISED_SIMPLE": 52_500_000}
        assert rows[6].opening_paise == balance[treatment]
    assert lent.loan.outstanding_paise == 50_000_000  # nothing joins before its day
    lent.check_laws()


def test_interest_joins_the_principal_on_its_day_and_once(start) -> None:
    lent = start(LoanPlanned(50_000_000, 60, 100_000, DUE, 0, product_code="BUSINESS_TERM"))
    lent.post(LoanAct.MORATORIUM, months=3, treatment=MoratoriumTreatment.CAPITALISED_MONTHLY)
    lent.maker.clock.day = date(2027, 2, 10)
    levied = _charge(lent, 50_000)
    with lent.maker.open_book() as book:
        book.accounts.add(lent.loan.branch_id, LoanBatch(charges=(levied,)))
        book.commit()
    lent.post(
        LoanAct.CHARGE_WAIVER, amount_paise=50_000, charge_kind=ChargeKind.OTHER
    )  # any posting settles what has fallen
    joined = [row for row in lent.ledger.rows if row.kind is RepaymentKind.CAPITALISATION]
    assert sorted(row.value_date for row in joined) == [
        date(2026, 12, 5), date(2027, 1, 5), date(2027, 2, 5),
    ]  # fmt: skip
    assert all(row.interest_paise == -row.principal_paise > 0 for row in joined)
    assert lent.loan.outstanding_paise == lent.ledger.schedule[3].opening_paise > 50_000_000
    lent.check_laws()


def _charge(lent: TwoPeople, paise: int) -> Charge:
    return Charge(
        new_id(lent.maker), lent.loan_id, ChargeEntry.LEVIED, ChargeKind.OTHER, lent.today,
        lent.maker.clock.now(), paise, "late", lent.maker.person().user_id,
    )  # fmt: skip


def test_another_term_and_another_instalment(lent) -> None:
    longer = lent.post(LoanAct.RESCHEDULE, months=47)
    assert longer.after.instalments_left == 47
    lent.check_laws()
    dearer = lent.post(LoanAct.RESCHEDULE, amount_paise=3_000_000)
    assert dearer.after.emi_paise == 3_000_000
    assert dearer.after.instalments_left < 47
    assert dearer.after.schedule_version == 3
    lent.check_laws()


def test_a_restructuring_is_told_to_classification(lent) -> None:
    lent.post(LoanAct.RESTRUCTURE, months=72, rate_ppm=80_000)
    loan = lent.loan
    assert loan.restructured_on == lent.today
    assert loan.provision_segment is ProvisionSegment.RESTRUCTURED
    assert (loan.rate_ppm, loan.tenure_months) == (80_000, 84)
    lent.check_laws()


def _make_npa(lent: TwoPeople) -> None:
    """As a day-end would leave it: an entry of its class, and the loan with it."""
    with lent.maker.open_book() as book:
        held = book.accounts.lock(lent.loan.branch_id, lent.loan_id)
        since = date(2026, 10, 31)
        entry = NpaEntry(
            new_id(lent.maker), held.loan_id, since, lent.maker.clock.now(),
            AssetClass.SUB_STANDARD, None, since, 0, "days past due",
        )  # fmt: skip
        book.accounts.add(held.branch_id, LoanBatch(npa_entries=(entry,)))
        npa = replace(held, asset_class=AssetClass.SUB_STANDARD, npa_since=since)
        book.cells.move(held, book.accounts.update(npa))
        book.commit()


def test_a_write_off_leaves_the_cells_and_keeps_what_was_given_up(start) -> None:
    lent = start(LoanPlanned(paid=6))
    _make_npa(lent)
    owed = lent.loan.outstanding_paise
    done = lent.post(LoanAct.WRITE_OFF)
    loan = lent.loan
    assert (loan.status, loan.written_off_paise) == (LoanStatus.WRITTEN_OFF, owed)
    assert (loan.outstanding_paise, loan.closed_on) == (owed, lent.today)
    assert done.after.written_off_paise == owed
    with lent.maker.read_book() as book:
        assert sum(cell.loans for cell in book.cells.all(loan.branch_id)) == 0
    lent.check_laws()


def test_a_loss_is_identified_with_its_provision(start) -> None:
    lent = start(LoanPlanned(paid=6))
    _make_npa(lent)
    lent.post(LoanAct.LOSS)
    loan = lent.loan
    assert loan.asset_class is AssetClass.LOSS
    assert loan.provision_paise == loan.outstanding_paise
    lent.check_laws()


@pytest.mark.parametrize("act", [LoanAct.WRITE_OFF, LoanAct.LOSS])
def test_a_loan_that_performs_is_neither_written_off_nor_a_loss(lent, act) -> None:
    with pytest.raises(Refused) as refusal:
        lent.propose(act)
    assert refusal.value.kind is RefusalKind.CONFLICT


def test_a_back_dated_receipt_before_a_prepayment_keeps_the_account_exact(start) -> None:
    lent = start(LoanPlanned(paid=11))
    lent.post(LoanAct.PART_PREPAYMENT, amount_paise=20_000_000)
    person, at = lent.maker.person().user_id, lent.maker.clock.now()
    with lent.maker.open_book() as book:
        loan = book.accounts.lock(lent.loan.branch_id, lent.loan_id)
        balance = lent.ledger.balance_paise
        late = Repayment(
            new_id(lent.maker), loan.loan_id, date(2026, 11, 6), at, 2_100_200, 0, 0, 0, 2_100_200,
            balance, PaymentMethod.UPI, "U1", AppropriationOrder.FIFO_IPC, actor_id=person,
        )  # fmt: skip
        make = RowMaker(lambda: new_id(lent.maker), person, at)
        post_to_account(book, loan, lent.today, make, LoanBatch(repayments=(late,)))
        book.commit()
    assert lent.loan.advance_paise == 2_100_200  # the arrears were paid twice: the second waits
    lent.check_laws()


def test_a_prepayment_of_a_closed_day_upgrades_the_borrower_on_that_day(start) -> None:
    lent = start(LoanPlanned(paid=4))
    close_by_hand(lent.maker, date(2026, 11, 10))
    rebuild(lent.maker, lent.loan)
    assert lent.loan.asset_class is AssetClass.SUB_STANDARD
    arrears = lent.loan.overdue_paise
    lent.post(
        LoanAct.PART_PREPAYMENT, amount_paise=arrears + 10_000_000, value_date=date(2026, 11, 8)
    )
    assert lent.loan.asset_class is AssetClass.STANDARD
    assert timeline(lent.maker, lent.loan_id)[-1] == (date(2026, 11, 8), "Standard")
    lent.check_laws()
