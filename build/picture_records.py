"""What the pages about one record are photographed with, found or made on the sample book."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from app.services.steps.desk import Desk

SHOWN_APPLICATION = 2497
PAY_NOTE = "Income seen on three payslips and in the bank statement."
PREPAID_PAISE = 20_000_000


def records_of(desk: "Desk") -> dict[str, dict[str, object]]:
    """What the screens about one record are opened with."""
    from app.services.find_applications import FindApplications, find_applications
    from db.records.lists import ApplicationFilter

    wanted = ApplicationFilter(search=f"A-{SHOWN_APPLICATION}")
    row = find_applications(FindApplications(wanted, 1, None), desk).page.rows[0]
    loan_id, sound = _late_loan(desk), _sound_loans(desk)
    return {
        "loan": {"loan_id": loan_id},
        "payment": {"loan_id": loan_id},
        "statement": {"loan_id": loan_id},
        "disbursement": {"application_id": payable_application(desk)},
        "loan_change": {"loan_id": sound[0]},
        "loan_acts": {"act_id": _waiting_change(desk, sound[1])},
        "decision": {"application_id": row.application_id},
        "documents": {"application_id": row.application_id},
        "customer": {"customer_id": row.customer_id},
        "application_form": {"customer_id": row.customer_id},
    }


def _sound_loans(desk: "Desk") -> "list[UUID]":
    """Loans without arrears, those with the longest term and the most owed first."""
    from app.services.find_loans import FindLoans, find_loans
    from db.records.lists import LoanFilter
    from db.vocabulary.loan_life import LoanStatus

    rows = find_loans(FindLoans(LoanFilter(), 500), desk).page.rows
    sound = [row for row in rows if row.status is LoanStatus.ACTIVE and not row.overdue_paise]
    sound.sort(key=lambda row: (row.tenure_months, row.outstanding_paise), reverse=True)
    return [row.loan_id for row in sound]


def _waiting_change(desk: "Desk", loan_id: "UUID") -> "UUID":
    """A prepayment that the officer has proposed and nobody has confirmed."""
    from app.services.propose_loan_change import ProposeLoanChange, propose_loan_change
    from app.services.read_loan_acts import read_waiting_acts
    from app.services.steps.ids import new_id
    from app.services.steps.loan_change import LoanChange
    from app.services.steps.sandbox_staff import MAKER, sandbox_actor
    from db.vocabulary.loan_account import LoanAct
    from db.vocabulary.loan_life import PaymentMethod

    maker = desk.acting(sandbox_actor(MAKER))
    for waiting in read_waiting_acts(maker):
        return waiting.act_id
    change = LoanChange(
        LoanAct.PART_PREPAYMENT, maker.clock.today(), PREPAID_PAISE, method=PaymentMethod.UPI
    )
    asked = ProposeLoanChange(new_id(maker), loan_id, change, "Bonus of the year")
    return propose_loan_change(asked, maker).act_id


def _late_loan(desk: "Desk") -> "UUID":
    """A loan with something to tell: the most days late of those that still run."""
    from app.services.find_loans import FindLoans, find_loans
    from db.records.lists import LoanFilter
    from db.vocabulary.loan_life import AssetClass

    found = find_loans(FindLoans(LoanFilter(asset_class=AssetClass.SUB_STANDARD), 50), desk)
    return max(found.page.rows, key=lambda row: found.days_past_due[row.loan_id]).loan_id


def payable_application(desk: "Desk") -> "UUID":
    """A pending application, approved by two people and with its statement accepted."""
    from app.rules.maker_checker import Verdict
    from app.services.decide_application import DecideApplication, decide_application
    from app.services.find_applications import FindApplications, find_applications
    from app.services.issue_documents import (
        MakeDocument,
        RecordAcceptance,
        make_document,
        record_acceptance,
    )
    from app.services.propose_decision import ProposeDecision, propose_decision
    from app.services.read_application import read_application
    from app.services.steps.ids import new_id
    from app.services.steps.sandbox_staff import CHECKER, MAKER, sandbox_actor
    from db.records.lists import ApplicationFilter
    from db.vocabulary.decisions import Decision
    from db.vocabulary.loan_life import ApplicationStatus, LetterKind

    maker, checker = desk.acting(sandbox_actor(MAKER)), desk.acting(sandbox_actor(CHECKER))
    wanted = ApplicationFilter(status=ApplicationStatus.PENDING)
    rows = find_applications(FindApplications(wanted, 40, None), maker).page.rows
    row = next(each for each in rows if each.risk_level == "Low")
    said = Verdict(Decision.APPROVE, reasons=("APP-CONDITIONS",), note=PAY_NOTE, conditions="-")
    version = read_application(row.application_id, maker).application.version
    propose_decision(ProposeDecision(new_id(maker), row.application_id, version, said), maker)
    decide_application(DecideApplication(new_id(checker), row.application_id, said), checker)
    letter = make_document(MakeDocument(new_id(maker), row.application_id, LetterKind.KFS), maker)
    today = maker.clock.today()
    record_acceptance(RecordAcceptance(new_id(maker), letter.document_id, today), maker)
    return row.application_id
