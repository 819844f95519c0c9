"""An approved application about to be paid out: everything read from the book at one moment.

Source: screens.md S63, lending-rules.md 7.2. The Key Facts Statement that counts is the original
that speaks of the standing decision; the loan is the one that earlier parts were paid out on.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.bank_time import bank_day
from app.rules.case_standing import Terms
from app.services.steps.case_work import terms_of
from app.services.steps.disbursement_terms import DisbursementTerms, terms_kept
from app.services.steps.letter_case import LetterCase, read_letter_case
from app.services.steps.refusal import RefusalKind, Refused
from db.records.documents import DocumentRecord
from db.records.loans import Disbursement, Loan, LoanActRecord
from db.vocabulary.loan_account import ActState, LoanAct
from db.vocabulary.loan_life import ApplicationStatus, DocumentKind, LetterKind, LetterStatus

if TYPE_CHECKING:
    from app.rules.products import Product
    from app.services.steps.desk import Desk
    from db.records.applications import Application
    from db.records.people import Customer
    from db.unit_of_work import UnitOfWork


_OPEN = frozenset({ApplicationStatus.APPROVED, ApplicationStatus.DISBURSED})


@dataclass(frozen=True, slots=True)
class DisbursementCase:
    """What checks, proposal and confirmation look at.

    Attributes:
        letter: the decided case, as its letters see it.
        terms: that were sanctioned.
        statement: the Key Facts Statement that counts; None while none was issued.
        statement_values: what the statement was printed from, canonical JSON; empty without one.
        papers: kinds of the papers on file.
        waiting: the disbursement or its reversal that waits for a second person.
        loan: that parts were paid out on; None before the first.
        paid: payments out of that loan, reversals among them.
        last_act: the posted disbursement behind the newest payment.
    """

    letter: LetterCase
    terms: Terms
    statement: DocumentRecord | None
    statement_values: str
    papers: frozenset[DocumentKind]
    waiting: LoanActRecord | None
    loan: Loan | None = None
    paid: tuple[Disbursement, ...] = ()
    last_act: LoanActRecord | None = None

    @property
    def application(self) -> "Application":
        """The application that was approved."""
        return self.letter.opened.application

    @property
    def customer(self) -> "Customer":
        """Who gets the money."""
        return self.letter.customer

    @property
    def sanctioned_on(self) -> date:
        """The business day of the decision."""
        return bank_day(self.letter.step.at)

    @property
    def accepted_on(self) -> date | None:
        """When the statement was accepted."""
        found = self.statement
        accepted = found is not None and found.status is LetterStatus.ACCEPTED
        return found.accepted_on if accepted and found is not None else None

    @property
    def paid_paise(self) -> int:
        """Paid out so far."""
        return sum(each.amount_paise for each in self.paid)

    @property
    def left_paise(self) -> int:
        """Sanctioned and not yet paid out."""
        return self.terms.amount_paise - self.paid_paise

    @property
    def is_paid(self) -> bool:
        """Whether nothing more is to be paid out, or the newest payment is to be taken back."""
        reversing = self.waiting is not None and self.waiting.act is LoanAct.DISBURSEMENT_REVERSAL
        return self.loan is not None and (self.left_paise <= 0 or reversing)

    @property
    def before_newest(self) -> "DisbursementCase":
        """The case as it stood when its newest payment was proposed."""
        newest = None if self.last_act is None else self.last_act.act_id
        earlier = tuple(each for each in standing_payments(self.paid) if each.act_id != newest)
        return replace(self, paid=earlier, loan=self.loan if earlier else None)


def read_case_to_disburse(
    book: "UnitOfWork", application_id: UUID, desk: "Desk"
) -> DisbursementCase:
    """Read what a disbursement stands on.

    Raises:
        Refused: nothing is approved that could be paid out.
        NotFound: the branch has no such application.
    """
    branch_id = desk.person().branch_id
    letter = read_letter_case(book, application_id, LetterKind.KFS, desk)
    terms = terms_of(letter.step)
    if terms is None:
        raise Refused(RefusalKind.CONFLICT, "This decision has no terms to pay out")
    letters = book.documents.of_application(branch_id, application_id)
    statement = _statement(letters, letter.step.step_id)
    values = ""
    if statement is not None:
        values = book.documents.content(branch_id, statement.document_id)[1]
    acts = book.acts.of(branch_id, application_id=application_id)
    last = _last_posted(acts)
    loan: Loan | None = None
    paid: tuple[Disbursement, ...] = ()
    if last is not None and last.loan_id is not None:
        out = book.loans.disbursements(branch_id, last.loan_id)
        if sum(each.amount_paise for each in out):  # nothing is left of one that was taken back
            loan, paid = book.loans.get(branch_id, last.loan_id), out
    return DisbursementCase(
        letter=letter,
        terms=terms,
        statement=statement,
        statement_values=values,
        papers=frozenset(
            each.kind for each in book.attachments.of_application(branch_id, application_id)
        ),
        waiting=waiting_act(acts),
        loan=loan,
        paid=paid,
        last_act=_last_posted(acts, standing_payments(paid)),
    )


def product_of_case(case: DisbursementCase, desk: "Desk") -> "Product":
    """The product as it stood on the day of sanction.

    Raises:
        NoProductInForceError: it was not offered then.
    """
    return desk.rulebook().product(case.application.product_code, case.sanctioned_on)


def with_known(case: DisbursementCase, terms: DisbursementTerms) -> DisbursementTerms:
    """Terms of a later part: what the part before it was paid out on need not be typed again."""
    if case.loan is None or case.last_act is None or case.left_paise <= 0:
        return terms
    before = terms_kept(case.last_act)
    return replace(
        terms,
        first_due_date=terms.first_due_date or case.loan.first_due_date,
        agreement_date=terms.agreement_date or before.agreement_date,
        mandate_reference=terms.mandate_reference or before.mandate_reference,
        insurance_reference=terms.insurance_reference or before.insurance_reference,
    )


def check_open(case: DisbursementCase) -> None:
    """Money goes out on an approved application only.

    Raises:
        Refused: it is in another state, or all of it was paid out.
    """
    status = case.application.status
    if status not in _OPEN:
        raise Refused(
            RefusalKind.CONFLICT, f"This application is {status.value}: nothing is paid out on it"
        )
    if case.left_paise <= 0:
        raise Refused(RefusalKind.CONFLICT, "All of this loan has been paid out already")


def posted_on(act: LoanActRecord | None) -> date | None:
    """The business day on which a payment was confirmed; None where that was not kept."""
    kept = None if act is None else json.loads(act.after).get("posted_on")
    return None if kept is None else date.fromisoformat(str(kept))


def waiting_act(acts: Sequence[LoanActRecord]) -> LoanActRecord | None:
    """The disbursement, or reversal of one, that waits for a second person."""
    ours = {LoanAct.DISBURSEMENT, LoanAct.DISBURSEMENT_REVERSAL}
    return next(
        (each for each in acts if each.act in ours and each.state is ActState.PROPOSED), None
    )


def standing_payments(paid: Sequence[Disbursement]) -> tuple[Disbursement, ...]:
    """Payments that were not taken back, in date order."""
    undone = {each.reverses_id for each in paid}
    stands = [
        each for each in paid if each.reverses_id is None and each.disbursement_id not in undone
    ]
    return tuple(sorted(stands, key=lambda each: each.disbursement_date))


def _last_posted(
    acts: Sequence[LoanActRecord], paid: Sequence[Disbursement] | None = None
) -> LoanActRecord | None:
    """The newest disbursement that was confirmed, among those of payments where they are named."""
    wanted = None if paid is None else {each.act_id for each in paid}
    posted = [
        each
        for each in acts
        if each.act is LoanAct.DISBURSEMENT
        and each.state is ActState.POSTED
        and (wanted is None or each.act_id in wanted)
    ]
    return max(posted, key=lambda each: (each.decided_at, each.act_id.bytes), default=None)


def _statement(letters: Sequence[DocumentRecord], step_id: UUID) -> DocumentRecord | None:
    """The original that counts: an accepted one before others, of any language."""
    standing = [
        each
        for each in letters
        if each.kind is LetterKind.KFS
        and each.copy_of is None
        and each.step_id == step_id
        and each.status is not LetterStatus.VOID
    ]
    accepted = [each for each in standing if each.status is LetterStatus.ACCEPTED]
    return next(iter(accepted or standing), None)
