"""What closes a loan on one day: the quote, and the figure that is posted on that day.

Source: screens.md S65, commands.md (`foreclosure`), lending-rules.md 4.3 to 4.5. The closing of a
loan takes its amount from `closing_quote`, so that a quote and its posting cannot differ.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.foreclosure import ForeclosureQuote
from app.rules.permissions import Act
from app.services.steps.closing_penal import read_to_close
from app.services.steps.closing_quote import closing_quote
from app.services.steps.loan_owed import loan_of
from app.services.steps.permission import permit

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class QuoteForeclosure:
    """A loan, by id or reference, and the day on which it shall be closed."""

    loan: UUID | str
    on: date


@dataclass(frozen=True, slots=True)
class ForeclosureAnswer:
    """The quote of a loan.

    Attributes:
        advance_paise: money of the borrower that the bank holds; it is used on the day.
        fee_allowed: whether a charge is allowed; the quote says why.
        valid_to: the last day on which the quote holds.
    """

    loan_id: UUID
    reference: str
    quote: ForeclosureQuote
    advance_paise: int
    fee_allowed: bool
    valid_to: date

    @property
    def to_pay_paise(self) -> int:
        """What is still to be brought on the day."""
        return max(self.quote.total_paise - self.advance_paise, 0)


def quote_foreclosure(request: QuoteForeclosure, desk: "Desk") -> ForeclosureAnswer:
    """Work out what closes a loan on a day.

    Raises:
        Refused: nobody has signed in, the person may not read loans, the loan is over, or the day
            lies before the last due date (`fields` names it).
        NotFound: the branch has no such loan.
    """
    branch_id = permit(desk, Act.READ_LOANS).branch_id
    rulebook, today = desk.rulebook(), desk.clock.today()
    with desk.read_book() as book:
        loan = loan_of(book, branch_id, request.loan)
        owed = read_to_close(book, loan, request.on, today, rulebook)
    closing = closing_quote(owed, rulebook)
    return ForeclosureAnswer(
        loan_id=loan.loan_id,
        reference=loan.reference,
        quote=closing.quote,
        advance_paise=owed.state.advance_paise,
        fee_allowed=closing.fee.permission.allowed,
        valid_to=closing.quote.value_date,
    )
