"""The dated rules and products as people read them, with their history and open proposals.

Source: screens.md S110 (everyone may read), commands.md (`rules`, `products`).
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.rules.permissions import Act
from app.rules.product_lines import ProductLimit, product_limits
from app.rules.products import Product, parse_product
from app.rules.rule_rows import RuleRow
from app.rules.rule_values import rule_value_shown
from app.rules.rulebook import Rulebook
from app.services.steps.permission import permit
from app.services.steps.stored_rules import RuleShape, rule_shape, stored_rulebook
from db.records.rules import RuleProposal
from db.vocabulary.operations import RuleState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from app.services.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One dated row as read on a day.

    Attributes:
        state: Approved (in force, or waiting for its first day) or Closed (ended before the day).
        shown: the value with its unit.
    """

    row: RuleRow
    shown: str
    state: RuleState
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal beside what holds on its first day without it.

    Attributes:
        subject: the code and segment, or the product.
        fields: for a product (field, now, then); for a rule one line of the field `value`.
        own: the person at the desk proposed it and cannot decide it.
    """

    proposal: RuleProposal
    subject: str
    fields: tuple[tuple[str, str, str], ...]
    own: bool


@dataclass(frozen=True, slots=True)
class RulesFound:
    """Every row of the book as of a day, the proposals, and the codes there are."""

    on: date
    rules: tuple[RuleLine, ...]
    proposals: tuple[ProposalLine, ...]
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductLine:
    """One product version with its definition as `products.json` writes it."""

    product: Product
    definition: "Mapping[str, Any]"
    limits: tuple[ProductLimit, ...]
    state: RuleState
    waiting: bool
    proposed_by: str
    approved_by: str | None


@dataclass(frozen=True, slots=True)
class ProductsFound:
    """Every product version as of a day, and the proposals for products."""

    on: date
    products: tuple[ProductLine, ...]
    proposals: tuple[ProposalLine, ...]


def find_rules(desk: "Desk", on: date | None = None) -> RulesFound:
    """Every rule row, in the order of its key, newest first.

    Raises:
        Refused: the person may not read rules.
    """
    person, day = permit(desk, Act.READ_RULES), on or desk.clock.today()
    with desk.read_book() as book:
        rulebook = stored_rulebook(book)
        proposals = [each for each in book.rules.proposals() if each.product_code is None]
    newest_first = sorted(rulebook.rows, key=lambda row: row.effective_from, reverse=True)
    rows = sorted(newest_first, key=lambda row: (row.code, row.segment))
    return RulesFound(
        on=day,
        rules=tuple(_line(row, day) for row in rows),
        proposals=tuple(_of_rule(each, rulebook, person.staff_id) for each in proposals),
        segments=tuple(sorted({row.segment for row in rows})),
    )


def rules_in_force(desk: "Desk", on: date | None = None, code: str = "") -> tuple[RuleLine, ...]:
    """The rows in force on a day, of one rule or all."""
    found = find_rules(desk, on)
    return tuple(
        line for line in found.rules if line.row.in_force(found.on) and code in {"", line.row.code}
    )


def shape_of_rule(code: str, desk: "Desk") -> RuleShape:
    """The words and segments a rule may take, for the form that proposes a change."""
    permit(desk, Act.READ_RULES)
    return rule_shape(code, desk.rulebook())


def find_products(desk: "Desk", on: date | None = None) -> ProductsFound:
    """Every product version, the newest of each first.

    Raises:
        Refused: the person may not read rules.
    """
    person, day = permit(desk, Act.READ_RULES), on or desk.clock.today()
    with desk.read_book() as book:
        documents = book.reference.products_json()["products"]
        proposals = [each for each in book.rules.proposals() if each.product_code is not None]
    newest = sorted(documents, key=lambda each: str(each["effective_from"]), reverse=True)
    return ProductsFound(
        on=day,
        products=tuple(_product_line(each, day) for each in newest),
        proposals=tuple(_of_product(each, newest, person.staff_id) for each in proposals),
    )


def _line(row: RuleRow, day: date) -> RuleLine:
    ended = row.effective_to is not None and row.effective_to < day
    return RuleLine(
        row=row,
        shown=rule_value_shown(row.value, row.unit),
        state=RuleState.CLOSED if ended else RuleState.APPROVED,
        waiting=row.effective_from > day,
    )


def _of_rule(proposal: RuleProposal, rulebook: Rulebook, staff_id: str) -> ProposalLine:
    code, segment = proposal.code or "", proposal.segment or ""
    before = [
        row
        for row in rulebook.rows
        if (row.code, row.segment) == (code, segment)
        and row.effective_from < proposal.effective_from
    ]
    now = max(before, key=lambda row: row.effective_from, default=None)
    unit = now.unit if now else next((r.unit for r in rulebook.rows if r.code == code), "text")
    shown = "" if now is None else rule_value_shown(now.value, unit)
    then = rule_value_shown(json.loads(proposal.value), unit)
    subject = code if segment == "ALL" else f"{code} {segment}"
    return ProposalLine(proposal, subject, (("value", shown, then),), _own(proposal, staff_id))


def _of_product(
    proposal: RuleProposal, newest: "Sequence[Mapping[str, Any]]", staff_id: str
) -> ProposalLine:
    """The changed fields beside those of the version before it."""
    code, starts = proposal.product_code or "", proposal.effective_from.isoformat()
    versions = (
        each
        for each in newest
        if each["product_code"] == code and str(each["effective_from"]) < starts
    )
    before = next(versions, {})
    fields = tuple(
        (name, _plain(before.get(name)), _plain(value))
        for name, value in json.loads(proposal.value).items()
    )
    return ProposalLine(proposal, code, fields, _own(proposal, staff_id))


def _own(proposal: RuleProposal, staff_id: str) -> bool:
    return proposal.proposed_by.casefold() == staff_id.casefold()


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _product_line(definition: "Mapping[str, Any]", day: date) -> ProductLine:
    product = parse_product(definition)
    ended = product.effective_to is not None and product.effective_to < day
    return ProductLine(
        product=product,
        definition=definition,
        limits=product_limits(product),
        state=RuleState.CLOSED if ended else RuleState.APPROVED,
        waiting=product.effective_from > day,
        proposed_by=str(definition["proposed_by"]),
        approved_by=definition["approved_by"],
    )
