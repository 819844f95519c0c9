"""The verbs of a loan's beginning: `accept-kfs`, `disburse` and `schedule`.

Source: commands.md (loan life). One person proposes a payment, another confirms it; whoever
confirms their own exits with 8.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import PlainValidator

from app.cli.border import read_form
from app.cli.border_values import Day, Digits, Paise, Ppm, Text, Whole, word_reader
from app.cli.bureau_border import STRICT
from app.cli.customer_verbs import command_id_of, customer_key
from app.cli.json_messages import money
from app.cli.json_reading import read_json
from app.cli.verb import Access, Verb, day_of
from app.rules.loan_start import PlannedInstalment
from app.services.disburse_loan import (
    DecideDisbursement,
    ProposeDisbursement,
    confirm_disbursement,
    decline_disbursement,
    propose_disbursement,
    withdraw_disbursement,
)
from app.services.issue_documents import RecordAcceptance, record_acceptance
from app.services.read_application import read_application
from app.services.read_disbursement import read_disbursement
from app.services.read_documents import list_documents
from app.services.read_schedule import LoanSchedule, plan_schedule, read_schedule
from app.services.reverse_disbursement import ReverseDisbursement, propose_reversal
from app.services.steps.desk import Desk
from app.services.steps.disbursement_answer import DisbursementAnswer
from app.services.steps.disbursement_terms import DisbursementTerms
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.vocabulary.loan_life import DisbursementMode, LetterKind, LetterStatus
from db.vocabulary.reasons import ReversalReason

Answer = dict[str, object]
Decided = Callable[[DecideDisbursement, Desk], DisbursementAnswer]
ModeWord = Annotated[DisbursementMode, PlainValidator(word_reader(DisbursementMode))]


@dataclass(frozen=True)
class PaymentForm:
    """The fields of `disburse APPLICATION FILE`."""

    __pydantic_config__ = STRICT
    amount: Paise | None = None
    disbursement_date: Day | None = None
    first_due_date: Day | None = None
    mode: ModeWord = DisbursementMode.ACCOUNT_CREDIT
    beneficiary_account: Digits = ""
    ifsc_code: Text = ""
    agreement_date: Day | None = None
    mandate_reference: Digits = ""
    insurance_reference: Digits = ""
    idempotency_key: Text | None = None


@dataclass(frozen=True)
class PlanForm:
    """The words of `schedule` without a loan."""

    __pydantic_config__ = STRICT
    amount: Paise
    rate: Ppm
    months: Whole


def run_accept(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `accept-kfs APPLICATION`: the borrower accepted the statement that stands."""
    seen = read_application(arguments.application, desk).application
    standing = [
        each
        for each in list_documents(seen.application_id, desk)
        if each.kind is LetterKind.KFS
        and each.copy_of is None
        and each.status is not LetterStatus.VOID
    ]
    if not standing:
        raise Refused(RefusalKind.CONFLICT, "No Key Facts Statement stands: issue one first")
    on = arguments.on or desk.clock.today()
    done = record_acceptance(RecordAcceptance(new_id(desk), standing[0].document_id, on), desk)
    return {
        "document_id": done.document_id,
        "number": done.number,
        "status": done.status,
        "accepted_on": done.accepted_on,
    }


