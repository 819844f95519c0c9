"""Which rows of the summaries a reader adds up: a branch's own, or the bank's.

The bank's rows are added up every now and then; while a branch has moved since, its figures are
taken from the branches' rows, so that no figure is older than the lines behind it.
"""

from sqlalchemy import ColumnElement, Table, and_, exists, select, true

from db.records.monitor import BookCut
from db.repositories.session import Session
from db.tables import monitor
from db.tables.loan_account import portfolio_cells

_TABLES = (
    portfolio_cells,
    monitor.repayment_cells,
    monitor.month_cells,
    monitor.vintage_cells,
    monitor.position_cells,
    monitor.month_end_cells,
    monitor.month_end_sums,
    monitor.roll_cells,
)


class CellGrain:
    """The rows of each table for one reading of the book."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._stale: frozenset[str] | None = None

    def rows(self, table: Table, cut: BookCut) -> ColumnElement[bool]:
        """The rows of a table for the branch, product and officer that are looked at."""
        return and_(self._branch(table, cut), self.filtered(table, cut))

    def filtered(self, table: Table, cut: BookCut) -> ColumnElement[bool]:
        """The rows of the product and officer that are looked at, of any branch."""
        own = table.c
        parts: list[ColumnElement[bool]] = [true()]
        if cut.product_code is not None:
            parts.append(own.product_code == cut.product_code)
        if cut.officer_id is not None:
            parts.append(own.officer_id == cut.officer_id)
        return and_(*parts)

    def is_rolled(self, table: Table) -> bool:
        """Whether the bank's rows hold everything that the branches' do."""
        return table.name not in self.moved()

    def _branch(self, table: Table, cut: BookCut) -> ColumnElement[bool]:
        own = table.c.branch_id
        if cut.branch_id is not None:
            return own == cut.branch_id
        # The bank's rows do not know officers.
        if cut.officer_id is not None or table.name in self.moved():
            return own > monitor.BANK
        return own == monitor.BANK

    def moved(self) -> frozenset[str]:
        """The tables whose bank rows do not hold everything, in one statement."""
        if self._stale is None:
            waits = [
                exists(
                    select(table.c.branch_id).where(
                        table.c.rolled == 0, table.c.branch_id > monitor.BANK
                    )
                ).label(table.name)
                for table in _TABLES
            ]
            (row,) = self._session.rows(select(*waits))
            self._stale = frozenset(name for name, stale in row.items() if stale)
        return self._stale
