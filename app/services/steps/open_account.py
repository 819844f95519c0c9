"""Who adds rows to a loan's account, and whether its account still takes receipts."""

from typing import TYPE_CHECKING

from app.rules.dates import date_shown
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import RowMaker
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.loan_life import LoanStatus

if TYPE_CHECKING:
    from datetime import date

    from app.services.steps.desk import Desk
    from db.records.loans import Loan


def row_maker(desk: "Desk") -> RowMaker:
    """The person at the desk, now, for every row of one act."""
    return RowMaker(lambda: new_id(desk), desk.person().user_id, desk.clock.now())


def why_over(status: LoanStatus, reference: str, closed_on: "date | None" = None) -> str:
    """Why a loan takes no payment any more, as a sentence; empty for one that does."""
    if status is LoanStatus.CLOSED:
        since = "" if closed_on is None else f" since {date_shown(closed_on)}"
        return f"Loan {reference} is closed{since}: no payment can be posted on it"
    if status is LoanStatus.WRITTEN_OFF:
        return f"Loan {reference} is written off: post this money as a recovery"
    return ""


def refuse_closed(loan: "Loan") -> None:
    """Refuse a receipt on a loan whose account is over.

    Raises:
        Refused: it is closed or written off.
    """
    why = why_over(loan.status, loan.reference, loan.closed_on)
    if why:
        raise Refused(RefusalKind.BAD_INPUT, why)
