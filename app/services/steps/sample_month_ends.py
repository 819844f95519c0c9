"""What the month ends of a sample book would have kept of its open loans.

Source: data-and-sync.md 3. A sample book never closed a day, but its lines, roll rates and looks
back need month ends; classes, buckets and provisions are those of the borrowers' replays.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from app.rules.days_past_due import days_past_due
from app.rules.dpd_bucket import dpd_bucket
from app.services.steps.class_history import (
    BorrowerHistory,
    ClassMove,
    Facility,
    provision_of,
)
from app.services.steps.sample_frame import SampleFrame
from app.services.steps.sample_loan import SampleLoan
from db.records.day_end import MonthEndLoan
from db.records.months import months_until
from db.vocabulary.loan_life import AssetClass

MONTHS = 13  # a year of steps from one month end to the next


def month_ends_of(
    loans: Sequence[SampleLoan], histories: Sequence[BorrowerHistory], frame: SampleFrame
) -> Iterator[MonthEndLoan]:
    """Every open loan of the last month ends, the oldest month first.

    The book's own day is one of them where it ends a month.
    """
    moves: defaultdict[object, list[ClassMove]] = defaultdict(list)
    for history in histories:
        for move in history.moves:
            moves[move.loan_id].append(move)
    for span in months_until(frame.as_of, MONTHS):
        if span.ends_month:
            for loan in loans:
                if _open_after(loan.facility, span.last):
                    yield _kept(loan, moves[loan.loan_id], span.last, frame)


def _open_after(facility: Facility, day: date) -> bool:
    """Whether the loan is owed once the day is closed."""
    closed = facility.life.closed_on
    return facility.disbursed_on <= day and (closed is None or closed > day)


def _kept(
    loan: SampleLoan, moves: Sequence[ClassMove], day: date, frame: SampleFrame
) -> MonthEndLoan:
    life = loan.life
    entered = [each for each in moves if each.business_date <= day]
    newest = max(entered, key=lambda each: each.business_date, default=None)
    asset_class = newest.asset_class if newest else AssetClass.STANDARD
    days = days_past_due(life.oldest_unpaid_due(day), day, frame.rulebook)
    fallen = sum(
        each.interest_paise + each.principal_paise
        for each in life.instalments
        if each.due_date <= day
    )
    paid = sum(
        each.split.interest_paise + each.split.principal_paise
        for each in life.postings
        if each.receipt.value_date <= day
    )
    return MonthEndLoan(
        month_end=day,
        loan_id=loan.loan_id,
        asset_class=asset_class,
        dpd_bucket=dpd_bucket(days),
        outstanding_paise=life.balance(day),
        overdue_paise=max(fallen - paid, 0),
        provision_paise=provision_of(loan.facility, asset_class, day, frame.rulebook),
    )
