"""A closing settles what the days in arrears before it come to; nothing appears later."""

import random
from datetime import date, timedelta

import pytest

from app.rules.day_count import daily_interest
from app.services.close_day import CloseDay, close_day
from app.services.quote_foreclosure import QuoteForeclosure, quote_foreclosure
from app.services.steps.penal_account import month_of, read_penal_account, replayed_charge
from app.services.steps.penal_month import PenalSum
from db.vocabulary.loan_account import ChargeEntry, ChargeKind, LoanAct, RepaymentKind
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.people import Role
from tests.services.changed_loans import two_people
from tests.services.class_books import close_by_hand, receive
from tests.services.monitor_books import undo
from tests.services.running_loans import LoanPlanned
from tests.services.steps.test_early_undo import reverse
from tests.services.test_post_repayment import consistent

MARCH_END, APRIL_END, MAY_END = date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)
QUICK = (2, 3)
ON_TIME_OR_LATE = pytest.mark.parametrize("late", [False, True], ids=["on_time", "late"])


class Lent:
    """A loan whose instalment of 5 April is missed, at a branch that has closed March."""

    def __init__(self, desk, checker, application_id, planned) -> None:
        desk.clock.day = MARCH_END
        self.clock, self.checker = desk.clock, checker
        self.two = two_people(desk, checker, application_id, planned)
        close_by_hand(checker, MARCH_END)

    @property
    def loan(self):
        return self.two.loan

    def days(self, *overdue: int) -> int:
        """The charge for instalments that were overdue for so many days."""
        rulebook, loan = self.checker.rulebook(), self.loan
        rate = rulebook.product(loan.product_code, loan.sanction_date).penal.rate_ppm
        product = loan.emi_paise * sum(overdue)
        return daily_interest(product, rate, 1, rulebook, loan.sanction_date)

    def close(self, until: date) -> PenalSum | None:
        """Close the days up to one, on that very day."""
        self.clock.day = until
        return close_day(CloseDay(until), self.checker).penal

    def quote(self, on: date):
        asked = QuoteForeclosure(self.loan.reference, on)
        return quote_foreclosure(asked, self.two.maker)

    def foreclose(self, on: date, today: date | None = None) -> None:
        """Close the loan with what the quote says, to the paisa."""
        self.clock.day = today or on
        total = self.quote(on).to_pay_paise
        self.two.post(LoanAct.FORECLOSURE, value_date=on, amount_paise=total)
        row = self.two.ledger.receipts()[-1]
        assert (row.kind, row.amount_paise) == (RepaymentKind.CLOSURE, total)
        self.is_over(on)

    def is_over(self, on: date) -> None:
        loan = self.loan
        assert (loan.status, loan.closed_on) == (LoanStatus.CLOSED, on)
        assert (loan.charges_due_paise, loan.advance_paise, loan.outstanding_paise) == (0, 0, 0)
        consistent(self.checker, loan)

    def penal(self) -> list[tuple[ChargeEntry, date, int]]:
        rows = self.two.ledger.charges
        return [
            (row.entry, row.value_date, row.amount_paise)
            for row in rows
            if row.kind is ChargeKind.PENAL
        ]

    def standing(self) -> list[int]:
        """The penal charges that nothing has taken back."""
        undone = {row.reverses_id for row in self.two.ledger.charges}
        return [
            row.amount_paise
            for row in self.two.ledger.charges
            if row.entry is ChargeEntry.LEVIED and row.charge_id not in undone
        ]


@pytest.fixture
def lent(desk, someone, submitted):
    checker = someone("meera", Role.SUPERVISOR)
    return lambda product="HOME_RENOVATION", months=60: Lent(
        desk,
        checker,
        submitted.application_id,
        LoanPlanned(paid=4, product_code=product, months=months),
    )


def test_the_quote_holds_the_charge_of_the_broken_month_and_nothing_comes_after(lent) -> None:
    one, on = lent(), date(2026, 4, 20)
    found = one.quote(on).quote
    assert found.charges_paise == one.days(15)  # the day-ends of 5 to 19 April
    one.foreclose(on)
    assert one.penal() == [(ChargeEntry.LEVIED, on, one.days(15))]
    (charge,) = one.two.ledger.charges
    assert charge.reason == "18 % a year on overdue instalments, 01 Apr 2026 to 19 Apr 2026"
    assert one.close(APRIL_END) == PenalSum(0, 0)
    assert one.close(MAY_END) == PenalSum(0, 0)
    assert len(one.penal()) == 1
    one.is_over(on)


def test_a_loan_that_is_closed_on_its_due_date_brings_no_charge(lent) -> None:
    one = lent("VEHICLE")
    one.foreclose(date(2026, 4, 5))
    assert one.penal() == []


def test_a_flat_charge_comes_once_for_an_instalment(lent) -> None:
    one = lent("VEHICLE")
    assert one.quote(date(2026, 4, 20)).quote.charges_paise == 500_00
    one.close(APRIL_END)
    # April's stands; May adds one for its own instalment.
    assert one.quote(date(2026, 5, 20)).quote.charges_paise == 2 * 500_00
    one.foreclose(date(2026, 5, 4))
    assert [row[2] for row in one.penal()] == [500_00]


