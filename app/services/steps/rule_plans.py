"""A proposal held against the rules as they stand, and written once a second person agreed."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.rules.product_change import PlannedProduct, ProductChange, plan_product_change
from app.rules.rule_change import (
    PlannedChange,
    RuleChange,
    RuleChangeError,
    changed_rulebook,
    plan_change,
)
from app.rules.rule_rows import RuleRow
from app.rules.rule_values import RuleValueError, RuleWordError
from app.services.steps.refusal import bad_input
from app.services.steps.stored_rules import rule_shape, stored_rulebook
from db.records.rules import RuleProposal

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork


class RulePlan:
    """A proposal held against the rules as they stand at its approval, ready to be written.

    It is planned before the verdict is written: a change that no longer fits leaves the proposal
    as it was. On PostgreSQL the guards want the verdict first and the rows after it.
    """

    def __init__(self, proposal: RuleProposal, book: "UnitOfWork", today: date) -> None:
        self._proposal, self._book = proposal, book
        self._rule: PlannedChange | None = None
        self._product: PlannedProduct | None = None
        if proposal.product_code is None:
            self._rule = planned_rule(rule_change_of(proposal), book, today)
        else:
            self._product = planned_product(product_change_of(proposal), book, today)

    def write(self, approved_by: str) -> UUID:
        """Close the row before, add the new one; return its id."""
        rules, by = self._book.rules, self._proposal.proposed_by
        if self._rule is not None:
            closed, row = self._rule.closed, self._rule.row
            if closed is not None and self._rule.closed_on is not None:
                rules.close_rule_row(UUID(closed.row_id), self._rule.closed_on)
            rules.add_rule_row(row_json(row), by, approved_by)
            return UUID(row.row_id)
        planned = self._product
        if planned is None:  # pragma: no cover  # one of the two is always there
            raise AssertionError
        rules.close_product_row(UUID(planned.closed.row_id), planned.closed_on)
        rules.add_product_row(planned.definition, by, approved_by)
        return UUID(planned.product.row_id)


def rule_change_of(proposal: RuleProposal) -> RuleChange:
    """The change that a proposal of a rule asks for."""
    return RuleChange(
        code=proposal.code or "",
        segment=proposal.segment or "",
        value=json.loads(proposal.value),
        effective_from=proposal.effective_from,
        effective_to=proposal.effective_to,
        source=proposal.source,
    )


def product_change_of(proposal: RuleProposal) -> ProductChange:
    """The change that a proposal of a product asks for."""
    return ProductChange(
        product_code=proposal.product_code or "",
        fields=json.loads(proposal.value),
        effective_from=proposal.effective_from,
        source=proposal.source,
    )


def planned_rule(change: RuleChange, book: "UnitOfWork", today: date) -> PlannedChange:
    """What a change of a rule would do to the open book.

    Raises:
        Refused: the rule book cannot take it; `fields` names the field.
    """
    rulebook = stored_rulebook(book)
    shape = rule_shape(change.code, rulebook)
    try:
        planned = plan_change(change, rulebook, today, shape.words, shape.segments)
    except (RuleChangeError, RuleValueError, RuleWordError) as fault:
        raise bad_input({fault.field: str(fault)}) from fault
    changed_rulebook(planned, rulebook)
    return planned


def planned_product(change: ProductChange, book: "UnitOfWork", today: date) -> PlannedProduct:
    """What a change of a product would do to the open book.

    Raises:
        Refused: the product cannot be so; `fields` names the field.
    """
    rulebook = stored_rulebook(book)
    versions = [
        each
        for each in book.reference.products_json()["products"]
        if each["product_code"] == change.product_code
    ]
    if not versions:
        raise bad_input(
            {"product_code": f"The rule book has no product “{change.product_code[:60]}”"}
        )
    newest = max(versions, key=lambda each: str(each["effective_from"]))
    try:
        return plan_product_change(change, newest, rulebook, today)
    except RuleChangeError as fault:
        raise bad_input({fault.field: str(fault)}) from fault


def row_json(row: RuleRow) -> dict[str, Any]:
    """A row in the shape of the shipped file."""
    ends = row.effective_to
    return {
        "code": row.code,
        "segment": row.segment,
        "value": row.value,
        "unit": row.unit,
        "compare": row.compare,
        "effective_from": row.effective_from.isoformat(),
        "effective_to": None if ends is None else ends.isoformat(),
        "description": row.description,
        "source": row.source,
        "confirm": row.confirm,
        "used_by": row.used_by,
    }
