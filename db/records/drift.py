"""What the drift report reads of the book."""

from datetime import date
from typing import NamedTuple

from db.vocabulary.decisions import Decision, Recommendation, RiskLevel


class ScoredApplication(NamedTuple):
    """One application with its newest score; the payload holds the values the model saw."""

    application_date: date
    credit_score_hundredths: int
    payload: str


class ScoredLoan(NamedTuple):
    """One loan with the score of its application and what became of it.

    Attributes:
        first_late: first day-end on which it stood in the classes past 30 days.
    """

    risk_probability: float
    risk_level: RiskLevel
    disbursed_on: date
    defaulted_on: date | None
    first_late: date | None


class DecidedCount(NamedTuple):
    """How many decisions of one kind followed one recommendation."""

    recommendation: Recommendation
    decision: Decision
    cases: int
