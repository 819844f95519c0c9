"""What a posting at the end of an account needs of it, in two statements.

The statements are built once: a receipt is posted thousands of times a day, and writing SQL anew
takes longer than running it. Lock order: loans by number, cells, audit head (data-and-sync.md 2).
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Column, Date, Integer, Select, bindparam, func, or_, select

from db.records.loans import Instalment, Loan, OpenDues
from db.records.refusals import NotFound
from db.repositories.customer_rows import reference_number
from db.repositories.loan_rows import loan_of
from db.repositories.session import Session
from db.tables.columns import Key
from db.tables.loan_account import charges
from db.tables.loans import instalments, loans, repayments

_BRANCH: BindParameter[int] = bindparam("branch", type_=Integer)
_KEY: BindParameter[Any] = bindparam("key")
_LOAN: BindParameter[UUID] = bindparam("loan", type_=Key())
_UNTIL: BindParameter[date] = bindparam("until", type_=Date)
_NO_LOAN = "There is no such loan in this branch"
_ROW = tuple(Instalment.__slots__)


def _of_borrower(key: str) -> Select[Any]:
    """All loans of the borrower of one loan, locked in the order of their numbers."""
    one = loans.alias()
    owner = select(one.c.customer_id).where(one.c.branch_id == _BRANCH, one.c[key] == _KEY)
    theirs = loans.c.customer_id == owner.scalar_subquery()
    query = select(loans).where(loans.c.branch_id == _BRANCH, theirs)
    return query.order_by(loans.c.number).with_for_update()


def _open_dues() -> Select[Any]:
    """What has fallen due and is not paid, and the next instalment that asks for anything."""
    rows, c = instalments.c, instalments.alias().c
    left = c.interest_paise + c.principal_paise - c.paid_interest_paise - c.paid_principal_paise
    of_loan = (c.branch_id == _BRANCH, c.loan_id == _LOAN, c.paid_on.is_(None))
    following = select(func.min(c.number)).where(*of_loan, c.due_date > _UNTIL, left > 0)
    found = select(
        *(rows[name] for name in _ROW),
        _newest(repayments.c.value_date).label("last_row_on"),
        _newest(charges.c.value_date).label("last_charge_on"),
        _newest(repayments.c.recorded_at).label("last_recorded_at"),
        select(func.sum(left)).where(*of_loan).scalar_subquery().label("left_paise"),
    )
    return found.where(
        rows.branch_id == _BRANCH,
        rows.loan_id == _LOAN,
        rows.paid_on.is_(None),
        or_(rows.due_date <= _UNTIL, rows.number == following.scalar_subquery()),
    ).order_by(rows.number)


def _newest(column: Column[Any]) -> Any:  # noqa: ANN401  # SQLAlchemy's
    table = column.table
    newest = select(func.max(column)).where(table.c.branch_id == _BRANCH, table.c.loan_id == _LOAN)
    return newest.scalar_subquery()


_BY_ID, _BY_NUMBER, _DUES = _of_borrower("loan_id"), _of_borrower("number"), _open_dues()


class OpenAccounts:
    """Accounts that take a receipt after everything that stands on them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self, branch_id: int, loan: UUID | str) -> tuple[Loan, tuple[Loan, ...]]:
        """Read a loan by its id or reference, with its borrower's others; nobody changes them.

        Raises:
            NotFound: the branch has no such loan.
        """
        by_id = isinstance(loan, UUID)
        key = loan if by_id else _number(loan)
        query, values = (_BY_ID if by_id else _BY_NUMBER), {"branch": branch_id, "key": key}
        rows = self._session.connection.execute(query, values).mappings().all()
        asked = [loan_of(row) for row in rows if row["loan_id" if by_id else "number"] == key]
        if not asked:
            raise NotFound(_NO_LOAN)
        self._session.moves.know(asked)
        return asked[0], tuple(loan_of(row) for row in rows if row["loan_id"] != asked[0].loan_id)

    def dues(self, branch_id: int, loan_id: UUID, until: date) -> OpenDues | None:
        """What is open of a loan's schedule; None once every instalment is paid."""
        values = {"branch": branch_id, "loan": loan_id, "until": until}
        rows = self._session.connection.execute(_DUES, values).all()
        if not rows:
            return None
        made = tuple(Instalment(*row[: len(_ROW)]) for row in rows)
        row_on, charge_on, recorded_at, left_paise = rows[0][len(_ROW) :]
        return OpenDues(made, row_on, charge_on, recorded_at, int(left_paise))


def _number(reference: UUID | str) -> int:
    try:
        return reference_number("L", str(reference))
    except ValueError as error:
        raise NotFound(_NO_LOAN) from error
