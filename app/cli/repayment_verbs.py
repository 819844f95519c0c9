"""The verbs of money received: `repay LOAN FILE` and `reverse REPAYMENT --reason CODE`.

Source: commands.md (loan life). The idempotency key makes the command id: the same key with the
same content answers the same, with other content it exits with 7. A reversal is proposed by one
person and confirmed by another, who calls `reverse REPAYMENT --confirm`.
"""

import argparse
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import PlainValidator

from app.cli.border import read_form
from app.cli.border_values import Day, Paise, Text, YesOrNo, word_reader
from app.cli.bureau_border import STRICT
from app.cli.customer_verbs import command_id_of, customer_key
from app.cli.json_messages import money
from app.cli.json_reading import read_json
from app.cli.verb import Access, Verb
from app.services.post_repayment import PostRepayment, ReceiptFacts, RepaymentPosted, post_repayment
from app.services.reverse_repayment import (
    DecideReversal,
    ProposeReversal,
    ReversalAnswer,
    confirm_reversal,
    decline_reversal,
    propose_reversal,
    withdraw_reversal,
)
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.receipt_effect import Parts, RowMoved
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.vocabulary.loan_account import ActState
from db.vocabulary.loan_life import PaymentMethod
from db.vocabulary.reasons import ReversalReason

if TYPE_CHECKING:
    from collections.abc import Callable

MethodWord = Annotated[PaymentMethod, PlainValidator(word_reader(PaymentMethod))]


@dataclass(frozen=True)
class ReceiptForm:
    """The file of `repay`."""

    __pydantic_config__ = STRICT
    amount: Paise
    method: MethodWord
    value_date: Day | None = None
    reference: Text = ""
    payer_name: Text = ""
    pan_number: Text = field(default="", repr=False)
    form_60: YesOrNo = False
    idempotency_key: Text | None = None

    def facts(self) -> ReceiptFacts:
        """The receipt as the act takes it."""
        return ReceiptFacts(
            amount_paise=self.amount,
            method=self.method,
            value_date=self.value_date,
            reference=self.reference,
            payer_name=self.payer_name,
            pan_number=self.pan_number,
            form_60=self.form_60,
        )


def run_repay(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `repay LOAN FILE`."""
    content = read_json(arguments.file)
    if not isinstance(content, dict):
        raise Refused(
            RefusalKind.BAD_INPUT, "The file holds one object: amount, value_date, method, …"
        )
    form = read_form(ReceiptForm, content)
    command_id = command_id_of(form.idempotency_key, "repay", desk)
    loan = customer_key(arguments.loan)
    return _posted(post_repayment(PostRepayment(command_id, loan, form.facts()), desk))


def _posted(done: RepaymentPosted) -> dict[str, object]:
    effect = done.effect
    return {
        "repayment_id": done.repayment_id,
        "loan_id": done.loan_id,
        "reference": done.reference,
        "value_date": done.value_date,
        "amount": money(done.amount_paise),
        "applied": parts_json(effect.split),
        "days_past_due": effect.after.days_past_due,
        "asset_class": effect.after.asset_class,
        "as_of": effect.after.as_of,
        "dues_cleared": effect.dues_before - effect.dues_after,
        "outstanding_balance": money(effect.outstanding_paise),
        "overdue_amount": money(effect.after.overdue_paise),
        "advance": money(effect.advance_paise),
        "cure_amount": money(effect.after.cure_paise),
        "corrections": [correction_json(each) for each in done.corrections],
        "warnings": list(done.warnings),
        "version": done.version,
    }


def run_reverse(arguments: argparse.Namespace, desk: Desk) -> dict[str, object]:
    """Answer `reverse REPAYMENT`: a proposal, or the word that ends it."""
    if arguments.word is None:
        if not arguments.reason:
            codes = ", ".join(ReversalReason)
            raise bad_input({"reason": f"Say why with --reason: {codes}"})
        request = ProposeReversal(
            new_id(desk), arguments.repayment, arguments.reason, arguments.note
        )
        return _reversed(propose_reversal(request, desk))
    word: Callable[[DecideReversal, Desk], ReversalAnswer] = arguments.word
    return _reversed(word(DecideReversal(new_id(desk), arguments.repayment, arguments.note), desk))


def _reversed(done: ReversalAnswer) -> dict[str, object]:
    effect = done.effect
    answer: dict[str, object] = {
        "reversal_id": done.reversal_id,
        "act_id": done.act_id,
        "repayment_id": done.repayment_id,
        "loan_id": done.loan_id,
        "reference": done.reference,
        "state": done.state,
        "reason": done.reason,
        "applied": None if effect is None else parts_json(effect.split),
        "days_past_due": None if effect is None else effect.after.days_past_due,
        "asset_class": None if effect is None else effect.after.asset_class,
        "as_of": None if effect is None else effect.after.as_of,
        "outstanding_balance": None if effect is None else money(effect.outstanding_paise),
        "corrections": [correction_json(each) for each in done.corrections],
    }
    if done.state is ActState.PROPOSED:
        answer["next"] = (
            f"Nothing has moved yet. Another person confirms with: reverse {done.repayment_id}"
            " --confirm (or --decline --note TEXT); the proposer may --withdraw it"
        )
    return answer


def parts_json(parts: Parts) -> dict[str, object]:
    """Where money went, in rupees."""
    return {
        "charges": money(parts.charges_paise),
        "interest": money(parts.interest_paise),
        "principal": money(parts.principal_paise),
        "excess": money(parts.excess_paise),
    }


def correction_json(moved: RowMoved) -> dict[str, object]:
    """A row that was added to correct the split of another."""
    return {
        "repayment_id": moved.repayment_id,
        "kind": moved.kind,
        "value_date": moved.value_date,
        "corrects_id": moved.corrects_id,
        "applied": parts_json(moved.split),
    }


def _repay_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("loan", metavar="LOAN", help="its id or number, L-1662")
    parser.add_argument("file", metavar="FILE", help="JSON: amount, value_date, method, reference")


def _reverse_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("repayment", metavar="REPAYMENT", type=_payment_id, help="id of a payment")
    parser.add_argument("--reason", metavar="CODE", help=", ".join(ReversalReason))
    parser.add_argument("--note", default="", help="what the other person should know, or why")
    words = parser.add_mutually_exclusive_group()
    for name, act, text in (
        ("--confirm", confirm_reversal, "undo what another person proposed to undo"),
        ("--decline", decline_reversal, "let the payment stand, with --note"),
        ("--withdraw", withdraw_reversal, "take the own proposal back"),
    ):
        words.add_argument(name, dest="word", action="store_const", const=act, help=text)


def _payment_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        message = "the repayment_id that `repay` answered"
        raise argparse.ArgumentTypeError(message) from None


VERBS = (
    Verb("repay", "post a payment received", _repay_arguments, run_repay, Access.WRITES),
    Verb(
        "reverse", "undo a payment, by two people", _reverse_arguments, run_reverse, Access.WRITES
    ),
)
