"""Five years of a borrower's life, closed day by day, are what one rebuild from the ledgers gives.

Three loans from the start and a fourth in between: receipts in part, late, ahead and back-dated,
payments that bounced, part-prepayments, a moratorium and a restructuring, each by its own act.
Classes, provisions, cells and penal charges are held to the rules at the end, on both engines.
"""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.services.close_day import CloseDay, close_day
from app.services.reverse_repayment import (
    DecideReversal,
    ProposeReversal,
    confirm_reversal,
    propose_reversal,
)
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.refusal import Refused
from db.records.loans import Loan
from db.vocabulary.lending import MoratoriumTreatment, PrepaymentKeep
from db.vocabulary.loan_account import LoanAct, RepaymentKind
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.people import Role
from tests.services.changed_loans import TwoPeople
from tests.services.class_books import close_by_hand, receive
from tests.services.running_loans import LoanPlanned, running_loan
from tests.services.test_day_ends_agree import check_classes
from tests.services.test_penal_lives import check_penal

BEGIN = date(2026, 3, 31)
FIVE_YEARS = 1_826
ONE_DAY = timedelta(days=1)
PLANS = (
    LoanPlanned(months=96, paid=4),
    LoanPlanned(20_000_000, 84, paid=4, product_code="VEHICLE"),
    LoanPlanned(30_000_000, 120, paid=4),
)
SECOND = LoanPlanned(10_000_000, 60, paid=0)


@dataclass
class Borrower:
    """A borrower, the desks of two people, and what has been done so far."""

    maker: Desk
    checker: Desk
    application_id: UUID
    rng: random.Random
    loans: list[Loan]
    done: Counter[str] = field(default_factory=Counter)

    @property
    def today(self) -> date:
        return self.maker.clock.today()

    def stored(self, loan: Loan) -> Loan:
        with self.maker.read_book() as book:
            return book.loans.get(loan.branch_id, loan.loan_id)

    def running(self) -> Loan | None:
        """One of the loans that still run."""
        one = self.stored(self.rng.choice(self.loans))
        return one if one.status in (LoanStatus.ACTIVE, LoanStatus.DEFAULTED) else None

    def receipt(self, loan: Loan) -> None:
        back = self.rng.choice((0, 0, 0, 0, 4, 35, 100))
        on = max(self.today - timedelta(days=back), BEGIN, loan.disbursement_date)
        amount = int(loan.emi_paise * self.rng.choice((0.3, 0.7, 1, 1, 1, 2)))
        receive(self.maker, loan.loan_id, on, amount, today=self.today)

    def cure(self, loan: Loan) -> None:
        """All arrears of all loans are paid on one day."""
        for each in self.loans:
            owing = self.stored(each)
            if owing.overdue_paise:
                receive(self.maker, each.loan_id, self.today, owing.overdue_paise, today=self.today)

    def bounce(self, loan: Loan) -> None:
        """One of the latest receipts is taken back on its own value date."""
        with self.maker.read_book() as book:
            rows = book.loans.repayments(loan.branch_id, loan.loan_id)
        undone = {row.reverses_id for row in rows}
        latest = [
            row
            for row in rows
            if row.kind is RepaymentKind.RECEIPT
            and row.repayment_id not in undone
            and row.value_date > max(BEGIN, self.today - timedelta(days=60))
        ]
        if not latest:
            return
        one = self.rng.choice(latest).repayment_id
        propose_reversal(ProposeReversal(new_id(self.maker), one, "REV-BOUNCE"), self.maker)
        confirm_reversal(DecideReversal(new_id(self.checker), one), self.checker)

    def prepay(self, loan: Loan) -> None:
        amount = loan.overdue_paise + 3 * loan.emi_paise
        keep = self.rng.choice(tuple(PrepaymentKeep))
        self._change(loan, LoanAct.PART_PREPAYMENT, amount_paise=amount, keep=keep, reference="P1")

    def pause(self, loan: Loan) -> None:
        treatment = self.rng.choice(tuple(MoratoriumTreatment))
        self._change(loan, LoanAct.MORATORIUM, months=2, treatment=treatment)

    def restructure(self, loan: Loan) -> None:
        self._change(loan, LoanAct.RESTRUCTURE, months=100, rate_ppm=loan.rate_ppm - 5_000)

    def second_loan(self, _loan: Loan) -> None:
        if len(self.loans) == len(PLANS):
            planned = replace(SECOND, disbursed_on=self.today)
            number = 1001 + len(self.loans)
            self.loans.append(
                running_loan(self.maker, self.checker, self.application_id, planned, number)
            )

    def close(self, day: date) -> None:
        close_day(CloseDay(day), self.checker)

    def _change(self, loan: Loan, act: LoanAct, **fields: object) -> None:
        TwoPeople(self.maker, self.checker, loan.loan_id).post(act, **fields)


ACTS = {
    "receipt": 60, "cure": 4, "bounce": 8, "prepay": 3, "pause": 2, "restructure": 2,
    "second_loan": 2,
}  # fmt: skip


def live(borrower: Borrower, days: int) -> None:
    """Something happens every few days; the days before it are closed, or some are missed."""
    rng, clock = borrower.rng, borrower.maker.clock
    while borrower.today < BEGIN + timedelta(days=days):
        clock.day += timedelta(days=rng.choice((1, 2, 5, 9, 20)))
        act = rng.choices(tuple(ACTS), tuple(ACTS.values()))[0]
        if act != "receipt" or rng.random() < 0.8:
            borrower.close(borrower.today - ONE_DAY)
        loan = borrower.running()
        if loan is None:
            continue
        try:
            getattr(borrower, act)(loan)
            borrower.done[act] += 1
        except Refused:  # it does not fit the loan as it stands
            borrower.done[f"{act} refused"] += 1
    borrower.close(borrower.today)


@pytest.mark.parametrize(
    ("seed", "days"),
    [(1, 130), *(pytest.param(n, FIVE_YEARS, marks=pytest.mark.long) for n in range(1, 5))],
)
def test_a_life_day_by_day_is_one_rebuild(desk, someone, submitted, seed, days) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    maker = someone("bela", Role.OFFICER, Role.SUPERVISOR)
    desk.clock.day = BEGIN
    theirs = [
        running_loan(desk, checker, submitted.application_id, planned, 1001 + place)
        for place, planned in enumerate(PLANS)
    ]
    close_by_hand(checker, BEGIN)
    rng = random.Random(seed)  # noqa: S311  # a test life, no secret
    borrower = Borrower(maker, checker, submitted.application_id, rng, theirs)
    live(borrower, days)
    check_classes(checker, borrower.loans, borrower.today)
    assert check_penal(checker, borrower.loans, BEGIN, borrower.today) > 0
    if days == FIVE_YEARS:
        assert all(borrower.done[act] for act in ACTS), borrower.done
