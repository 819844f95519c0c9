"""Corrections of customers' facts: proposed, decided once, and the history of values."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, select, update

from db.records.customer_life import CorrectionVerdict, FactCorrection
from db.records.refusals import NotFound, VersionConflict
from db.repositories.session import Session
from db.security.sealed_fields import Place, seal, unseal
from db.tables.customer_life import fact_corrections
from db.vocabulary.operations import RuleState

_SEALED = {"old_value": "old_sealed", "new_value": "new_sealed"}


class Corrections:
    """The corrections of a branch; values are sealed at rest."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_many(self, branch_id: int, corrections: Sequence[FactCorrection]) -> None:
        """Write corrections, proposed or done at once."""
        self._session.write(fact_corrections, [self._values(branch_id, c) for c in corrections])

    def get(self, branch_id: int, correction_id: UUID) -> FactCorrection:
        """Read one correction with its values.

        Raises:
            NotFound: the branch has no such correction.
            KeyMissing, SealBroken: a value does not open.
        """
        table = fact_corrections.c
        row = self._session.first(
            select(fact_corrections).where(
                table.branch_id == branch_id, table.correction_id == correction_id
            )
        )
        if row is None:
            message = "There is no such correction"
            raise NotFound(message)
        return self._correction(row)

    def of_customer(
        self, branch_id: int, customer_id: UUID, state: RuleState | None = None
    ) -> tuple[FactCorrection, ...]:
        """Read a customer's corrections of one state, or all, newest first."""
        table = fact_corrections.c
        query = select(fact_corrections).where(
            table.branch_id == branch_id, table.customer_id == customer_id
        )
        if state is not None:
            query = query.where(table.state == state)
        newest = query.order_by(table.proposed_at.desc(), table.correction_id.desc())
        return tuple(self._correction(row) for row in self._session.rows(newest))

    def decide(
        self, branch_id: int, correction_id: UUID, version: int, verdict: CorrectionVerdict
    ) -> None:
        """Write the second person's word, or that its maker took it back, once.

        Raises:
            VersionConflict: somebody decided meanwhile.
        """
        table = fact_corrections.c
        values = {name: getattr(verdict, name) for name in CorrectionVerdict.__slots__}
        met = self._session.change(
            update(fact_corrections)
            .where(
                table.branch_id == branch_id,
                table.correction_id == correction_id,
                table.version == version,
                table.state == RuleState.PROPOSED,
            )
            .values(version=version + 1, **values)
        )
        if not met:
            raise VersionConflict

    def _values(self, branch_id: int, correction: FactCorrection) -> dict[str, Any]:
        values: dict[str, Any] = {"branch_id": branch_id}
        for name in FactCorrection.__slots__:
            value = getattr(correction, name)
            column = _SEALED.get(name)
            if column is not None:
                value = seal(self._session.keys, _place(column, correction.correction_id), value)
            values[column or name] = value
        return values

    def _correction(self, row: RowMapping) -> FactCorrection:
        values: dict[str, Any] = {
            name: unseal(self._session.keys, _place(column, row["correction_id"]), row[column])
            for name, column in _SEALED.items()
        }
        values |= {name: row[name] for name in FactCorrection.__slots__ if name not in _SEALED}
        return FactCorrection(**values)


def _place(column: str, correction_id: UUID) -> Place:
    return Place("fact_corrections", column, correction_id)
