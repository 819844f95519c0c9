"""Random lives of a borrower, closed day by day, give what one rebuild from the ledgers gives.

The statements of a day-end are held to the pure rules here, on both engines: classes, NPA dates,
provisions, cells and the whole class history.
"""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.rules.borrower_class import classes_until
from app.rules.days_past_due import days_past_due
from app.rules.dpd_bucket import dpd_bucket
from app.services.close_day import CloseDay, close_day
from app.services.steps.borrower_loans import read_borrowers_loan
from app.services.steps.loan_provision import provision_at
from db.vocabulary.people import Role
from tests.services.class_books import close_by_hand, receive, timeline
from tests.services.running_loans import LoanPlanned, running_loan

BEGIN = date(2026, 3, 31)
QUICK = (1, 2)


def live(desk, someone, submitted, seed: int, days: int):
    """Receipts of any amount, now and then back-dated; days closed one by one or some at once."""
    rng = random.Random(seed)  # noqa: S311  # a test life, no secret
    checker = someone("meera", Role.SUPERVISOR)
    early = replace(desk, clock=replace(desk.clock, day=BEGIN))
    theirs = [
        running_loan(early, checker, submitted.application_id, planned, 1001 + place)
        for place, planned in enumerate(
            (LoanPlanned(paid=4), LoanPlanned(20_000_000, 18, paid=4), LoanPlanned(paid=4))
        )
    ]
    close_by_hand(desk, BEGIN)
    day, closed = BEGIN, BEGIN
    while day < BEGIN + timedelta(days=days):
        day += timedelta(days=rng.choice((1, 3, 9, 20)))
        now = replace(checker, clock=replace(checker.clock, day=day))
        if rng.random() < 0.7:
            loan = rng.choice(theirs)
            back = rng.choice((0, 0, 0, 4, 35))
            on = max(day - timedelta(days=back), BEGIN)
            amount = int(loan.emi_paise * rng.choice((0.4, 1, 1, 2, 5)))
            receive(now, loan.loan_id, on, amount, today=day)
        if rng.random() < 0.8:
            close_day(CloseDay(day), now)
            closed = day
    close_day(CloseDay(day), replace(checker, clock=replace(checker.clock, day=day)))
    return checker, theirs, max(day, closed)


@pytest.mark.parametrize(
    "seed", [*QUICK, *(pytest.param(n, marks=pytest.mark.long) for n in range(3, 43))]
)
def test_day_by_day_is_one_rebuild(desk, someone, submitted, seed) -> None:
    days = 260 if seed in QUICK else 700
    check_classes(*live(desk, someone, submitted, seed, days))


def check_classes(checker, theirs, until: date) -> None:
    """Every loan and its whole class history are what one replay of the borrower's ledgers says."""
    rulebook, branch = checker.rulebook(), theirs[0].branch_id
    with checker.read_book() as book:
        owned = [read_borrowers_loan(book, book.loans.get(branch, x.loan_id)) for x in theirs]
        assert book.cells.differences(branch) == 0
        assert book.day_ends.last_closed(branch) == until
    found = classes_until([each.classed for each in owned], until, rulebook)
    for own in owned:
        loan, standing = own.loan, found.standings[own.loan.loan_id]
        assert (loan.asset_class, loan.npa_since) == (standing.asset_class, standing.npa_since)
        assert loan.defaulted_on == standing.defaulted_on
        late = days_past_due(own.classed.oldest_unpaid_due(until), until, rulebook)
        assert loan.dpd_bucket is dpd_bucket(late)
        stands = (loan.asset_class, own.balance_on(until))
        assert loan.provision_paise == provision_at(own.secured, stands, until, rulebook)
        entered = [(day, word) for day, word in timeline(checker, loan.loan_id)]
        moved = [
            (s.on, str(s.after.asset_class))
            for s in found.steps
            if s.loan_id == loan.loan_id and s.moved
        ]
        kept, before = [], "Standard"
        for day, word in entered:
            if word != before:
                kept.append((day, word))
            before = word
        assert kept == moved
