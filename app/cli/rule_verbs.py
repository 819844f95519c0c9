"""The verbs of the rule book: `rules`, `rule-change`, `rule-approve`, `products`.

Source: commands.md (rules and products). A change is proposed by one person; `rule-approve` is the
word of another. Values stand in the row's own unit, as in the shipped files.
"""

import argparse
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from pydantic import PlainValidator

from app.cli.border import read_form
from app.cli.border_values import Day, Text, WrongValueError
from app.cli.bureau_border import STRICT
from app.cli.customer_verbs import command_id_of
from app.cli.json_reading import read_json
from app.cli.verb import Access, Verb, day_of
from app.rules.product_change import ProductChange
from app.rules.rule_change import RuleChange
from app.rules.rule_rows import ALL_SEGMENTS
from app.services.change_rule import (
    DecideProposal,
    ProposalAnswer,
    ProposeProduct,
    ProposeRule,
    decide_proposal,
    propose_product,
    propose_rule,
)
from app.services.read_rules import RuleLine, find_products, rules_in_force
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.refusal import bad_input

Answer = dict[str, object]


def _plain_value(value: object) -> object:
    """A whole number, text, true, false, null, or lists and objects of these; never a fraction."""
    if isinstance(value, dict):
        return {name: _plain_value(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain_value(each) for each in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    raise WrongValueError("Write figures as whole numbers in their unit, like paise or ppm")


_NOT_GIVEN = object()  # null is a value: "no limit"
PlainValue = Annotated[Any, PlainValidator(_plain_value)]


@dataclass(frozen=True)
class ChangeForm:
    """A change of one rule, or of fields of one product."""

    __pydantic_config__ = STRICT
    effective_from: Day
    source: Text
    code: Text | None = None
    segment: Text = ALL_SEGMENTS
    value: PlainValue = _NOT_GIVEN
    effective_to: Day | None = None
    product_code: Text | None = None
    fields: PlainValue = None
    reason: Text = ""
    idempotency_key: Text | None = None


def run_rules(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `rules`: the rows in force on a day."""
    on = arguments.on or desk.clock.today()
    lines = rules_in_force(desk, on, arguments.code or "")
    return {"rules": [_rule(line) for line in lines], "as_of": on}


def run_products(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `products`: what is offered on a day, as the shipped file writes it."""
    on = arguments.on or desk.clock.today()
    found = find_products(desk, on)
    offered = [dict(line.definition) for line in found.products if line.product.in_force(on)]
    return {"products": offered, "as_of": on}


def run_rule_change(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `rule-change FILE`: a proposal for a second person."""
    form = read_form(ChangeForm, read_json(arguments.file))
    command_id = command_id_of(form.idempotency_key, "rule-change", desk)
    if form.product_code is not None:
        if not isinstance(form.fields, dict):
            raise bad_input({"fields": "Name the fields to change, like {“card_rate_ppm”: 122500}"})
        product = ProductChange(form.product_code, form.fields, form.effective_from, form.source)
        return _answer(propose_product(ProposeProduct(command_id, product, form.reason), desk))
    if form.code is None:
        raise bad_input({"code": "Name the rule (code) or the product (product_code) to change"})
    if form.value is _NOT_GIVEN:
        raise bad_input({"value": "Enter the new value; null means no limit"})
    rule = RuleChange(
        code=form.code,
        segment=form.segment,
        value=form.value,
        effective_from=form.effective_from,
        effective_to=form.effective_to,
        source=form.source,
    )
    return _answer(propose_rule(ProposeRule(command_id, rule, form.reason), desk))


def run_rule_approve(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Answer `rule-approve ID`: the second person's word."""
    decision = DecideProposal(
        command_id=new_id(desk),
        proposal_id=arguments.proposal,
        approve=not arguments.refuse,
        note=arguments.note,
    )
    return _answer(decide_proposal(decision, desk))


def _rule(line: RuleLine) -> Answer:
    row = line.row
    return {
        "code": row.code,
        "segment": row.segment,
        "value": row.value,
        "unit": row.unit,
        "shown": line.shown,
        "effective_from": row.effective_from,
        "effective_to": row.effective_to,
        "source": row.source,
        "proposed_by": row.proposed_by,
        "approved_by": row.approved_by,
    }


def _answer(answer: ProposalAnswer) -> Answer:
    return {
        "proposal_id": answer.proposal_id,
        "state": answer.state,
        "version": answer.version,
        "row_id": answer.row_id,
    }


def _on_a_day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=day_of, metavar="DATE", help="as of this day (default: today)")


def _rules_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--code", help="one rule")
    _on_a_day(parser)


def _file_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="JSON file, - for standard input")


def _approve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("proposal", metavar="ID", type=_proposal, help="the proposal")
    parser.add_argument("--refuse", action="store_true", help="refuse it; needs --note")
    parser.add_argument("--note", default="", help="what you say to it")


def _proposal(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        message = "the id that rule-change answered"
        raise argparse.ArgumentTypeError(message) from None


VERBS = (
    Verb("rules", "the rules in force on a day", _rules_arguments, run_rules, Access.READS),
    Verb("rule-change", "propose a change", _file_argument, run_rule_change, Access.WRITES),
    Verb(
        "rule-approve",
        "approve a change that another person proposed",
        _approve_arguments,
        run_rule_approve,
        Access.WRITES,
    ),
    Verb("products", "the products of a day", _on_a_day, run_products, Access.READS),
)
