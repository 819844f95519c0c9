"""What the form needs from the book, read once on the database lane, and the case it builds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.rules.application_figures import ApplicationFigures, figures_of
from app.rules.case_facts import CaseFacts, OwnRecord
from app.rules.credit_policy import PolicyLine, policy_lines
from app.rules.paper_checklist import PaperLine
from app.rules.policy_findings import CaseView
from app.rules.policy_papers import paper_lines
from app.rules.rulebook import Rulebook
from app.rules.wording import Wording
from app.services.attach_document import Attachment, papers_of
from app.services.keep_draft import open_draft
from app.services.read_application import read_application
from app.services.read_customer import read_customer
from app.services.steps.application_facts import ApplicationFacts
from app.services.steps.case_builder import (
    ApplicationContext,
    application_context,
    case_of,
)
from app.services.steps.desk import Desk
from app.services.steps.shipped_words import shipped_words
from app.ui.screens.application_form.form_draft import draft_of_copy, papers_of_draft
from app.ui.screens.application_form.form_values import CoApplicantEntry
from db.records.applications import Application


@dataclass(frozen=True, slots=True)
class FormContext:
    """The rules of today and, once picked, the customer with the own record."""

    rulebook: Rulebook
    wording: Wording
    today: date
    customer: ApplicationContext | None = None
    draft: dict[str, object] | None = None
    papers: tuple[Attachment, ...] = ()
    co_incomes: Mapping[UUID, int] = field(default_factory=dict)

    def case(self, facts: ApplicationFacts) -> CaseFacts:
        """The case as it stands; without a customer the applicant is unknown."""
        context = self.customer
        if context is None:
            return case_of(facts, None, OwnRecord(), self.co_incomes, self.today)
        return case_of(facts, context.customer, context.own_record, self.co_incomes, self.today)

    def figures(self, case: CaseFacts) -> ApplicationFigures:
        """Live figures: plain arithmetic, no book."""
        return figures_of(case, self.rulebook)

    def notes(self, case: CaseFacts, figures: ApplicationFigures) -> tuple[PolicyLine, ...]:
        """Policy lines of the present typing."""
        return policy_lines(case, figures, self.rulebook, self.wording)

    def paper_lines(self, case: CaseFacts, figures: ApplicationFigures) -> tuple[PaperLine, ...]:
        """The checklist of the present typing."""
        return paper_lines(CaseView(case, figures, self.rulebook, self.wording))


@dataclass(frozen=True, slots=True)
class FormStart:
    """What a form begins with: a customer, a kept draft, or an application to copy."""

    customer_id: UUID | None = None
    draft_id: UUID | None = None
    copy_of: UUID | None = None


def read_context(start: FormStart, desk: Desk) -> FormContext:
    """Read rules, draft and customer (database lane)."""
    draft, customer_id = None, start.customer_id
    if start.draft_id is not None:
        draft = open_draft(start.draft_id, desk)
    elif start.copy_of is not None:
        copied = read_application(start.copy_of, desk).application
        draft = draft_of_copy(copied, _co_applicants(copied, desk))
    if draft is not None and customer_id is None and draft.get("customer_id"):
        customer_id = UUID(str(draft["customer_id"]))
    return FormContext(
        rulebook=desk.rulebook(),
        wording=shipped_words(),
        today=desk.clock.today(),
        customer=None if customer_id is None else application_context(customer_id, desk),
        draft=draft,
        papers=() if draft is None else papers_of(papers_of_draft(draft), desk),
    )


def _co_applicants(copied: Application, desk: Desk) -> tuple[CoApplicantEntry, ...]:
    people = [read_customer(each.customer_id, desk).customer for each in copied.co_applicants]
    return tuple(
        CoApplicantEntry(person, f"{customer.full_name}, {customer.reference}, {customer.city}")
        for person, customer in zip(copied.co_applicants, people, strict=True)
    )
