"""Acts on loans that one person proposes and another confirms; each is decided once."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update

from db.records.loans import LoanActRecord
from db.records.refusals import NotFound, VersionConflict
from db.repositories.loan_rows import act_of
from db.repositories.session import Session
from db.tables.loan_account import loan_acts
from db.vocabulary.loan_account import ActState

# What a decision writes; everything else stands as it was proposed.
_DECIDED = ("state", "checker_id", "decided_at", "loan_id", "after", "version")


class LoanActs:
    """The acts of a book; new ones are added with a `LoanBatch`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, branch_id: int, act_id: UUID) -> LoanActRecord:
        """Read one act and keep others from deciding it.

        Raises:
            NotFound: the branch has no such act.
        """
        query = select(loan_acts).where(
            loan_acts.c.branch_id == branch_id, loan_acts.c.act_id == act_id
        )
        row = self._session.first(query.with_for_update())
        if row is None:
            raise NotFound("There is no such proposal in this branch")
        return act_of(self._session.keys, row)

    def of(
        self, branch_id: int, *, loan_id: UUID | None = None, application_id: UUID | None = None
    ) -> tuple[LoanActRecord, ...]:
        """All acts of a loan or an application, newest first."""
        query = select(loan_acts).where(loan_acts.c.branch_id == branch_id)
        if loan_id is not None:
            query = query.where(loan_acts.c.loan_id == loan_id)
        if application_id is not None:
            query = query.where(loan_acts.c.application_id == application_id)
        return self._acts(query.order_by(loan_acts.c.made_at.desc(), loan_acts.c.act_id.desc()))

    def waiting(self, branch_id: int) -> tuple[LoanActRecord, ...]:
        """What waits for a second person, oldest first."""
        query = select(loan_acts).where(
            loan_acts.c.branch_id == branch_id, loan_acts.c.state == ActState.PROPOSED
        )
        return self._acts(query.order_by(loan_acts.c.made_at, loan_acts.c.act_id))

    def decide(self, branch_id: int, decided: LoanActRecord) -> LoanActRecord:
        """Write how an act ended; return it with the next version.

        Raises:
            VersionConflict: somebody decided it meanwhile.
        """
        after = replace(decided, version=decided.version + 1)
        met = self._session.change(
            update(loan_acts)
            .where(
                loan_acts.c.branch_id == branch_id,
                loan_acts.c.act_id == decided.act_id,
                loan_acts.c.version == decided.version,
            )
            .values({name: getattr(after, name) for name in _DECIDED})
        )
        if met != 1:
            raise VersionConflict
        return after

    def _acts(self, query: Select[Any]) -> tuple[LoanActRecord, ...]:
        return tuple(act_of(self._session.keys, row) for row in self._session.rows(query))
