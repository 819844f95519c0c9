"""What was paid out between two days, against a plain count over the same records."""

from datetime import timedelta

import pytest

from db.unit_of_work import UnitOfWork
from tests.db.portfolio_book import AS_OF, BRANCH, SmallBook


@pytest.fixture
def small(unguarded: UnitOfWork, samples, make_loan) -> SmallBook:
    made = SmallBook(samples, make_loan)
    made.write(unguarded)
    return made


@pytest.mark.parametrize("branch_id", [BRANCH, None])
def test_what_was_paid_out_between_two_days(book: UnitOfWork, small: SmallBook, branch_id) -> None:
    days = sorted(one.disbursement_date for one in small.disbursements)
    spans = [
        (days[0], days[-1]),
        (days[10], days[20]),
        (days[10], days[10]),
        (days[10] + timedelta(days=1), days[20] - timedelta(days=1)),
        (AS_OF + timedelta(days=1), AS_OF + timedelta(days=9)),
    ]
    found = [book.portfolio.disbursed_between(branch_id, first, last) for first, last in spans]
    assert found == [
        sum(d.amount_paise for d in small.disbursements if first <= d.disbursement_date <= last)
        for first, last in spans
    ]
    assert found[0] > found[1] > found[3] > found[4] == 0
    assert found[2] > 0


def test_another_branch_has_paid_out_nothing(book: UnitOfWork, small: SmallBook) -> None:
    first = min(one.disbursement_date for one in small.disbursements)
    assert book.portfolio.disbursed_between(413, first, AS_OF) == 0
