"""The laws of a loan's ledger over random sequences of receipts, reversals, charges and days."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.services.post_repayment import PostRepayment, ReceiptFacts, post_repayment
from app.services.reverse_repayment import (
    DecideReversal,
    ProposeReversal,
    confirm_reversal,
    propose_reversal,
)
from app.services.steps.account_posting import post_to_account
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.open_account import row_maker
from app.services.steps.refusal import RefusalKind, Refused
from db.records.loans import Charge, Loan, LoanBatch
from db.vocabulary.loan_account import ChargeEntry, ChargeKind, RepaymentKind
from db.vocabulary.loan_life import LoanStatus, PaymentMethod
from db.vocabulary.people import Role
from tests.services.conftest import TODAY
from tests.services.running_loans import LoanPlanned, running_loan
from tests.services.test_post_repayment import consistent

SHORT = LoanPlanned(1_200_000, 6, 120_000, date(2026, 7, 5), paid=3)  # one due is open
NUMBERS = count(2_001)
EXAMPLES = {"sqlite": 60, "postgresql": 15}

# Sizes beside an instalment of some 2,07,000 paise: parts of one, more than one, more than all.
SIZES = st.sampled_from([1, 90_000, 207_000, 250_000, 430_000, 900_000])
RECEIPTS = st.tuples(st.just("receipt"), SIZES, st.integers(0, 7))
REVERSALS = st.tuples(st.just("reversal"), st.integers(0, 9), st.just(0))
CHARGES = st.tuples(st.just("charge"), st.sampled_from([500, 11_800, 30_000]), st.integers(0, 5))
DAYS = st.tuples(st.just("days"), st.sampled_from([1, 13, 31, 62, 95]), st.just(0))
LIVES = st.lists(st.one_of(RECEIPTS, RECEIPTS, REVERSALS, CHARGES, DAYS), min_size=5, max_size=10)


@dataclass
class Life:
    """A loan and what has been done to it."""

    desk: Desk
    checker: Desk
    loan: Loan
    standing: list[UUID] = field(default_factory=list)
    received: int = 0
    charged: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: count(100_000_000_000))

    def is_open(self) -> bool:
        with self.desk.read_book() as book:
            return book.loans.get(self.loan.branch_id, self.loan.loan_id).status not in (
                LoanStatus.CLOSED,
                LoanStatus.WRITTEN_OFF,
            )

    def receipt(self, paise: int, back: int) -> None:
        if not self.is_open():
            return
        facts = ReceiptFacts(
            paise,
            PaymentMethod.UPI,
            self.desk.clock.today() - timedelta(days=back),
            str(next(self.numbers)),
        )
        request = PostRepayment(new_id(self.desk), self.loan.loan_id, facts)
        done = post_repayment(request, self.desk)
        stood = consistent(self.desk, self.loan)
        assert post_repayment(request, self.desk) == done  # the same key twice
        with pytest.raises(Refused) as refusal:  # other content under it
            post_repayment(
                replace(request, facts=replace(facts, amount_paise=paise + 1)), self.desk
            )
        assert refusal.value.kind is RefusalKind.BAD_INPUT
        assert consistent(self.desk, self.loan) == stood
        self.standing.append(done.repayment_id)
        self.received += paise

    def reversal(self, place: int, _back: int) -> None:
        if not self.standing:
            return
        one = self.standing.pop(place % len(self.standing))
        propose_reversal(ProposeReversal(new_id(self.desk), one, "REV-BOUNCE"), self.desk)
        done = confirm_reversal(DecideReversal(new_id(self.checker), one), self.checker)
        assert done.effect is not None
        split = done.effect.split
        self.received += (
            split.interest_paise + split.principal_paise + split.charges_paise + split.excess_paise
        )

    def charge(self, paise: int, back: int) -> None:
        if not self.is_open():
            return
        today = self.desk.clock.today()
        with self.desk.open_book() as book:
            loan = book.accounts.lock(self.loan.branch_id, self.loan.loan_id)
            make = row_maker(self.desk)
            levied = Charge(
                make.new_id(), loan.loan_id, ChargeEntry.LEVIED, ChargeKind.OTHER,
                today - timedelta(days=back), make.at, paise, "paid late", make.actor_id,
            )  # fmt: skip
            post_to_account(book, loan, today, make, LoanBatch(charges=(levied,)))
            book.commit()
        self.charged += paise

    def days(self, days: int, _back: int) -> None:
        """Days go by; what falls due then is settled by the day's first act."""
        self.desk.clock.day += timedelta(days=days)
        with self.desk.open_book() as book:
            loan = book.accounts.lock(self.loan.branch_id, self.loan.loan_id)
            today = self.desk.clock.today()
            post_to_account(book, loan, today, row_maker(self.desk), LoanBatch())
            book.commit()

    def check(self) -> None:
        """Every paisa is in one place, and everything that is stored follows from the rows."""
        loan, ledger = consistent(self.desk, self.loan)
        rows = ledger.rows
        old = sum(row.amount_paise for row in rows if row.method is PaymentMethod.MANDATE)
        assert sum(row.amount_paise for row in rows) == old + self.received
        for row in ledger.receipts():
            split = ledger.net_split(row.repayment_id)
            assert split.total_paise == row.amount_paise
            assert min(split) >= 0
        for row in rows:
            if row.kind is RepaymentKind.REVERSAL:
                assert not any(ledger.net_split(row.reverses_id))
        total = {
            name: sum(getattr(row, f"{name}_paise") for row in rows)
            for name in ("interest", "principal", "charges", "excess")
        }
        assert total["principal"] == ledger.disbursed_paise - loan.outstanding_paise
        assert total["excess"] == loan.advance_paise >= 0
        # A last receipt that comes late brings penal charges of its own.
        penal = sum(
            each.amount_paise if each.entry is ChargeEntry.LEVIED else -each.amount_paise
            for each in ledger.charges
            if each.kind is ChargeKind.PENAL
        )
        assert penal >= 0
        assert total["charges"] == self.charged + penal - loan.charges_due_paise >= 0
        assert total["interest"] == sum(row.paid_interest_paise for row in ledger.schedule)
        assert total["principal"] == sum(row.paid_principal_paise for row in ledger.schedule)


@pytest.fixture
def people(desk, someone, submitted):
    """One who posts, also back-dated, and one who confirms."""
    both = someone("bela", Role.OFFICER, Role.SUPERVISOR)
    return both, someone("meera", Role.SUPERVISOR), submitted.application_id


def test_the_laws_hold_after_every_step(people, request) -> None:
    desk, checker, application_id = people
    engine = "postgresql" if "postgresql" in request.node.name else "sqlite"

    @settings(
        max_examples=EXAMPLES[engine],
        deadline=None,
        database=None,
        phases=[Phase.generate],  # a life that fails is short: making it shorter takes minutes
        suppress_health_check=list(HealthCheck),
    )
    @given(LIVES)
    def lives(steps) -> None:
        desk.clock.day = TODAY
        loan = running_loan(desk, checker, application_id, SHORT, next(NUMBERS))
        life = Life(desk, checker, loan)
        for name, size, back in steps:
            getattr(life, name)(size, back)
            life.check()

    lives()
