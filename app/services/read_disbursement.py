"""Look at a payment before it is proposed or confirmed: checks, terms and the schedule it starts.

Source: screens.md S63. Nothing is stored; the same checks are made again when the payment is
proposed and once more when it is confirmed.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act, may
from app.services.steps.disbursed_loan import DisbursedLoan, disbursed_loan
from app.services.steps.disbursement_case import (
    DisbursementCase,
    posted_on,
    product_of_case,
    read_case_to_disburse,
    with_known,
)
from app.services.steps.disbursement_checks import (
    DisbursementCheck,
    Tell,
    disbursement_checks,
    nobody_waits,
    term_faults,
)
from app.services.steps.disbursement_terms import (
    DisbursementTerms,
    account_shown,
    own_account,
    terms_kept,
    tidy_terms,
)
from app.services.steps.permission import permit
from app.services.steps.plain_json import PlainFormError
from app.services.steps.refusal import Refused
from db.records.loans import Loan, LoanActRecord
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import ApplicationStatus, DisbursementMode

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class DisbursementView:
    """A payment as it stands.

    Attributes:
        terms: those that wait for the second person, else those given or usual.
        faults: what is wrong with the terms, by field.
        loan: what the payment starts; None while the terms do not give it.
        waiting: the act that waits for a second person.
        account: where the money goes; `own_account` is the one on the customer's record, masked.
        paid_loan: the loan that was paid out; None before the first payment.
        paid_paise: of the newest payment that stands, on `paid_on`.
        may_act: the person may propose or confirm payments.
        may_confirm: the act that waits is another person's.
        may_reverse: the newest payment was posted today, and nothing waits.
    """

    application_id: UUID
    reference: str
    customer_name: str
    product_name: str
    status: ApplicationStatus
    sanctioned_paise: int
    left_paise: int
    account: str
    own_account: str
    terms: DisbursementTerms
    checks: tuple[DisbursementCheck, ...]
    faults: dict[str, str]
    loan: DisbursedLoan | None
    waiting: LoanActRecord | None
    paid_loan: Loan | None
    paid_on: date | None
    paid_paise: int
    maker_name: str
    may_act: bool
    may_confirm: bool
    may_reverse: bool

    @property
    def reversing(self) -> bool:
        """Whether it is a reversal that waits."""
        waiting = self.waiting
        return waiting is not None and waiting.act is LoanAct.DISBURSEMENT_REVERSAL


def read_disbursement(
    application_id: UUID,
    desk: "Desk",
    terms: DisbursementTerms | None = None,
    tell: Tell = nobody_waits,
) -> DisbursementView:
    """Make every check of a payment without storing anything.

    Args:
        application_id: what was approved.
        desk: who looks.
        terms: as they are being typed; None for the usual ones.
        tell: hears of each check as soon as it is made.

    Raises:
        Refused: the person may not read applications, or nothing is approved.
        NotFound: the branch has no such application.
    """
    permit(desk, Act.READ_APPLICATIONS)
    desk.rulebook()  # read before the book is held
    with desk.read_book() as book:
        case = read_case_to_disburse(book, application_id, desk)
    return _look(case, desk, terms, tell)


def _look(
    case: DisbursementCase, desk: "Desk", typed: DisbursementTerms | None, tell: Tell
) -> DisbursementView:
    """The view of a case that was read already."""
    terms = _terms(case, desk, typed)
    product = product_of_case(case, desk)
    checks = disbursement_checks(case, terms, product, desk, tell)
    faults = {} if case.is_paid else term_faults(case, terms, product, desk)
    loan = None
    try:
        loan = disbursed_loan(case.before_newest if case.is_paid else case, terms, desk)
    except Refused as refusal:
        faults = {**refusal.fields, **faults} or {"amount": refusal.sentence}
    person, waiting = desk.person(), case.waiting
    may_act = may(person.roles, Act.DISBURSE_LOAN)
    last = case.last_act
    return DisbursementView(
        application_id=case.application.application_id,
        reference=case.application.reference,
        customer_name=case.customer.full_name,
        product_name=product.name("en"),
        status=case.application.status,
        sanctioned_paise=case.terms.amount_paise,
        left_paise=case.left_paise,
        account=account_shown(terms, case.customer),
        own_account=own_account(case.customer),
        # The number is for whoever pays it out, until it is paid out.
        terms=terms if may_act and not case.is_paid else terms.masked,
        checks=checks,
        faults=faults,
        loan=loan,
        waiting=waiting,
        paid_loan=case.loan,
        paid_on=None if last is None else last.value_date,
        paid_paise=_newest_payment(case),
        maker_name="" if waiting is None else case.letter.names.get(waiting.maker_id, ""),
        may_act=may_act,
        may_confirm=may_act and waiting is not None and waiting.maker_id != person.user_id,
        may_reverse=may_act and waiting is None and posted_on(last) == desk.clock.today(),
    )


def _terms(
    case: DisbursementCase, desk: "Desk", typed: DisbursementTerms | None
) -> DisbursementTerms:
    waiting = case.waiting
    if waiting is not None and waiting.act is LoanAct.DISBURSEMENT:
        return terms_kept(waiting)
    today = desk.clock.today()
    if case.is_paid and case.loan is not None:
        return _paid_terms(case, case.loan)
    if typed is not None:
        return with_known(case, tidy_terms(typed))
    usual = DisbursementTerms(case.left_paise, today, DisbursementMode.ACCOUNT_CREDIT)
    return with_known(case, usual)


def _paid_terms(case: DisbursementCase, loan: Loan) -> DisbursementTerms:
    """The terms of the newest payment; what a sample book keeps of them is less."""
    mode = DisbursementMode.ACCOUNT_CREDIT
    usual = DisbursementTerms(case.paid_paise, loan.disbursement_date, mode, loan.first_due_date)
    if case.last_act is None:
        return usual
    try:
        return terms_kept(case.last_act)
    except (PlainFormError, ValueError):
        return usual


def _newest_payment(case: DisbursementCase) -> int:
    act = case.last_act
    found = [each.amount_paise for each in case.paid if act and each.act_id == act.act_id]
    return found[0] if found else 0
