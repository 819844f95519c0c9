"""A loan of a sample book: what it grew from, and its life."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.rules.loan_plan import LoanPlan
from app.services.steps.class_history import Facility
from app.services.steps.loan_history import Behaviour, LoanLife
from db.records.applications import Application
from ml.sample.drawn_book import DrawnApplication


@dataclass(frozen=True, slots=True)
class LoanSeed:
    """An approved application, how its borrower will pay, and the loan's reference."""

    application: Application
    drawn: DrawnApplication
    behaviour: Behaviour
    reference: str


@dataclass(frozen=True, slots=True)
class SampleLoan:
    """A loan that has been lived through; its class comes from all loans of the borrower."""

    seed: LoanSeed
    loan_id: UUID
    sanctioned_on: date
    disbursed_on: date
    plan: LoanPlan
    life: LoanLife
    facility: Facility
