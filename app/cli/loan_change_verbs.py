"""The verbs of a loan that is paid early: `foreclosure`, `prepay`.

Source: commands.md (loan life). The parts of a quote add up to its total. A prepayment is proposed
by one person and confirmed by another; `--preview` shows it and writes nothing.
"""

import argparse
from dataclasses import dataclass

from app.cli.border import read_form
from app.cli.border_values import Paise, Text
from app.cli.bureau_border import STRICT
from app.cli.customer_verbs import command_id_of, customer_key
from app.cli.json_messages import money, percent
from app.cli.verb import Access, Verb, day_of
from app.services.decide_loan_change import (
    DecideLoanChange,
    confirm_loan_change,
    decline_loan_change,
)
from app.services.preview_loan_change import PreviewLoanChange, preview_loan_change
from app.services.propose_loan_change import ProposeLoanChange, propose_loan_change
from app.services.quote_foreclosure import QuoteForeclosure, quote_foreclosure
from app.services.read_loan_acts import waiting_change
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.loan_act_answer import LoanActAnswer
from app.services.steps.loan_change import AccountLook, LoanChange, PlannedChange
from app.services.steps.refusal import Refused
from db.vocabulary.lending import PrepaymentKeep
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import PaymentMethod

Answer = dict[str, object]


@dataclass(frozen=True)
class PrepaymentForm:
    """The words of `prepay`."""

    __pydantic_config__ = STRICT
    amount: Paise
    reference: Text = ""
    note: Text = ""


def run_foreclosure(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `foreclosure LOAN --on DATE`."""
    on = arguments.on or desk.clock.today()
    found = quote_foreclosure(QuoteForeclosure(arguments.loan, on), desk)
    quote = found.quote
    return {
        "loan_id": found.loan_id,
        "reference": found.reference,
        "principal_outstanding": money(quote.principal_paise),
        "accrued_interest": money(quote.accrued_interest_paise),
        "overdue": money(quote.overdue_paise),
        "fee": money(quote.fee_paise),
        "gst": money(quote.gst_paise),
        "charges": money(quote.charges_paise),
        "total": money(quote.total_paise),
        "advance": money(found.advance_paise),
        "to_pay": money(found.to_pay_paise),
        "fee_allowed": found.fee_allowed,
        "fee_reason": quote.fee_reason,
        "days": quote.days,
        "valid_to": found.valid_to,
    }


def run_prepay(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `prepay LOAN`: preview, proposal, or the second person's word on it."""
    if arguments.confirm or arguments.decline is not None:
        return _decided(arguments, desk)
    form = read_form(PrepaymentForm, _typed(arguments))
    change = LoanChange(
        act=LoanAct.PART_PREPAYMENT,
        value_date=arguments.on or desk.clock.today(),
        amount_paise=form.amount,
        keep=PrepaymentKeep(arguments.keep) if arguments.keep else None,
        method=PaymentMethod(arguments.method),
        reference=form.reference,
    )
    (shown,) = preview_loan_change(PreviewLoanChange(arguments.loan, (change,)), desk)
    if shown.plan is None:
        raise Refused(shown.kind, shown.blocked, dict(shown.fields))
    if arguments.preview:
        return _plan_answer(shown.plan)
    request = ProposeLoanChange(
        command_id_of(arguments.idempotency_key, "prepay", desk),
        shown.plan.owed.loan.loan_id,
        change,
        note=form.note,
    )
    return _act_answer(propose_loan_change(request, desk))


def _decided(arguments: argparse.Namespace, desk: Desk) -> Answer:
    waiting = waiting_change(arguments.loan, LoanAct.PART_PREPAYMENT, desk)
    command_id = new_id(desk)
    if arguments.confirm:
        return _act_answer(confirm_loan_change(DecideLoanChange(command_id, waiting), desk))
    said = DecideLoanChange(command_id, waiting, arguments.decline)
    return _act_answer(decline_loan_change(said, desk))


def _typed(arguments: argparse.Namespace) -> dict[str, object]:
    given = {
        "amount": arguments.amount,
        "reference": arguments.payment_reference,
        "note": arguments.note,
    }
    return {name: value for name, value in given.items() if value is not None}


def _plan_answer(plan: PlannedChange) -> Answer:
    fee = plan.fee
    return {
        "loan_id": plan.owed.loan.loan_id,
        "state": None,
        **_looks(plan.before, plan.after),
        "interest_saved": money(plan.saved_paise),
        "to_pay": money(plan.to_pay_paise),
        "fee": money(0 if fee is None else fee.fee_paise),
        "gst": money(0 if fee is None else fee.gst_paise),
        "fee_reason": "" if fee is None else fee.permission.reason,
        "keep": plan.change.keep,
    }


def _act_answer(answer: LoanActAnswer) -> Answer:
    return {
        "act_id": answer.act_id,
        "loan_id": answer.loan_id,
        "state": answer.state,
        **_looks(answer.before, answer.after),
        "interest_saved": money(answer.saved_paise),
        "version": answer.version,
    }


def _looks(before: AccountLook, after: AccountLook) -> Answer:
    return {"before": _look(before), "after": _look(after)}


def _look(look: AccountLook) -> Answer:
    return {
        "emi": money(look.emi_paise),
        "instalments_left": look.instalments_left,
        "interest_left": money(look.interest_left_paise),
        "last_instalment": money(look.last_instalment_paise),
        "last_due_date": look.last_due_on,
        "outstanding": money(look.outstanding_paise),
        "interest_rate": percent(look.rate_ppm),
        "schedule_version": look.schedule_version,
    }


def _loan_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("loan", metavar="LOAN", type=customer_key, help="its id or number, L-1042")


def _foreclosure_arguments(parser: argparse.ArgumentParser) -> None:
    _loan_argument(parser)
    parser.add_argument("--on", type=day_of, metavar="DATE", help="day of closing (today)")


def _prepay_arguments(parser: argparse.ArgumentParser) -> None:
    _loan_argument(parser)
    parser.add_argument("--amount", metavar="RUPEES", help="money that is brought")
    parser.add_argument(
        "--keep",
        choices=[str(each) for each in PrepaymentKeep],
        help="what stays: emi (shorter term, the usual way) or tenure (lower instalment)",
    )
    parser.add_argument("--on", type=day_of, metavar="DATE", help="value date (today)")
    parser.add_argument(
        "--method",
        default=str(PaymentMethod.BANK_TRANSFER),
        choices=[str(each) for each in PaymentMethod],
    )
    parser.add_argument("--payment-reference", metavar="TEXT", help="reference of the payment")
    parser.add_argument("--note", help="what the second person should know")
    parser.add_argument("--idempotency-key", metavar="KEY", help="the same key proposes once")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--preview", action="store_true", help="show it and write nothing")
    way.add_argument("--confirm", action="store_true", help="post what waits, as second person")
    way.add_argument("--decline", metavar="REASON", help="send it back, as second person")


VERBS = (
    Verb(
        "foreclosure", "what closes a loan", _foreclosure_arguments, run_foreclosure, Access.READS
    ),
    Verb("prepay", "pay principal early", _prepay_arguments, run_prepay, Access.WRITES),
)
