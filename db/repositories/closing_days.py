"""One day-end of a branch as set-based statements: only loans that move are written.

Source: data-and-sync.md 4. Loans are locked as they are found, then the cells; a loan's money that
an act moves meanwhile is met by the next statement.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.schema import CreateTable, DropTable

from db.engine import JOB_TIMEOUT_MS
from db.records.day_end import ClassMove, ClosingTerms
from db.repositories import closing_sql as sql
from db.repositories.closing_borrowers import ClosingBorrowers
from db.repositories.closing_moves import (
    MOVED_NAMES,
    MOVES,
    WAS,
    WAS_NAMES,
    moved,
    turned_defaulted,
)
from db.repositories.closing_provision import needed
from db.repositories.closing_sums import ClosingSums
from db.repositories.penal_months import PenalMonths
from db.repositories.portfolio_cells import PortfolioCells
from db.repositories.session import Session
from db.tables.loans import instalments, loans


class ClosingDays:
    """The statements of a day-end."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._cells = PortfolioCells(session)
        self._borrowers = ClosingBorrowers(session)
        self.penal = PenalMonths(session)
        self.sums = ClosingSums(session)

    def start(self) -> None:
        """Make room for the moves, and time: closing a day is a job, not a screen."""
        connection = self._session.connection
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL statement_timeout = {JOB_TIMEOUT_MS}"))
        connection.execute(CreateTable(MOVES))
        self._borrowers.start()

    def end(self) -> None:
        """Take the moves away."""
        self._session.connection.execute(DropTable(MOVES))
        self._borrowers.end()

    def with_advance(self, branch_id: int, day: date) -> tuple[UUID, ...]:
        """Loans whose advance meets a due of that day; each is replayed on its own."""
        query = select(loans.c.loan_id).where(*_falling(branch_id, day), loans.c.advance_paise > 0)
        return tuple(row["loan_id"] for row in self._session.rows(query.order_by(loans.c.loan_id)))

    def joining(self, branch_id: int, day: date) -> tuple[UUID, ...]:
        """Loans in a pause whose interest joins the principal that day; each is replayed too."""
        pauses = select(instalments.c.loan_id).join(loans, sql.of_loan(instalments))
        query = pauses.where(
            instalments.c.branch_id == branch_id,
            sql.IS_OPEN,
            instalments.c.due_date == day,
            # Nothing is asked for in such a month: both stand in the index of due dates.
            instalments.c.interest_paise == 0,
            instalments.c.principal_paise == 0,
            instalments.c.closing_paise > instalments.c.opening_paise,
        )
        rows = self._session.rows(query.order_by(instalments.c.loan_id))
        return tuple(row["loan_id"] for row in rows)

    def fall_due(self, branch_id: int, day: date) -> None:
        """Let unpaid instalments up to the day become arrears."""
        due, left = instalments.c.due_date, sql.LEFT
        fallen = and_(sql.of_loan(instalments), due >= loans.c.next_due_date, due <= day, left > 0)
        oldest = select(func.min(due)).where(fallen).scalar_subquery()
        more = select(func.coalesce(func.sum(left), 0)).where(fallen).scalar_subquery()
        coming = select(func.min(due)).where(sql.of_loan(instalments), due > day, left > 0)
        query = select(
            *WAS,
            func.coalesce(loans.c.oldest_unpaid_due, oldest),
            cast(loans.c.overdue_paise + more, BigInteger),
            coming.scalar_subquery(),
        ).where(*_falling(branch_id, day))
        self._find(query, ("loan_id", *WAS_NAMES, "oldest", "overdue", "next_due"))
        values = {
            loans.c.oldest_unpaid_due: MOVES.c.oldest,
            loans.c.overdue_paise: MOVES.c.overdue,
            loans.c.next_due_date: MOVES.c.next_due,
        }
        self._write(branch_id, values)

    def move(
        self, branch_id: int, terms: ClosingTerms, since: date | None
    ) -> tuple[ClassMove, ...]:
        """Bring class, bucket and NPA date to what the day-end gives; return the class moves."""
        later = sql.later_than(self._session, branch_id, terms.day)
        among = self._borrowers.among(branch_id, terms, since if later is None else None)
        npa = sql.npa_groups(branch_id, terms, later, among)
        key = loans.c.customer_id if terms.borrower_wise else loans.c.loan_id
        word = sql.class_of(branch_id, terms, later, npa.c.since)
        bucket = sql.bucket_of(terms, later)
        found = (
            select(
                *WAS, word.label("now"), bucket.label("bucket"), npa.c.since,
                sql.oldest_due(terms.day, later).label("oldest"),
            )
            .select_from(loans.outerjoin(npa, npa.c.whose == key))
            .where(
                loans.c.branch_id == branch_id,
                sql.is_classed(terms.day),
                literal(1) == 1 if among is None else among,
                or_(
                    loans.c.asset_class != word,
                    loans.c.dpd_bucket != bucket,
                    loans.c.npa_since.is_distinct_from(npa.c.since),
                ),
            )
        )  # fmt: skip
        self._find(found, MOVED_NAMES)
        self._write(branch_id, moved(terms))
        for row in self._session.rows(turned_defaulted(branch_id)):
            self._session.moves.turn_defaulted(branch_id, terms.day, *row.values())
        return self._class_moves(branch_id, terms, later)

    def provide(self, branch_id: int, terms: ClosingTerms) -> None:
        """Write the provision of every loan whose figure is another one now."""
        later = sql.later_than(self._session, branch_id, terms.day)
        wanted = case((sql.IS_OPEN, needed(branch_id, terms, later)), else_=0)
        query = select(*WAS, wanted).where(
            loans.c.branch_id == branch_id,
            loans.c.disbursement_date <= terms.day,
            loans.c.provision_paise != wanted,
        )
        self._find(query, ("loan_id", *WAS_NAMES, "provision"))
        self._write(branch_id, {loans.c.provision_paise: MOVES.c.provision})

    def _find(self, query: Select[Any], names: Sequence[str]) -> None:
        """Lock the loans that move and keep what becomes of them."""
        self._session.change(delete(MOVES))
        locked = query.with_for_update(of=loans)
        self._session.change(insert(MOVES).from_select(list(names), locked))

    def _write(self, branch_id: int, values: dict[Any, Any]) -> None:
        statement = update(loans).where(
            loans.c.branch_id == branch_id, loans.c.loan_id == MOVES.c.loan_id
        )
        self._session.change(statement.values({**values, loans.c.version: loans.c.version + 1}))
        self._cells.shift(branch_id, MOVES)

    def _class_moves(
        self, branch_id: int, terms: ClosingTerms, later: ColumnElement[bool] | None
    ) -> tuple[ClassMove, ...]:
        provision = needed(branch_id, terms, later).label("provision")
        query = (
            select(
                loans.c.loan_id, MOVES.c.was_class, loans.c.asset_class, MOVES.c.oldest,
                loans.c.npa_since, provision,
            )
            .join(MOVES, MOVES.c.loan_id == loans.c.loan_id)
            .where(loans.c.branch_id == branch_id, MOVES.c.was_class != loans.c.asset_class)
            .order_by(loans.c.loan_id)
        )  # fmt: skip
        return tuple(ClassMove(*row.values()) for row in self._session.rows(query))


def _falling(branch_id: int, day: date) -> tuple[ColumnElement[bool], ...]:
    return (loans.c.branch_id == branch_id, sql.IS_OPEN, loans.c.next_due_date <= day)
