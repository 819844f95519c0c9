"""The days that a branch has closed; rows are only added."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ScalarSelect, Table, bindparam, func, insert, select

from db.records.day_end import DayEnd, MonthEndLoan
from db.repositories.day_postings import DayPostings
from db.repositories.session import Session
from db.tables.loan_account import day_ends, month_end_snapshots
from db.tables.loans import loans, npa_tracking


def _newest(table: Table) -> ScalarSelect[date]:
    of_branch = table.c.branch_id == bindparam("branch")
    return select(func.max(table.c.business_date)).where(of_branch).scalar_subquery()


_LAST = select(func.coalesce(_newest(day_ends), _newest(npa_tracking)))


class DayEnds:
    """The closed days of a book, and what was booked on any day."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.postings = DayPostings(session)

    def last_closed(self, branch_id: int) -> date | None:
        """The last day whose classes stand.

        A book from before days were closed has its class history alone.
        """
        found: date | None = self._session.connection.execute(_LAST, {"branch": branch_id}).scalar()
        return found

    def first_day(self, branch_id: int) -> date | None:
        """The day on which the branch paid its first loan out."""
        query = select(func.min(loans.c.disbursement_date)).where(loans.c.branch_id == branch_id)
        found: date | None = self._session.connection.execute(query).scalar()
        return found

    def get(self, branch_id: int, business_date: date) -> DayEnd | None:
        """What closing that day did; None where it has not been closed."""
        query = select(day_ends).where(
            day_ends.c.branch_id == branch_id, day_ends.c.business_date == business_date
        )
        row = self._session.first(query)
        if row is None:
            return None
        return DayEnd(**{name: row[name] for name in DayEnd.__slots__})

    def between(self, branch_id: int, first: date, last: date) -> tuple[DayEnd, ...]:
        """The closed days from one to another, oldest first."""
        query = select(day_ends).where(
            day_ends.c.branch_id == branch_id, day_ends.c.business_date.between(first, last)
        )
        rows = self._session.rows(query.order_by(day_ends.c.business_date))
        return tuple(DayEnd(**{name: row[name] for name in DayEnd.__slots__}) for row in rows)

    def add(self, branch_id: int, closed: DayEnd) -> None:
        """Write that a day has been closed; a second time is refused by the key."""
        values = {name: getattr(closed, name) for name in DayEnd.__slots__}
        self._session.connection.execute(insert(day_ends).values(branch_id=branch_id, **values))

    def keep(self, branch_id: int, loans: Sequence[MonthEndLoan]) -> None:
        """Write what month ends kept, for a book that begins with a history."""
        names = MonthEndLoan.__slots__
        rows = [{name: getattr(each, name) for name in names} for each in loans]
        self._session.write(month_end_snapshots, [{"branch_id": branch_id, **row} for row in rows])
