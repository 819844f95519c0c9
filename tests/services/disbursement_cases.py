"""Applications that were approved, with an accepted statement, and their payments."""

from dataclasses import replace
from datetime import timedelta

from app.services.disburse_loan import (
    DecideDisbursement,
    ProposeDisbursement,
    confirm_disbursement,
    propose_disbursement,
)
from app.services.issue_documents import RecordAcceptance, record_acceptance
from app.services.steps.disbursement_terms import DisbursementTerms
from app.services.steps.ids import new_id
from db.vocabulary.loan_life import DisbursementMode, LetterKind
from tests.services.letter_cases import decided, made

ACCOUNT, IFSC = "50100012345678", "HDFC0001234"
MASKED = "XXXXXXXXXX5678"
LENT = 100_000_000


def accepted(desk, checker, submitted):
    """Approve the case, issue its Key Facts Statement and have it accepted today."""
    decided(desk, checker, submitted)
    letter = made(desk, submitted, LetterKind.KFS)
    record_acceptance(RecordAcceptance(new_id(desk), letter.document_id, desk.clock.today()), desk)
    return submitted


def wanted(desk, **changes) -> DisbursementTerms:
    """All of the loan, today, to an account of the borrower."""
    today = desk.clock.today()
    terms = DisbursementTerms(
        amount_paise=LENT,
        disbursement_date=today,
        mode=DisbursementMode.ACCOUNT_CREDIT,
        beneficiary_account=ACCOUNT,
        ifsc_code=IFSC,
        agreement_date=today,
        mandate_reference="UMRN-HDFC7021234",
    )
    return replace(terms, **changes)


def proposed(desk, submitted, **changes):
    request = ProposeDisbursement(new_id(desk), submitted.application_id, wanted(desk, **changes))
    return propose_disbursement(request, desk)


def confirmed(checker, submitted):
    return confirm_disbursement(
        DecideDisbursement(new_id(checker), submitted.application_id), checker
    )


def paid_out(desk, checker, submitted, **changes):
    """Propose and confirm; return the answer of the second person."""
    proposed(desk, submitted, **changes)
    return confirmed(checker, submitted)


def move_on(desk, days: int) -> None:
    """Let days pass at the desk."""
    desk.clock.day += timedelta(days=days)
    desk.clock.instant += timedelta(days=days)
