"""The verbs of money received: `repay LOAN FILE`.

Source: commands.md (loan life). The idempotency key makes the command id: the same key with the
same content answers the same, with other content it exits with 7.
"""

import argparse
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import PlainValidator

from app.cli.border import read_form
from app.cli.border_values import Day, Paise, Text, YesOrNo, word_reader
from app.cli.bureau_border import STRICT
from app.cli.customer_verbs import command_id_of, customer_key
from app.cli.json_messages import money
from app.cli.json_reading import read_json
from app.cli.verb import Access, Verb
from app.services.post_repayment import PostRepayment, ReceiptFacts, RepaymentPosted, post_repayment
from app.services.steps.desk import Desk
from app.services.steps.receipt_effect import Parts, RowMoved
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.loan_life import PaymentMethod

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


VERBS = (Verb("repay", "post a payment received", _repay_arguments, run_repay, Access.WRITES),)