def run_disburse(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `disburse APPLICATION`: propose with a file, or a word about what waits."""
    seen = read_application(arguments.application, desk).application
    if arguments.word is None and arguments.reverse is None:
        return _proposed(arguments.file, seen.application_id, desk)
    if arguments.file is not None:
        raise bad_input({"file": "A file proposes: leave it out to confirm, decline or withdraw"})
    if arguments.reverse is not None:
        reason = ReversalReason(arguments.reverse)
        back = ReverseDisbursement(new_id(desk), seen.application_id, reason, arguments.note)
        return _answer(propose_reversal(back, desk), desk)
    act: Decided = arguments.word
    request = DecideDisbursement(new_id(desk), seen.application_id, arguments.note)
    return _answer(act(request, desk), desk)


def _proposed(file: str | None, application_id: UUID, desk: Desk) -> Answer:
    if file is None:
        raise bad_input({"file": "Name the file with the payment, or --confirm what waits"})
    form = read_form(PaymentForm, read_json(file))
    amount = form.amount
    if amount is None:
        amount = read_disbursement(application_id, desk).left_paise
    terms = DisbursementTerms(
        amount_paise=amount,
        disbursement_date=form.disbursement_date or desk.clock.today(),
        mode=form.mode,
        first_due_date=form.first_due_date,
        beneficiary_account=form.beneficiary_account,
        ifsc_code=form.ifsc_code,
        agreement_date=form.agreement_date,
        mandate_reference=form.mandate_reference,
        insurance_reference=form.insurance_reference,
    )
    command_id = command_id_of(form.idempotency_key, "disburse", desk)
    return _answer(
        propose_disbursement(ProposeDisbursement(command_id, application_id, terms), desk), desk
    )


def _answer(done: DisbursementAnswer, desk: Desk) -> Answer:
    """Where the payment stands; the schedule is stored once a loan is named."""
    schedule = LoanSchedule(0, ())
    if done.loan_id is not None:
        schedule = read_schedule(done.loan_id, desk)
    else:
        planned = read_disbursement(done.application_id, desk).loan
        if planned is not None:
            schedule = LoanSchedule(planned.started.emi_paise, planned.started.instalments)
    return {
        "application_id": done.application_id,
        "act_id": done.act_id,
        "state": done.state,
        "loan_id": done.loan_id,
        "reference": done.reference,
        "disbursement_id": done.disbursement_id,
        "emi": money(schedule.emi_paise),
        "total_interest": money(schedule.total_interest_paise),
        "schedule": [_row(row) for row in schedule.rows],
    }


def run_schedule(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `schedule LOAN`, or `schedule --amount --rate --months`."""
    typed = {
        name: getattr(arguments, name)
        for name in ("amount", "rate", "months")
        if getattr(arguments, name) is not None
    }
    if arguments.loan is not None:
        if typed:
            raise bad_input({"loan": "Name a loan, or an amount with rate and months, not both"})
        return _schedule(read_schedule(arguments.loan, desk))
    form = read_form(PlanForm, typed)
    return _schedule(
        plan_schedule(form.amount, form.rate, form.months, desk, arguments.first_due_date)
    )


def _schedule(schedule: LoanSchedule) -> Answer:
    return {
        "reference": schedule.reference or None,
        "version": schedule.version or None,
        "emi": money(schedule.emi_paise),
        "rows": [_row(row) for row in schedule.rows],
        "total_interest": money(schedule.total_interest_paise),
    }


def _row(row: PlannedInstalment) -> Answer:
    return {
        "number": row.number,
        "due_date": row.due_on,
        "opening": money(row.opening_paise),
        "interest": money(row.interest_paise),
        "principal": money(row.principal_paise),
        "instalment": money(row.interest_paise + row.principal_paise),
        "closing": money(row.closing_paise),
    }


def _case_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "application", metavar="APPLICATION", type=customer_key, help="its id or number, A-1662"
    )


def _accept_arguments(parser: argparse.ArgumentParser) -> None:
    _case_argument(parser)
    parser.add_argument("--on", type=day_of, metavar="YYYY-MM-DD", help="day of acceptance")


def _disburse_arguments(parser: argparse.ArgumentParser) -> None:
    _case_argument(parser)
    parser.add_argument("file", metavar="FILE", nargs="?", help="JSON file, - for standard input")
    words = parser.add_mutually_exclusive_group()
    for name, act, text in (
        ("--confirm", confirm_disbursement, "pay out what another person proposed"),
        ("--decline", decline_disbursement, "send the proposal of another person back"),
        ("--withdraw", withdraw_disbursement, "take the own proposal back"),
    ):
        words.add_argument(name, dest="word", action="store_const", const=act, help=text)
    words.add_argument(
        "--reverse",
        metavar="CODE",
        choices=[str(each) for each in ReversalReason],
        help="ask to take a payment of today back",
    )
    parser.add_argument("--note", default="", help="why")


def _schedule_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "loan", metavar="LOAN", nargs="?", type=customer_key, help="its id or number, L-1001"
    )
    parser.add_argument("--amount", metavar="RUPEES", help="of a loan that nobody has")
    parser.add_argument("--rate", metavar="PERCENT", help="yearly rate")
    parser.add_argument("--months", metavar="N", help="instalments")
    parser.add_argument("--first-due-date", type=day_of, metavar="YYYY-MM-DD")


VERBS = (
    Verb(
        "accept-kfs",
        "the borrower accepted the Key Facts",
        _accept_arguments,
        run_accept,
        Access.WRITES,
    ),
    Verb(
        "disburse",
        "pay a loan out, by two people",
        _disburse_arguments,
        run_disburse,
        Access.WRITES,
    ),
    Verb("schedule", "the instalments of a loan", _schedule_arguments, run_schedule, Access.READS),
)
