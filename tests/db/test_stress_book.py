"""The loans of a stress run: dues that a loan of ours closed are gone, old valuations count not."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from db.records.applications import Collateral
from db.records.day_end import ProvisionTerms
from db.records.loans import LoanBatch
from db.records.monitor import BookCut
from db.records.people import Obligation
from db.vocabulary.lending import CollateralType, ObligationType, RateType
from db.vocabulary.loan_life import LoanStatus

BRANCH, DAY = 412, date(2026, 9, 30)
CUT = BookCut(BRANCH, DAY, present=True)
TERMS = ProvisionTerms(
    standard={},
    secured=0,
    unsecured=0,
    doubtful={},
    doubtful_rest=0,
    loss=0,
    unsecured_at_most=0,
    valued_from={
        CollateralType.PROPERTY: date(2023, 9, 30),
        CollateralType.GOLD: date(2026, 8, 30),
    },
)


def due(number: int, paise: int, end: date | None = None) -> Obligation:
    return Obligation(UUID(int=number), "Bank", ObligationType.PERSONAL_LOAN, paise, 1_000, end)


def held(number: int, kind: CollateralType, paise: int, valued: date | None) -> Collateral:
    return Collateral(UUID(int=number), kind, paise, valued, 800_000)


@pytest.fixture
def lent(unguarded, samples, make_loan):
    """One borrower with two loans; one closed a due, and its security is of every age."""
    new = samples.customer()
    owner = replace(
        new.customer,
        obligations=(
            due(1, 100),
            due(2, 20),
            due(3, 3, DAY),
            due(4, 4_000, date(2026, 9, 29)),
        ),
    )
    new = replace(new, customer=owner)
    first = samples.application(
        owner,
        1001,
        rate_type=RateType.FLOATING,
        closed_obligations=(UUID(int=1),),
        guarantors=(),
        collateral=(
            held(11, CollateralType.PROPERTY, 500, date(2023, 9, 30)),
            held(12, CollateralType.PROPERTY, 70_000, date(2023, 9, 29)),
            held(13, CollateralType.GOLD, 30, date(2026, 9, 30)),
            held(14, CollateralType.GOLD, 4_000, date(2026, 10, 1)),
            held(15, CollateralType.VEHICLE, 600_000, DAY),
            held(16, CollateralType.PROPERTY, 9_000_000, None),
        ),
    )
    second = samples.application(owner, 1002, collateral=(), guarantors=())
    # A due that an application closed on paper only: it never became a loan.
    third = samples.application(
        owner, 1003, closed_obligations=(UUID(int=2),), collateral=(), guarantors=()
    )
    loans = (
        make_loan(first, 1001),
        make_loan(second, 1002, outstanding_paise=7, restructured_on=date(2026, 1, 1)),
        make_loan(second, 1003, outstanding_paise=0),
        make_loan(second, 1004, status=LoanStatus.WRITTEN_OFF),
    )
    unguarded.customers.add(new)
    unguarded.applications.add_many([first, second, third])
    unguarded.loans.add_many(BRANCH, LoanBatch(loans))
    return loans


def test_dues_security_and_terms_of_each_loan(book, lent):
    first, second = book.portfolio.stress.rows(CUT, TERMS)
    assert [row.loan_id for row in (first, second)] == [loan.loan_id for loan in lent[:2]]
    assert first.dues_paise == second.dues_paise == 20 + 3
    assert (first.security_paise, first.gold_paise) == (530, 30)
    assert first.security_start_paise == 500 + 70_000 + 30 + 4_000 + 600_000 + 9_000_000
    assert (second.security_paise, second.gold_paise, second.security_start_paise) == (0, 0, 0)
    assert (first.floating, second.floating) == (True, False)
    assert (first.restructured, second.restructured) == (False, True)
    assert (first.risk_level, second.risk_level) == (None, None)
    assert book.portfolio.stress.count(CUT) == 2


def test_it_is_read_in_one_statement(book, lent, statements):
    list(book.portfolio.stress.rows(CUT, TERMS))
    assert sum(statement.startswith("SELECT") for statement in statements) == 1
    assert len(lent) == 4


def test_a_cut_takes_its_own_loans(book, lent):
    stress = book.portfolio.stress
    assert stress.count(replace(CUT, product_code=lent[0].product_code)) == 2
    assert stress.count(replace(CUT, product_code="OTHER")) == 0
    assert stress.count(replace(CUT, officer_id=UUID(int=99))) == 0
    assert stress.count(replace(CUT, branch_id=413)) == 0
    assert stress.count(replace(CUT, branch_id=None)) == 2


def test_what_loans_have_become_by_the_day_they_were_paid_out(book, lent):
    (known,) = book.portfolio.stress.experience(BRANCH, DAY)
    assert (known.risk_level, known.matured, known.defaulted) == (None, 4, 0)
    assert book.portfolio.stress.experience(BRANCH, date(2025, 1, 1)) == ()
