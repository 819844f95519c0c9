"""The branch's cells: one row for every mix of dimensions, moved in the transaction of the act.

Source: data-and-sync.md 3. Class and bucket of a loan are those of its last day-end, so an act
between two day-ends moves money, never a class. Cells equal a rebuild at any moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Table,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
    update,
)

from db.records.loans import Loan
from db.records.refusals import BookDamaged
from db.repositories.cell_table import CellTable
from db.repositories.position_cells import PositionCells
from db.repositories.session import Session
from db.tables import monitor
from db.tables.customers import customers
from db.tables.loan_account import portfolio_cells as cells
from db.tables.loans import loans
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.loan_account import DpdBucket
from db.vocabulary.loan_life import AssetClass, LoanStatus, ProvisionSegment

CLOSED = (LoanStatus.CLOSED, LoanStatus.WRITTEN_OFF)
DIMENSIONS = (
    "loan_purpose",
    "product_code",
    "provision_segment",
    "asset_class",
    "dpd_bucket",
    "officer_id",
)
MONEY = ("principal_paise", "outstanding_paise", "overdue_paise", "provision_paise")
SUMS = (*MONEY, "defaulted_loans")
TABLE = CellTable(
    cells, (*DIMENSIONS, "state"), ("loans", *SUMS), {"officer_id": monitor.NO_OFFICER}
)
EVER_DEFAULTED = case((loans.c.defaulted_on.is_not(None), 1), else_=0)


@dataclass(frozen=True, slots=True)
class PortfolioCell:
    """Open loans of one mix of dimensions; `state` is empty where the customer's is unknown."""

    loan_purpose: LoanPurpose
    product_code: str
    provision_segment: ProvisionSegment
    asset_class: AssetClass
    dpd_bucket: DpdBucket
    officer_id: UUID
    state: str
    loans: int
    principal_paise: int
    outstanding_paise: int
    overdue_paise: int
    provision_paise: int
    defaulted_loans: int


_STATE = func.coalesce(
    select(customers.c.state)
    .where(
        customers.c.branch_id == bindparam("branch"),
        customers.c.customer_id == bindparam("customer"),
    )
    .scalar_subquery(),
    "",
)
# The bank does not hold a cell that moved, and what is counted of its branch does not hold.
_MOVED = {"rolled": 0, "counted": 0}
# Built once: every posting runs it.
_MOVE = (
    update(cells)
    .where(
        cells.c.branch_id == bindparam("branch"),
        *(cells.c[name] == bindparam(f"at_{name}") for name in DIMENSIONS),
        cells.c.state == _STATE,
    )
    .values({name: cells.c[name] + bindparam(f"by_{name}") for name in ("loans", *SUMS)})
    .values(_MOVED)
)


