"""A back-dated receipt adds class entries for the dates it changes; none is rewritten."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app.rules.money import share_of
from app.services.steps.reclassify import CORRECTED, reclassify
from db.vocabulary.loan_account import DpdBucket
from db.vocabulary.loan_life import AssetClass, LoanStatus
from db.vocabulary.people import Role
from tests.services.class_books import (
    close_by_hand,
    rebuild,
    receive,
    receive_in,
    row_maker,
    timeline,
)
from tests.services.running_loans import LoanPlanned, running_loan

V103 = [
    (date(2026, 4, 5), "SMA-0"),
    (date(2026, 5, 5), "SMA-1"),
    (date(2026, 6, 4), "SMA-2"),
    (date(2026, 7, 4), "Sub-Standard"),
]


@pytest.fixture
def two_loans(desk, someone, submitted):
    """One loan unpaid since 5 Apr 2026, and one that is paid on every due date."""
    checker = someone("meera", Role.SUPERVISOR)
    application = submitted.application_id
    bad = running_loan(desk, checker, application, LoanPlanned(paid=4), 1001)
    good = running_loan(desk, checker, application, LoanPlanned(paid=12), 1002)
    return bad, good


def stored(desk, loan):
    with desk.read_book() as book:
        return book.loans.get(loan.branch_id, loan.loan_id)


def cells_agree(desk, loan) -> bool:
    with desk.read_book() as book:
        return book.cells.all(loan.branch_id) == book.cells.counted(loan.branch_id)


def test_nothing_happens_before_a_day_is_closed(desk, two_loans) -> None:
    assert rebuild(desk, two_loans[0]) == ()
    close_by_hand(desk, date(2026, 3, 31))
    bad = two_loans[0]
    with desk.open_book() as book:
        assert reclassify(book, bad, date(2026, 4, 1), desk.rulebook(), row_maker(desk)) == ()


def test_a_rebuild_gives_the_dates_of_v103_and_the_spread_of_v111(desk, two_loans) -> None:
    bad, good = two_loans
    close_by_hand(desk, date(2026, 11, 4))
    assert len(rebuild(desk, bad)) == 5
    assert timeline(desk, bad.loan_id) == V103
    assert timeline(desk, good.loan_id) == [(date(2026, 7, 4), "Sub-Standard")]
    after = stored(desk, bad)
    assert (after.npa_since, after.defaulted_on) == (date(2026, 7, 4), date(2026, 7, 4))
    assert (after.status, after.dpd_bucket) == (LoanStatus.DEFAULTED, DpdBucket.OVER_90)
    assert after.provision_paise == share_of(
        after.outstanding_paise, 250_000
    )  # V123: nothing secures it
    assert stored(desk, good).dpd_bucket is DpdBucket.NONE  # its own days stay 0
    assert cells_agree(desk, bad)
    assert rebuild(desk, bad) == ()  # again = nothing


def test_a_back_dated_receipt_adds_entries_and_keeps_the_old_ones(desk, two_loans) -> None:
    bad, good = two_loans
    close_by_hand(desk, date(2026, 11, 4))
    first = rebuild(desk, bad)
    # The instalments of 5 Apr to 5 Jun arrived on 20 Jun: the loan was never 91 days behind then.
    added = receive(desk, bad.loan_id, date(2026, 6, 20), bad.emi_paise * 3)
    with desk.read_book() as book:
        entries = book.loans.npa_entries(bad.branch_id, bad.loan_id)
    assert {each.entry_id for each in first if each.loan_id == bad.loan_id} <= {
        each.entry_id for each in entries
    }
    # The account looks as if the receipt had been there all along.
    assert timeline(desk, bad.loan_id) == [
        *V103[:3],
        (date(2026, 6, 20), "Standard"),
        (date(2026, 7, 4), "Standard"),  # overrides what was recorded for that day
        (date(2026, 7, 5), "SMA-0"),
        (date(2026, 8, 4), "SMA-1"),
        (date(2026, 9, 3), "SMA-2"),
        (date(2026, 10, 3), "Sub-Standard"),
    ]
    assert CORRECTED in {each.cause for each in added}
    assert timeline(desk, good.loan_id)[-1] == (date(2026, 10, 3), "Sub-Standard")
    assert stored(desk, good).npa_since == date(2026, 10, 3)
    assert cells_agree(desk, bad)


def test_paying_all_arrears_back_dated_lifts_every_loan(desk, two_loans) -> None:
    bad, good = two_loans
    close_by_hand(desk, date(2026, 11, 4))
    rebuild(desk, bad)
    receive(desk, bad.loan_id, date(2026, 11, 4), bad.emi_paise * 7)  # Apr to Oct
    for loan in (bad, good):
        after = stored(desk, loan)
        assert (after.asset_class, after.npa_since) == (AssetClass.STANDARD, None)
        assert after.defaulted_on == date(2026, 7, 4)  # a cure does not undo that
    assert cells_agree(desk, bad)


def test_the_last_of_several_entries_of_one_instant_is_the_newest(desk, two_loans) -> None:
    """The clock stands still, and another process may give smaller keys than the one before."""
    bad, day = two_loans[0], date(2026, 6, 4)
    close_by_hand(desk, day)
    rebuild(desk, bad)
    falling = (UUID(int=number) for number in range(9_000, 0, -1))
    make = replace(row_maker(desk), new_id=lambda: next(falling))
    for word in ("SMA-1", "Standard"):
        with desk.open_book() as book:
            receive_in(book, desk, (bad.loan_id, day, bad.emi_paise), make)
            book.commit()
        assert timeline(desk, bad.loan_id)[-1] == (day, word)
        assert stored(desk, bad).asset_class == word
