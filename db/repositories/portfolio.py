"""What is read of a whole book beside the monitor's figures."""

from datetime import date

from sqlalchemy import select

from db.repositories.drift_book import DriftBook
from db.repositories.portfolio_scope import money, of_branch
from db.repositories.session import Session
from db.repositories.stress_book import StressBook
from db.tables.loans import disbursements


class Portfolio:
    """Reads over one branch, or over all of them when the branch is None.

    `stress` reads the loans of a stress run, `drift` the scores and outcomes of a drift report.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.stress = StressBook(session)
        self.drift = DriftBook(session)

    def disbursed_between(self, branch_id: int | None, first: date, last: date) -> int:
        """Return the paise paid out from one day to another, both included."""
        query = select(money(disbursements.c.amount_paise)).where(
            of_branch(disbursements, branch_id),
            disbursements.c.disbursement_date.between(first, last),
        )
        return int(self._session.one(query)[0])
