"""The scores a customer has had, each with its model and whether it still speaks.

Source: screens.md S21, explanations.md X1.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.services.steps.outdated_score import score_is_outdated
from db.vocabulary.decisions import RiskLevel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.records.applications import Application, Assessment
    from db.records.lists import ApplicationRow
    from db.records.people import Customer
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ScoreMade:
    """One score of the past.

    Attributes:
        replaced: a newer score of the same application stands in its place.
        outdated: facts changed since, while the application is open.
    """

    at: datetime
    score_hundredths: int
    level: RiskLevel
    model_id: str
    application_id: UUID
    reference: str
    replaced: bool = False
    outdated: bool = False


def scores_of(
    book: "UnitOfWork", customer: "Customer", rows: "Sequence[ApplicationRow]"
) -> tuple[ScoreMade, ...]:
    """Every score of a customer, oldest first; an open one is held against the facts of today."""
    branch_id = customer.branch_id
    made = book.applications.scores_of_customer(branch_id, customer.customer_id)
    ids = [row.application_id for row in rows]
    by_id = {each.application_id: each for each in book.applications.get_many(branch_id, ids)}
    return tuple(_score(book, by_id[each.application_id], customer, each) for each in made)


def _score(
    book: "UnitOfWork", application: "Application", customer: "Customer", made: "Assessment"
) -> ScoreMade:
    replaced = made.assessment_id != application.assessment_id
    return ScoreMade(
        at=made.assessed_at,
        score_hundredths=made.credit_score_hundredths,
        level=made.risk_level,
        model_id=made.model_id,
        application_id=application.application_id,
        reference=application.reference,
        replaced=replaced,
        outdated=not replaced and score_is_outdated(book, application, customer, made),
    )