class PortfolioCells:
    """The cells of a branch."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def move(self, before: Loan | None, after: Loan | None) -> None:
        """Take a loan out of its cell as it was, and put it into the one where it is now."""
        if before is not None and after is not None:
            self._session.moves.grow(before, after)
        old, new = (
            None if loan is None or loan.status in CLOSED else loan for loan in (before, after)
        )
        if old is not None and new is not None and _place(old) == _place(new):
            was = _figures(old)
            change = {name: each - was[name] for name, each in _figures(new).items()}
            if any(change.values()) and not self._moved(new, {"loans": 0, **change}):
                raise BookDamaged  # the loan stands in no cell: they no longer equal a rebuild
            return
        for loan, sign in ((old, -1), (new, 1)):
            if loan is not None:
                self._add(loan, sign)

    def shift(self, branch_id: int, moved: Table) -> None:
        """Move many loans at once: `moved` says in which class, bucket and arrears they were.

        Raises:
            BookDamaged: a loan stood in no cell.
        """
        was = {
            "asset_class": moved.c.was_class,
            "dpd_bucket": moved.c.was_bucket,
            "overdue_paise": moved.c.was_overdue,
            "provision_paise": moved.c.was_provision,
            "defaulted_loans": moved.c.was_defaulted,
        }
        both = union_all(_signed(branch_id, moved, was, -1), _signed(branch_id, moved, {}, 1))
        part = both.subquery()
        dimensions = [part.c[name] for name in (*DIMENSIONS, "state")]
        sums = [cast(func.sum(part.c[name]), BigInteger).label(name) for name in ("loans", *SUMS)]
        found = select(*dimensions, *sums).group_by(*dimensions).order_by(*dimensions)
        for row in self._session.rows(found):
            change = {name: int(row[name]) for name in ("loans", *SUMS)}
            if any(change.values()):
                place = {name: row[name] for name in (*DIMENSIONS, "state")}
                self._shift_one(branch_id, place, change)

    def relocate(self, branch_id: int, customer_id: UUID, before: str, after: str) -> None:
        """Take the open loans of a customer from the cells of one state to those of another."""
        theirs = (
            loans.c.branch_id == branch_id,
            loans.c.customer_id == customer_id,
            loans.c.status.not_in(CLOSED),
        )
        locked = select(loans.c.loan_id).where(*theirs).order_by(loans.c.number).with_for_update()
        if not self._session.rows(locked):
            return
        dimensions = [loans.c[name] for name in DIMENSIONS]
        sums = [cast(func.sum(each), BigInteger).label(name) for name, each in _sums().items()]
        found = select(*dimensions, func.count().label("loans"), *sums).where(*theirs)
        for row in self._session.rows(found.group_by(*dimensions).order_by(*dimensions)):
            for state, sign in ((before, -1), (after, 1)):
                place = {**{name: row[name] for name in DIMENSIONS}, "state": state}
                change = {name: sign * int(row[name]) for name in ("loans", *SUMS)}
                self._shift_one(branch_id, place, change)

    def differences(self, branch_id: int) -> int:
        """How many cells are not what the loans say, in one statement; 0 where all are."""
        return TABLE.differences(self._session, branch_id, counted(branch_id))

    def _shift_one(self, branch_id: int, place: dict[str, object], change: dict[str, int]) -> None:
        met = self._session.change(
            update(cells)
            .where(
                cells.c.branch_id == branch_id,
                *(cells.c[name] == value for name, value in place.items()),
            )
            .values({**{name: cells.c[name] + by for name, by in change.items()}, **_MOVED})
        )
        if met:
            return
        if change["loans"] < 0:
            raise BookDamaged  # the loans stood in no cell
        self._session.write(cells, [{"branch_id": branch_id, **place, **change}])

    def rebuild(self, branch_id: int) -> None:
        """Count all cells of a branch anew from its loans."""
        TABLE.rebuild(self._session, branch_id, counted(branch_id))
        PositionCells(self._session).forget(branch_id)

    def all(self, branch_id: int) -> tuple[PortfolioCell, ...]:
        """The cells that hold a loan, in the order of their dimensions."""
        query = select(cells).where(cells.c.branch_id == branch_id, cells.c.loans > 0)
        return self._cells(query)

    def counted(self, branch_id: int) -> tuple[PortfolioCell, ...]:
        """The same from the loans themselves, for reconciling."""
        return self._cells(counted(branch_id))

    def _cells(self, query: Select[Any]) -> tuple[PortfolioCell, ...]:
        names = PortfolioCell.__slots__
        found = [
            PortfolioCell(**{name: row[name] for name in names})
            for row in self._session.rows(query)
        ]
        return tuple(sorted(found, key=lambda cell: [str(getattr(cell, n)) for n in names[:7]]))

    def _moved(self, loan: Loan, change: Mapping[str, int]) -> bool:
        """Add to the cell of a loan; False where there is none."""
        values: dict[str, object] = {f"at_{name}": getattr(loan, name) for name in DIMENSIONS}
        values |= {f"by_{name}": by for name, by in change.items()}
        values |= {"branch": loan.branch_id, "customer": loan.customer_id}
        return self._session.connection.execute(_MOVE, values).rowcount > 0

    def _add(self, loan: Loan, sign: int) -> None:
        change = {name: sign * each for name, each in _figures(loan).items()}
        if self._moved(loan, {"loans": sign, **change}):
            return
        if sign < 0:
            raise BookDamaged  # the loan stands in no cell: they no longer equal a rebuild
        values: dict[str, object] = {name: getattr(loan, name) for name in DIMENSIONS}
        values |= _figures(loan)
        customer = {"branch": loan.branch_id, "customer": loan.customer_id}
        state = self._session.connection.execute(select(_STATE), customer).scalar()
        self._session.write(
            cells, [{**values, "branch_id": loan.branch_id, "state": state, "loans": 1}]
        )


def _place(loan: Loan) -> tuple[object, ...]:
    return (loan.branch_id, loan.customer_id, *(getattr(loan, name) for name in DIMENSIONS))


def _figures(loan: Loan) -> dict[str, int]:
    money = {name: getattr(loan, name) for name in MONEY}
    return {**money, "defaulted_loans": int(loan.defaulted_on is not None)}


def _sums() -> dict[str, ColumnElement[Any]]:
    return {**{name: loans.c[name] for name in MONEY}, "defaulted_loans": EVER_DEFAULTED}


def _signed(
    branch_id: int, moved: Table, was: Mapping[str, ColumnElement[Any]], sign: int
) -> Select[Any]:
    """The moved open loans, with what they were where `was` says it."""
    state = func.coalesce(customers.c.state, "").label("state")
    same = (customers.c.branch_id == loans.c.branch_id) & (
        customers.c.customer_id == loans.c.customer_id
    )
    return (
        select(
            *(was.get(name, loans.c[name]).label(name) for name in DIMENSIONS),
            state,
            literal(sign).label("loans"),
            *((was.get(name, each) * sign).label(name) for name, each in _sums().items()),
        )
        .join(moved, moved.c.loan_id == loans.c.loan_id)
        .join(customers, same)
        .where(loans.c.branch_id == branch_id, loans.c.status.not_in(CLOSED))
    )


def counted(branch_id: int) -> Select[Any]:
    """The cells of a branch counted from its open loans."""
    state = func.coalesce(customers.c.state, "").label("state")
    dimensions = [loans.c[name] for name in DIMENSIONS]
    found: list[ColumnElement[Any]] = [
        loans.c.branch_id,
        *dimensions,
        state,
        func.count().label("loans"),
        *(cast(func.sum(each), BigInteger).label(name) for name, each in _sums().items()),
    ]
    return (
        select(*found)
        .join(
            customers,
            (customers.c.branch_id == loans.c.branch_id)
            & (customers.c.customer_id == loans.c.customer_id),
        )
        .where(loans.c.branch_id == branch_id, loans.c.status.not_in(CLOSED))
        .group_by(loans.c.branch_id, *dimensions, state)
    )