@ON_TIME_OR_LATE
def test_a_month_end_that_is_closed_late_changes_nothing_of_the_closing(lent, late) -> None:
    one, on = lent(), date(2026, 5, 10)
    if not late:
        one.close(APRIL_END)
    april, may = one.days(26), one.days(9, 5)
    assert one.quote(on).quote.charges_paise == april + may
    one.foreclose(on)
    assert one.penal() == [
        (ChargeEntry.LEVIED, APRIL_END, april), (ChargeEntry.LEVIED, on, may),
    ]  # fmt: skip
    assert one.close(MAY_END) == PenalSum(0, 0)
    assert len(one.penal()) == 2
    one.is_over(on)


def test_a_closing_of_a_day_before_the_month_end_takes_its_charge_back(lent) -> None:
    one, on = lent(), date(2026, 4, 20)
    assert one.close(APRIL_END) == PenalSum(1, one.days(26))
    one.clock.day = date(2026, 5, 2)
    assert one.quote(on).quote.charges_paise == one.days(15)
    one.foreclose(on, today=one.clock.day)
    assert one.standing() == [one.days(15)]


@pytest.mark.parametrize("closed_first", [False, True])
@pytest.mark.parametrize("on", [date(2026, 4, 20), date(2026, 5, 1), date(2026, 5, 10)])
def test_a_cheque_that_comes_back_leaves_the_charges_of_whole_months(
    lent, on, closed_first
) -> None:
    one = lent()
    one.foreclose(on)
    if closed_first:
        one.close(MAY_END)
    one.clock.day += timedelta(days=2)
    reverse(one.two, RepaymentKind.CLOSURE)
    if not closed_first:
        one.close(MAY_END)
    assert one.standing() == [one.days(26), one.days(31, 27)]
    assert one.loan.charges_due_paise == sum(one.standing())
    consistent(one.checker, one.loan)


def test_a_month_that_a_closing_charged_is_charged_once_whatever_comes_later(lent) -> None:
    one = lent()
    one.foreclose(date(2026, 5, 10))  # no day-end has charged April
    one.close(date(2026, 5, 12))
    one.clock.day += timedelta(days=1)
    reverse(one.two, RepaymentKind.CLOSURE)
    assert one.standing() == [one.days(26)]
    loan, came = one.loan, date(2026, 4, 20)
    receive(one.two.maker, loan.loan_id, came, loan.emi_paise, today=one.clock.day)
    assert one.standing() == [one.days(15)]
    assert one.loan.charges_due_paise == one.days(15)
    consistent(one.checker, one.loan)


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize(
    ("months", "on", "last"),
    [(60, date(2026, 4, 20), APRIL_END), (6, date(2026, 5, 10), MAY_END)],
    ids=["a new schedule", "all was due"],
)
def test_a_loan_that_an_older_cheque_opens_again_is_charged_a_day_once(
    lent, months, on, last, again
) -> None:
    one = lent(months=months)
    paid = one.two.ledger.receipts()[-1]
    if last is MAY_END:
        one.close(APRIL_END)
    one.foreclose(on)
    one.clock.day += timedelta(days=2)
    undo(one.two, paid.repayment_id, "REV-BOUNCE")
    assert one.loan.status is LoanStatus.ACTIVE
    if again:
        one.foreclose(on + timedelta(days=5))
    one.close(last)
    with one.checker.read_book() as book:
        account = read_penal_account(book, one.loan)
    rulebook = one.checker.rulebook()
    ends = [each for each in (APRIL_END, MAY_END) if each <= last]
    due = [replayed_charge(account, month_of(each), rulebook).charge_paise for each in ends]
    assert sorted(one.standing()) == sorted(due)
    assert due[-1] > one.days((on - last.replace(day=1)).days)
    if again:
        one.is_over(on + timedelta(days=5))
    consistent(one.checker, one.loan)


@pytest.mark.parametrize(
    "seed", [*QUICK, *(pytest.param(n, marks=pytest.mark.long) for n in range(4, 31))]
)
def test_whatever_was_paid_before_the_quote_closes_the_loan_at_zero(lent, seed) -> None:
    rng = random.Random(seed)  # noqa: S311  # a test life, no secret
    one = lent(rng.choice(("HOME_RENOVATION", "VEHICLE")))
    desk, loan = one.two.maker, one.loan
    for _ in range(rng.randint(1, 5)):
        one.clock.day += timedelta(days=rng.randint(1, 24))
        if rng.random() < 0.7:
            amount = int(loan.emi_paise * rng.choice((0.3, 0.5, 1, 1.6)))
            receive(desk, loan.loan_id, one.clock.day, amount, today=one.clock.day)
        if rng.random() < 0.4:
            one.close(one.clock.day)
    today = one.clock.day + timedelta(days=rng.randint(0, 9))
    settled = max(row.due_date for row in one.two.ledger.schedule if row.due_date <= today)
    paid = max(row.value_date for row in one.two.ledger.rows)
    on = max(settled, paid, today - timedelta(days=rng.choice((0, 0, 1, 4))))
    one.foreclose(on, today=today)
    before = one.penal()
    assert before or seed not in QUICK
    one.close(today + timedelta(days=40))
    assert one.penal() == before
    one.is_over(on)
