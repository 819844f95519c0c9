"""Where a branch stands between its day-ends, and what a row of a closed day corrects."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.services.post_repayment import PostRepayment, post_repayment, preview_repayment
from app.services.reverse_repayment import (
    DecideReversal,
    ProposeReversal,
    confirm_reversal,
    propose_reversal,
)
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.open_account import row_maker
from app.services.steps.reclassify import reclassify
from app.services.steps.row_posting import BookDay, book_day, lock_account
from db.records.day_end import DayEnd
from db.records.refusals import NotFound
from db.vocabulary.loan_account import DpdBucket
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.people import Role
from tests.services.class_books import supervisor_of
from tests.services.running_loans import LoanPlanned, running_loan
from tests.services.test_post_repayment import EMI, PLANNED, consistent, upi

TODAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def both(someone) -> Desk:
    return someone("bela", Role.OFFICER, Role.SUPERVISOR)


@pytest.fixture
def checker(someone) -> Desk:
    return someone("meera", Role.SUPERVISOR)


def closed_at(desk: Desk, loan, day: date) -> None:
    """Close a day: classes stand as the ledgers say."""
    with desk.open_book() as book:
        actor_id = supervisor_of(book, loan.branch_id)
        row = DayEnd(day, desk.clock.now(), actor_id, 1, 0, 0, 0, "{}")
        book.day_ends.add(loan.branch_id, row)
        reclassify(book, loan, loan.first_due_date, desk.rulebook(), row_maker(desk))
        book.commit()


def test_the_next_day_end_is_the_first_that_is_not_closed() -> None:
    assert BookDay(TODAY, None).next_day_end == TODAY
    assert BookDay(TODAY, TODAY - ONE_DAY).next_day_end == TODAY
    assert BookDay(TODAY, TODAY).next_day_end == TODAY + ONE_DAY
    assert not BookDay(TODAY, None).moves_classes(TODAY)
    assert not BookDay(TODAY, TODAY - ONE_DAY).moves_classes(TODAY)
    assert BookDay(TODAY, TODAY).moves_classes(TODAY)


def test_a_loan_is_locked_by_either_name(desk, checker, submitted) -> None:
    loan = running_loan(desk, checker, submitted.application_id, LoanPlanned())
    with desk.open_book() as book:
        day = book_day(book, loan.branch_id, desk)
        assert day == BookDay(TODAY, None)
        for known in (day, replace(day, last_closed=TODAY)):
            for name in (loan.loan_id, loan.reference):
                assert lock_account(book, loan.branch_id, name, TODAY, known) == loan
        for wrong in (submitted.application_id, "L-9", "nonsense"):
            with pytest.raises(NotFound):
                lock_account(book, loan.branch_id, wrong, TODAY, day)


def test_a_receipt_of_a_closed_day_corrects_its_class_and_a_reversal_puts_it_back(
    desk, both, checker, submitted
) -> None:
    loan = running_loan(desk, checker, submitted.application_id, PLANNED)
    closed_at(desk, loan, TODAY - ONE_DAY)
    stood = consistent(desk, loan)[0]
    assert (stood.asset_class, stood.dpd_bucket) == (AssetClass.SMA_2, DpdBucket.TO_90)
    facts = upi(3 * EMI, value_date=TODAY - 2 * ONE_DAY)
    shown = preview_repayment(loan.loan_id, facts, both)
    done = post_repayment(PostRepayment(new_id(both), loan.loan_id, facts), both)
    assert done.effect == shown.effect
    after = consistent(desk, loan)[0]
    assert (after.asset_class, after.dpd_bucket) == (AssetClass.STANDARD, DpdBucket.NONE)
    assert after.version == done.version
    with desk.read_book() as book:
        entries = book.loans.npa_entries(loan.branch_id, loan.loan_id)
    assert [each.business_date for each in entries][-1] == TODAY - 2 * ONE_DAY
    propose_reversal(ProposeReversal(new_id(desk), done.repayment_id, "REV-BOUNCE"), desk)
    confirm_reversal(DecideReversal(new_id(checker), done.repayment_id), checker)
    back = consistent(desk, loan)[0]
    assert replace(back, version=stood.version) == stood


def test_a_receipt_of_an_open_day_leaves_the_class_to_the_day_end(desk, checker, submitted) -> None:
    loan = running_loan(desk, checker, submitted.application_id, PLANNED)
    closed_at(desk, loan, TODAY - ONE_DAY)
    done = post_repayment(PostRepayment(new_id(desk), loan.loan_id, upi(3 * EMI)), desk)
    assert done.effect.after.asset_class is AssetClass.STANDARD
    assert consistent(desk, loan)[0].asset_class is AssetClass.SMA_2


def test_an_npa_that_was_paid_in_time_never_was_one(desk, both, checker, submitted) -> None:
    """The outlook of a back-dated receipt is the corrected class, not the sticky one."""
    planned = LoanPlanned(disbursed_on=date(2025, 11, 5), paid=8)  # since 5 Aug: 91 days on 3 Nov
    desk.clock.day = date(2026, 11, 5)
    loan = running_loan(desk, checker, submitted.application_id, planned)
    closed_at(desk, loan, date(2026, 11, 4))
    assert consistent(desk, loan)[0].asset_class is AssetClass.SUB_STANDARD
    facts = upi(EMI, value_date=date(2026, 11, 2))
    shown = preview_repayment(loan.loan_id, facts, both)
    assert shown.effect.before.asset_class is AssetClass.SUB_STANDARD
    assert shown.effect.after.asset_class is AssetClass.SMA_2
    post_repayment(PostRepayment(new_id(both), loan.loan_id, facts), both)
    after = consistent(desk, loan)[0]
    assert (after.asset_class, after.npa_since) == (AssetClass.SMA_2, None)  # 61 days on 4 Nov
