"""The summaries of a branch: moved in the transaction of the act, reconciled at day-end.

Source: data-and-sync.md 3. They equal a count of the books at any committed moment; classes,
buckets and cohorts are those of the last day-end. Positions hold until their branch moves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, select

from db.records.loans import Loan
from db.records.summaries import SummaryTerms
from db.repositories import month_end_counts as month_ends
from db.repositories import summary_counts as counts
from db.repositories import vintages
from db.repositories.cell_moves import EARLY, CellMoves, Receipt
from db.repositories.cell_table import CellTable, Key, added_up
from db.repositories.lent_loans import WAS_LENT
from db.repositories.position_cells import PositionCells
from db.repositories.position_counts import POSITIONS
from db.repositories.session import MOST_IDS, Session
from db.tables.applications import applications
from db.tables.loans import loans, repayments
from db.tables.monitor import first_bads

_NONE = (0,) * 6
Change = tuple[tuple[int, Key], Sequence[int]]


class Summaries:
    """All summaries beside the portfolio's own cells."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.positions = PositionCells(session)

    @property
    def moves(self) -> CellMoves:
        """What the act has moved and not yet written."""
        return self._session.moves

    def write_moves(self) -> None:
        """Write what the act has moved: at most one statement a table."""
        moves = self._session.moves
        for table, changes in (
            (counts.REPAYMENTS, list(self._repayments(moves))),
            (counts.MONTHS, list(self._months(moves))),
            (counts.VINTAGES, list(self._vintages(moves))),
        ):
            if changes:
                table.shift(self._session, added_up(changes))
        moves.forget()

    def review(self, loan: Loan, terms: SummaryTerms) -> None:
        """Bring the cohort of a loan in line after an entry of a closed day."""
        moves = self._session.moves
        vintages.review(self._session, loan.branch_id, terms, [loan.loan_id], moves)

    def close_day(self, branch_id: int, terms: SummaryTerms) -> None:
        """Let the day-end count who turned bad."""
        turned = vintages.turned_bad(self._session, branch_id, terms)
        vintages.review(self._session, branch_id, terms, turned, self._session.moves)
        self.write_moves()

    def close_month(self, branch_id: int, terms: SummaryTerms) -> None:
        """Keep what lines of many months need, once the snapshots of the month end stand."""
        for table, wanted in (
            (month_ends.MONTH_END_CELLS, month_ends.cells_at(branch_id, terms.day)),
            (month_ends.MONTH_END_SUMS, month_ends.sums_of(branch_id, terms.day)),
            (month_ends.ROLLS, month_ends.rolls_of(branch_id, terms.day)),
        ):
            table.append(self._session, branch_id, wanted)

    def differences(self, branch_id: int, terms: SummaryTerms) -> dict[str, int]:
        """How many cells of each table are not what the books say; tables without are left out.

        `terms.day` is the last closed day.
        """
        self.write_moves()
        found = {
            table.table.name: table.differences(self._session, branch_id, wanted)
            for table, wanted in self._counted(branch_id)
        }
        found[POSITIONS.table.name] = self.positions.differences(branch_id, terms)
        found["first_bads"] = vintages.differences(self._session, branch_id, terms)
        return {name: count for name, count in found.items() if count}

    def rebuild(self, branch_id: int, terms: SummaryTerms) -> None:
        """Count all summaries of a branch anew."""
        self._session.moves.forget()
        vintages.rebuild(self._session, branch_id, terms)
        for table, wanted in self._counted(branch_id):
            table.rebuild(self._session, branch_id, wanted)
        self.positions.count(branch_id, terms)

    def _counted(self, branch_id: int) -> Iterator[tuple[CellTable, Any]]:
        yield counts.REPAYMENTS, counts.repayments_of(branch_id)
        yield counts.MONTHS, counts.months_of(branch_id)
        yield counts.VINTAGES, counts.vintages_of(branch_id)
        yield month_ends.MONTH_END_SUMS, month_ends.sums_of(branch_id)
        yield month_ends.ROLLS, month_ends.rolls_of(branch_id)

    def _repayments(self, moves: CellMoves) -> Iterator[Change]:
        wanted = [(place[0], place[1]) for place in moves.dues]
        wanted += [(place[0], place[1]) for place in moves.receipts]
        products = self._products(wanted, moves.products)
        for (branch_id, loan_id, on), change in moves.dues.items():
            product = products[loan_id]
            for grain, starts_on in ((counts.DAY, on), (counts.MONTH, on.replace(day=1))):
                yield (branch_id, (grain, starts_on, product, "")), (*change, *_NONE)
        back = [(place, [0, 0, 0, 0, 0, by]) for place, by in self._early_undone(moves)]
        for (branch_id, loan_id, on, method), change in (*moves.receipts.items(), *back):
            key = (counts.MONTH, on.replace(day=1), products[loan_id], method)
            yield (branch_id, key), (*_NONE, *change)

    def _early_undone(self, moves: CellMoves) -> Iterator[tuple[Receipt, int]]:
        """Of what was taken back: where a prepayment or closing stood, and by how much it moves."""
        early = repayments.c.kind.in_(EARLY)
        for row in self._rows_of(repayments, ("repayment_id", "branch_id"), {*moves.undone}, early):
            yield moves.undone[row["branch_id"], row["repayment_id"]]

    def _months(self, moves: CellMoves) -> Iterator[Change]:
        products = self._products([place[:2] for place in moves.paid_out], moves.products)
        for (branch_id, loan_id, month), (paise,) in moves.paid_out.items():
            yield (branch_id, (month, products[loan_id])), (0, 0, paise, 0)
        asked = self._asked_for([place[:2] for place in moves.decided])
        for (branch_id, application_id, month), change in moves.decided.items():
            yield (branch_id, (month, asked[application_id])), (*change, 0, 0)
        for (branch_id, month, product), (count,) in moves.defaulted.items():
            yield (branch_id, (month, product)), (0, 0, 0, count)

    def _vintages(self, moves: CellMoves) -> Iterator[Change]:
        for (branch_id, cohort, product), change in moves.started.items():
            yield (branch_id, (cohort, product, 0)), (*change, 0, 0)
        yield from self._never_lent({place[:2] for place, (p,) in moves.paid_out.items() if p < 0})
        cohorts = self._cohorts({*(each[:2] for each in moves.turned), *moves.grown})
        for branch_id, loan_id, months, sign in moves.turned:
            cohort, product, paise = cohorts[loan_id]
            yield (branch_id, (cohort, product, months)), (0, 0, sign, sign * paise)
        for (branch_id, loan_id), more in moves.grown.items():
            bad = self._months_on_book(branch_id, loan_id)
            if bad is not None and not any(loan_id == turned[1] for turned in moves.turned):
                cohort, product, _ = cohorts[loan_id]
                yield (branch_id, (cohort, product, bad)), (0, 0, 0, more)

    def _never_lent(self, wanted: set[tuple[int, UUID]]) -> Iterator[Change]:
        """Of loans of which a payment came back: those that leave their cohort with the last."""
        names = ("loan_id", "branch_id", "disbursement_date", "product_code", "principal_paise")
        for row in self._rows_of(loans, names, wanted, ~WAS_LENT):
            cell = (row["disbursement_date"].replace(day=1), row["product_code"], 0)
            yield (row["branch_id"], cell), (-1, -row["principal_paise"], 0, 0)

    def _products(
        self, wanted: Iterable[tuple[int, UUID]], known: Mapping[UUID, str]
    ) -> Mapping[UUID, str]:
        """The product of each loan; those that the act has read are known already."""
        missing = {each for each in wanted if each[1] not in known}
        return {**known, **self._looked_up(loans, "loan_id", missing)} if missing else known

    def _asked_for(self, wanted: Iterable[tuple[int, UUID]]) -> Mapping[UUID, str]:
        return self._looked_up(applications, "application_id", set(wanted))

    def _looked_up(self, table: Any, name: str, wanted: set[tuple[int, UUID]]) -> dict[UUID, str]:  # noqa: ANN401  # loans or applications
        rows = self._rows_of(table, (name, "product_code"), wanted)
        return {row[name]: row["product_code"] for row in rows}

    def _cohorts(self, wanted: set[tuple[int, UUID]]) -> dict[UUID, tuple[date, str, int]]:
        """Month paid out, product and principal of each loan."""
        names = ("loan_id", "disbursement_date", "product_code", "principal_paise")
        return {
            row["loan_id"]: (row["disbursement_date"].replace(day=1), row[names[2]], row[names[3]])
            for row in self._rows_of(loans, names, wanted)
        }

    def _rows_of(
        self,
        table: Any,  # noqa: ANN401  # loans, applications or repayments
        names: tuple[str, ...],
        wanted: set[tuple[int, UUID]],
        *such: ColumnElement[bool],
    ) -> Iterator[RowMapping]:
        """Columns of many such records, some at a time; the first one is their key."""
        for branch_id in {each[0] for each in wanted}:
            ids = [one for branch, one in wanted if branch == branch_id]
            for start in range(0, len(ids), MOST_IDS):
                query = select(*(table.c[name] for name in names)).where(
                    table.c.branch_id == branch_id,
                    table.c[names[0]].in_(ids[start : start + MOST_IDS]),
                    *such,
                )
                yield from self._session.rows(query)

    def _months_on_book(self, branch_id: int, loan_id: UUID) -> int | None:
        query = select(first_bads.c.months_on_book).where(
            first_bads.c.branch_id == branch_id, first_bads.c.loan_id == loan_id
        )
        found: int | None = self._session.connection.execute(query).scalar()
        return found
