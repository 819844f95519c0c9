"""What closes a loan before its end, part by part, on one day.

Source: lending-rules.md 4.5. Vectors V026 to V028. The quote and the posting are this one function:
on the day of the quote both give the same amount, on any other day a new quote is needed.
"""

from dataclasses import dataclass
from datetime import date

from app.rules.dates import date_shown
from app.rules.day_count import day_basis
from app.rules.emi import check_amount_and_rate
from app.rules.field_refusal import FieldRefusedError
from app.rules.measure_inputs import check_amount
from app.rules.money import rupees
from app.rules.prepayment_fee import FeeCharge
from app.rules.rulebook import Rulebook


class ForeclosureError(FieldRefusedError):
    """A quote for a day that does not fit, or a payment that does not fit a quote."""


@dataclass(frozen=True, slots=True)
class LoanToClose:
    """A loan on the day on which it shall be closed.

    Attributes:
        principal_paise: principal that is not due yet; that of overdue instalments is in those.
        last_due_on: the last due date, or the day of disbursement before the first.
        overdue_paise: instalments that are due and unpaid, their interest included.
        charges_paise: unpaid charges, those that the closing itself brings among them.
    """

    principal_paise: int
    rate_ppm: int
    last_due_on: date
    overdue_paise: int = 0
    charges_paise: int = 0


@dataclass(frozen=True, slots=True)
class ForeclosureQuote:
    """The parts of what closes the loan, in paise.

    Attributes:
        value_date: the one day on which it holds.
        days: from the last due date, which counts, to the value date, which does not.
        fee_reason: why a fee is charged or not.
    """

    value_date: date
    days: int
    principal_paise: int
    accrued_interest_paise: int
    overdue_paise: int
    charges_paise: int
    fee_paise: int
    gst_paise: int
    fee_reason: str

    @property
    def total_paise(self) -> int:
        """The sum of all parts."""
        owed = self.principal_paise + self.accrued_interest_paise + self.overdue_paise
        return owed + self.charges_paise + self.fee_paise + self.gst_paise


def foreclosure(
    loan: LoanToClose, value_date: date, fee: FeeCharge, rulebook: Rulebook, sanctioned_on: date
) -> ForeclosureQuote:
    """The quote for one value date, and what is posted on it.

    Days are counted by the rules in force on the day of sanction.

    Raises:
        LoanTermsError: nothing of the loan is left, or the rate is outside the arithmetic.
        MeasureInputError: principal, overdue instalments or charges below 0.
        ForeclosureError: the value date lies before the last due date.
        NoRuleInForceError: no day-count rule on the day of sanction.
    """
    check_amount("principal", loan.principal_paise)
    check_amount("overdue", loan.overdue_paise)
    check_amount("charges", loan.charges_paise)
    check_amount_and_rate(loan.principal_paise + loan.overdue_paise, loan.rate_ppm)
    if value_date < loan.last_due_on:
        raise ForeclosureError(
            "value_date", f"Choose {date_shown(loan.last_due_on)}, the last due date, or later"
        )
    basis = day_basis(rulebook, sanctioned_on)
    return ForeclosureQuote(
        value_date=value_date,
        days=(value_date - loan.last_due_on).days,
        principal_paise=loan.principal_paise,
        accrued_interest_paise=basis.interest(
            loan.principal_paise, loan.rate_ppm, loan.last_due_on, value_date
        ),
        overdue_paise=loan.overdue_paise,
        charges_paise=loan.charges_paise,
        fee_paise=fee.fee_paise,
        gst_paise=fee.gst_paise,
        fee_reason=fee.permission.reason,
    )


def check_settlement(quote: ForeclosureQuote, received_paise: int, received_on: date) -> None:
    """Refuse to close a loan on another day than the quote's, or with less than its total.

    Raises:
        ForeclosureError: names the day or the amount.
    """
    if received_on != quote.value_date:
        raise ForeclosureError(
            "value_date",
            f"The quote holds for {date_shown(quote.value_date)} only: "
            f"make a new one for {date_shown(received_on)}",
        )
    if received_paise < quote.total_paise:
        raise ForeclosureError(
            "amount", f"{rupees(quote.total_paise)} closes the loan on that day: enter it in full"
        )
