"""The head of a customer's page and its Overview: sums, last applications, scores, what waits.

Source: screens.md S21. Each tab of the page is read by itself, so that one that fails leaves the
others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.day_count import whole_years
from app.rules.days_past_due import days_past_due
from app.rules.permissions import Act, may
from app.rules.score_bands import ScoreScale, score_scale
from app.services.steps.closed_day import counted_to
from app.services.steps.customer_attention import (
    Attention,
    AttentionFacts,
    AttentionLine,
    attention_lines,
    kyc_soon_days,
)
from app.services.steps.customer_scores import ScoreMade, scores_of
from app.services.steps.permission import permit
from db.records.lists import ApplicationRow, LoanRow
from db.records.people import Customer
from db.records.refusals import NotFound
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.operations import RuleState

__all__ = ["Attention", "AttentionLine", "ScoreMade", "read_customer_head"]

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

LAST_APPLICATIONS = 5


@dataclass(frozen=True, slots=True)
class CustomerHead:
    """Who a customer is at a glance; `age` in whole years, None while not known."""

    customer: Customer
    age: int | None
    officer_name: str


@dataclass(frozen=True, slots=True)
class LoanSums:
    """Sums over all loans with us, in paise; how many there are, run, and are behind."""

    sanctioned_paise: int
    outstanding_paise: int
    overdue_paise: int
    loans: int
    running: int
    behind: int


@dataclass(frozen=True, slots=True)
class CustomerOverview:
    """The Overview.

    Attributes:
        sums: None where the person may not see loans.
        applications: the last ones, newest first; `more_applications` older ones are left out.
        scores: oldest first.
        scale: the range of the internal score and where its levels change today.
    """

    customer: Customer
    sums: LoanSums | None
    days_late: int
    applications: tuple[ApplicationRow, ...]
    more_applications: int
    scores: tuple[ScoreMade, ...]
    attention: tuple[AttentionLine, ...]
    scale: ScoreScale
    sees_applications: bool = True


def read_customer_head(customer_id: UUID, desk: "Desk") -> CustomerHead:
    """Read who a customer is.

    Raises:
        Refused: the person may not read customers.
        NotFound: the branch has no such customer.
    """
    branch_id = permit(desk, Act.READ_CUSTOMERS).branch_id
    with desk.read_book() as book:
        customer = book.customers.get(branch_id, customer_id)
        officer = _officer_name(book, customer)
    born, today = customer.date_of_birth, desk.clock.today()
    return CustomerHead(
        customer=customer,
        age=None if born is None else whole_years(born, today),
        officer_name=officer,
    )


def read_customer_overview(customer_id: UUID, desk: "Desk") -> CustomerOverview:
    """Read the Overview; what the person's role may not read is left out.

    Raises:
        Refused: the person may not read customers.
        NotFound: the branch has no such customer.
    """
    person = permit(desk, Act.READ_CUSTOMERS)
    own = (person.branch_id, customer_id)
    sees = {act: may(person.roles, act) for act in (Act.READ_LOANS, Act.READ_APPLICATIONS)}
    today, rulebook = desk.clock.today(), desk.rulebook()
    with desk.read_book() as book:
        customer = book.customers.get(*own)
        facts = AttentionFacts(
            customer,
            today,
            kyc_soon_days(rulebook, today),
            loans=book.loans.of_customer(*own) if sees[Act.READ_LOANS] else (),
            waiting=len(book.corrections.of_customer(*own, RuleState.PROPOSED)),
            drafts=book.drafts.of_user(person.branch_id, person.user_id),
        )
        if sees[Act.READ_APPLICATIONS]:
            rows = book.applications.of_customer(*own)
            facts = replace(facts, applications=rows, scores=scores_of(book, customer, rows))
        day_end = counted_to(book, person.branch_id, facts.today)
    facts = replace(facts, days_late=_days_late(facts.loans, day_end, rulebook))
    newest = sorted(
        facts.applications, key=lambda row: (row.application_date, row.reference), reverse=True
    )
    return CustomerOverview(
        customer=customer,
        sums=_sums(facts.loans) if sees[Act.READ_LOANS] else None,
        days_late=facts.days_late,
        applications=tuple(newest[:LAST_APPLICATIONS]),
        more_applications=max(len(newest) - LAST_APPLICATIONS, 0),
        scores=tuple(facts.scores),
        attention=attention_lines(facts),
        scale=score_scale(rulebook, today),
        sees_applications=sees[Act.READ_APPLICATIONS],
    )


def _days_late(loans: Sequence[LoanRow], day_end: date, rulebook: "Rulebook") -> int:
    return max(
        (days_past_due(each.oldest_unpaid_due, day_end, rulebook) for each in loans), default=0
    )


def _sums(loans: Sequence[LoanRow]) -> LoanSums:
    return LoanSums(
        sanctioned_paise=sum(each.principal_paise for each in loans),
        outstanding_paise=sum(each.outstanding_paise for each in loans),
        overdue_paise=sum(each.overdue_paise for each in loans),
        loans=len(loans),
        running=sum(each.status is not LoanStatus.CLOSED for each in loans),
        behind=sum(each.overdue_paise > 0 for each in loans),
    )


def _officer_name(book: "UnitOfWork", customer: Customer) -> str:
    if customer.officer_id is None:
        return ""
    try:
        return book.users.get(customer.officer_id).full_name
    except NotFound:  # an imported book may name people of another bank
        return ""
