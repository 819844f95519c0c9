"""Whether a stored score still speaks of the facts on record.

Source: explanations.md X1: a score of facts that changed since is said to be outdated.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from app.rules.case_facts import CaseFacts
from app.services.steps.case_builder import case_of_application
from app.services.steps.estimate_payload import case_from_payload
from db.vocabulary.loan_life import ApplicationStatus

if TYPE_CHECKING:
    from db.records.applications import Application, Assessment
    from db.records.people import Customer
    from db.unit_of_work import UnitOfWork

_OPEN = frozenset({ApplicationStatus.DRAFT, ApplicationStatus.PENDING, ApplicationStatus.RETURNED})


def is_outdated(status: ApplicationStatus, now: CaseFacts, scored: CaseFacts) -> bool:
    """Whether what people told us changed while the application is open.

    Our own record of the customer moves by itself and makes no score outdated.
    """
    same_record = replace(now, own_record=scored.own_record, papers=scored.papers)
    return status in _OPEN and same_record != scored


def score_is_outdated(
    book: "UnitOfWork", application: "Application", customer: "Customer", stored: "Assessment"
) -> bool:
    """The same for a stored assessment; a decided application is not built up again."""
    if application.status not in _OPEN:
        return False
    now = case_of_application(book, application, customer)
    return is_outdated(application.status, now, case_from_payload(stored.payload))
