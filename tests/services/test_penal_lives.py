"""Random lives of a borrower: penal charges month by month are those of one replay of the ledger.

The statements of a month's end are held to the ledger's replay here, on both engines, and so are
the corrections that back-dated receipts and reversals bring.
"""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.services.close_day import CloseDay, close_day
from app.services.steps.penal_account import month_of, read_penal_account, replayed_charge
from app.services.steps.penal_corrections import standing_penal
from db.vocabulary.loan_account import ChargeEntry
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.people import Role
from tests.services.class_books import close_by_hand, receive
from tests.services.running_loans import LoanPlanned, running_loan
from tests.services.test_post_repayment import consistent

BEGIN = date(2026, 3, 31)
QUICK = (1, 2)
FLAT = LoanPlanned(20_000_000, 18, paid=3, product_code="VEHICLE")


def live(desk, someone, submitted, seed: int, days: int):
    """Receipts of any amount, often late or back-dated; days closed one by one or some at once."""
    rng = random.Random(seed)  # noqa: S311  # a test life, no secret
    checker = someone("meera", Role.SUPERVISOR)
    early = replace(desk, clock=replace(desk.clock, day=BEGIN))
    theirs = [
        running_loan(early, checker, submitted.application_id, planned, 1001 + place)
        for place, planned in enumerate((LoanPlanned(paid=4), FLAT))
    ]
    close_by_hand(checker, BEGIN)
    day = BEGIN
    while day < BEGIN + timedelta(days=days):
        day += timedelta(days=rng.choice((1, 3, 9, 20, 34)))
        now = replace(checker, clock=replace(checker.clock, day=day))
        if rng.random() < 0.7:
            loan = rng.choice(theirs)
            on = max(day - timedelta(days=rng.choice((0, 0, 4, 35, 65))), BEGIN)
            amount = int(loan.emi_paise * rng.choice((0.4, 1, 1, 2, 5)))
            receive(now, loan.loan_id, on, amount, today=day)
        if rng.random() < 0.7:
            close_day(CloseDay(day), now)
    close_day(CloseDay(day), replace(checker, clock=replace(checker.clock, day=day)))
    return replace(checker, clock=replace(checker.clock, day=day)), theirs, day


def month_ends(begin: date, until: date) -> list[date]:
    days = (begin + timedelta(days=n + 1) for n in range((until - begin).days))
    return [day for day in days if (day + timedelta(days=1)).day == 1]


def check_penal(desk, theirs, begin: date, until: date) -> int:
    """Charges of every month are those of the ledger as it is known now; how many stand."""
    levied = 0
    for loan in theirs:
        with desk.read_book() as book:
            stored = book.loans.get(loan.branch_id, loan.loan_id)
            account = read_penal_account(book, stored)
        for last in month_ends(begin, until):
            month = replayed_charge(account, month_of(last), desk.rulebook())
            stands = standing_penal(account.ledger, last)
            amount = sum(each.amount_paise for each in stands)
            if stored.status is LoanStatus.CLOSED:
                assert amount <= month.charge_paise  # it is charged nothing more
            else:
                assert amount == month.charge_paise, last
            levied += len(stands)
        signed = sum(
            each.amount_paise * (1 if each.entry is ChargeEntry.LEVIED else -1)
            for each in account.ledger.charges
        )
        received = sum(row.charges_paise for row in account.ledger.rows)
        assert stored.charges_due_paise == signed - received >= 0
    return levied


@pytest.mark.parametrize(
    "seed", [*QUICK, *(pytest.param(n, marks=pytest.mark.long) for n in range(3, 43))]
)
def test_month_by_month_is_one_replay(desk, someone, submitted, seed) -> None:
    checker, theirs, until = live(desk, someone, submitted, seed, 160 if seed in QUICK else 700)
    assert check_penal(checker, theirs, BEGIN, until) > 2
    for loan in theirs:
        consistent(checker, loan)
