"""Proposals for rules and products, and the dated rows that come of them.

Rows are closed, never edited; on PostgreSQL triggers hold the same against direct writes
(db/guards/rule_rows.py).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Table, or_, select, update

from db.records.refusals import NotFound, RuleOverlap, VersionConflict
from db.records.rules import ProposalVerdict, RuleProposal
from db.repositories.session import Session
from db.tables import shipped_rows
from db.tables.reference import products, rule_proposals, rule_values
from db.vocabulary.operations import RuleState


class Rules:
    """Changes of the rule book; app.rules says which are possible."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def propose(self, proposal: RuleProposal) -> None:
        """Write a proposal."""
        values = {name: getattr(proposal, name) for name in RuleProposal.__slots__}
        self._session.write(rule_proposals, [values])

    def get(self, proposal_id: UUID) -> RuleProposal:
        """Read one proposal.

        Raises:
            NotFound: there is none of that id.
        """
        table = rule_proposals.c
        row = self._session.first(select(rule_proposals).where(table.proposal_id == proposal_id))
        if row is None:
            message = "There is no such proposal"
            raise NotFound(message)
        return _proposal(row)

    def proposals(self, state: RuleState | None = None) -> tuple[RuleProposal, ...]:
        """Return the proposals of one state, or all, newest first."""
        table = rule_proposals.c
        query = select(rule_proposals).order_by(table.proposed_at.desc(), table.proposal_id)
        if state is not None:
            query = query.where(table.state == state)
        return tuple(_proposal(row) for row in self._session.rows(query))

    def decide(self, proposal_id: UUID, version: int, verdict: ProposalVerdict) -> None:
        """Write the second person's word, once.

        Raises:
            VersionConflict: somebody decided meanwhile.
        """
        table = rule_proposals.c
        values = {name: getattr(verdict, name) for name in ProposalVerdict.__slots__}
        met = self._session.change(
            update(rule_proposals)
            .where(
                table.proposal_id == proposal_id,
                table.version == version,
                table.state == RuleState.PROPOSED,
            )
            .values(version=version + 1, **values)
        )
        if not met:
            raise VersionConflict

    def add_rule_row(self, row: Mapping[str, Any], proposed_by: str, approved_by: str) -> None:
        """Write one more row of a rule, in the shape of the shipped file.

        Raises:
            RuleOverlap: a row of that code and segment holds on one of its days.
        """
        values = shipped_rows.rule_value(row, proposed_by) | {"approved_by": approved_by}
        table = rule_values.c
        same = (table.code == values["code"]) & (table.segment == values["segment"])
        self._refuse_overlap(rule_values, same, values)
        self._session.write(rule_values, [values])

    def add_product_row(
        self, definition: Mapping[str, Any], proposed_by: str, approved_by: str
    ) -> None:
        """Write one more version of a product, in the shape of the shipped file.

        Raises:
            RuleOverlap: a version of that product holds on one of its days.
        """
        values = shipped_rows.product_value(definition, proposed_by) | {"approved_by": approved_by}
        same = products.c.product_code == values["product_code"]
        self._refuse_overlap(products, same, values)
        self._session.write(products, [values])

    def close_rule_row(self, row_id: UUID, effective_to: date) -> None:
        """End a row; nothing else of it ever changes."""
        self._close(rule_values, row_id, effective_to)

    def close_product_row(self, row_id: UUID, effective_to: date) -> None:
        """End a version of a product."""
        self._close(products, row_id, effective_to)

    def _close(self, table: Table, row_id: UUID, effective_to: date) -> None:
        self._session.change(
            update(table).where(table.c.row_id == row_id).values(effective_to=effective_to)
        )

    def _refuse_overlap(
        self, table: Table, same: ColumnElement[bool], values: Mapping[str, Any]
    ) -> None:
        ends = or_(table.c.effective_to.is_(None), table.c.effective_to >= values["effective_from"])
        overlap = select(table.c.row_id).where(same, ends)
        if values["effective_to"] is not None:
            overlap = overlap.where(table.c.effective_from <= values["effective_to"])
        if self._session.first(overlap.limit(1)) is not None:
            raise RuleOverlap


def _proposal(row: RowMapping) -> RuleProposal:
    return RuleProposal(**{name: row[name] for name in RuleProposal.__slots__})
