"""Who stands beside a borrower and is in default, on both engines."""

from dataclasses import replace
from datetime import date

import pytest

from db.records.applications import CoApplicant, Guarantor
from db.records.loans import LoanBatch
from db.records.people import Customer, IdentityNumbers
from db.vocabulary.loan_life import AssetClass, LoanStatus
from db.vocabulary.people import Relationship
from tests.db.conftest import BRANCH

OVER = date(2026, 9, 1)
STANDINGS = {
    "in default": {"status": LoanStatus.DEFAULTED, "asset_class": AssetClass.SMA_2},
    "NPA": {"asset_class": AssetClass.SUB_STANDARD},
    "late": {"asset_class": AssetClass.SMA_2},
    "paid back since": {
        "status": LoanStatus.CLOSED, "asset_class": AssetClass.DOUBTFUL_1, "closed_on": OVER,
    },
}  # fmt: skip
BAD = {"in default", "NPA"}


class Neighbours:
    """People with a loan of each standing, and the loans beside which they stand."""

    def __init__(self, book, samples, make_loan) -> None:
        self._book, self._samples, self._make_loan = book, samples, make_loan
        self._numbers = iter(range(2_001, 3_000))
        self._borrower = self._person(None)
        self.people = {standing: self._debtor(**facts) for standing, facts in STANDINGS.items()}

    def _person(self, pan: str | None) -> Customer:
        numbers = IdentityNumbers(pan_number=pan)
        new = self._samples.customer(next(self._numbers), numbers=numbers)
        self._book.customers.add(new)
        return new.customer

    def _debtor(self, **facts: object) -> tuple[Customer, str]:
        pan = f"ACUPR{next(self._numbers)}K"
        person = self._person(pan)
        self._lend(person, **facts)
        return person, pan

    def _lend(self, customer: Customer, beside: dict[str, object] | None = None, **facts: object):
        number = next(self._numbers)
        application = self._samples.application(customer, number, guarantors=())
        application = replace(application, **(beside or {}))
        self._book.applications.add(application)
        loan = self._make_loan(application, number, **facts)
        self._book.loans.add_many(BRANCH, LoanBatch((loan,)))
        return loan.loan_id

    def with_co_applicant(self, standing: str, **facts: object):
        person, _ = self.people[standing]
        joint = CoApplicant(person.customer_id, Relationship.SPOUSE, income_counted=False)
        return self._lend(self._borrower, {"co_applicants": (joint,)}, **facts)

    def with_guarantor(self, pan: str | None):
        behind = Guarantor(self._samples.new_id(), "Meena", Relationship.SPOUSE, pan_number=pan)
        return self._lend(self._borrower, {"guarantors": (behind,)})


@pytest.fixture
def made(unguarded, samples, make_loan) -> Neighbours:
    return Neighbours(unguarded, samples, make_loan)


def test_only_a_cosigner_who_is_in_default_is_a_sign(unguarded, made) -> None:
    joint = {standing: made.with_co_applicant(standing) for standing in STANDINGS}
    behind = {standing: made.with_guarantor(pan) for standing, (_, pan) in made.people.items()}
    made.with_guarantor(None)
    made.with_guarantor("ZZZPZ9999Z")  # nobody of ours
    made.with_co_applicant("NPA", status=LoanStatus.CLOSED, closed_on=OVER)
    found = unguarded.follow_ups.standing.with_defaulted_cosigners(BRANCH)
    assert found == {each[standing] for each in (joint, behind) for standing in BAD}
    assert unguarded.follow_ups.standing.with_defaulted_cosigners(BRANCH + 1) == frozenset()
