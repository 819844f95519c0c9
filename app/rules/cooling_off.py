"""Leaving a digital loan in its first days: principal and the proportionate APR, without penalty.

Source: lending-rules.md 7.3; RBI/2025-26/36 of 8 May 2025. Vectors V056 and V057. A loan given
wholly at the branch is not a digital one and has no such days.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.rules.day_count import daily_interest
from app.rules.emi import check_amount_and_rate
from app.rules.measure_inputs import check_amount
from app.rules.rulebook import Rulebook


class CoolingOffOverError(ValueError):
    """The days of leaving without penalty are over."""

    field = "days"

    def __init__(self, most: int) -> None:
        super().__init__(
            f"Cooling-off ends {most} {'day' if most == 1 else 'days'} after disbursement: "
            "ask for a foreclosure quote"
        )


@dataclass(frozen=True, slots=True)
class CoolingOffExit:
    """What the borrower pays to leave, in paise; there is no penalty to add."""

    principal_paise: int
    interest_paise: int

    @property
    def pay_paise(self) -> int:
        """Principal and proportionate APR."""
        return self.principal_paise + self.interest_paise


def cooling_off_days(rulebook: Rulebook, on: date) -> int:
    """Days within which a borrower may leave; the legal minimum where the bank allows fewer.

    Raises:
        NoRuleInForceError: no rule on the day of sanction.
    """
    own = rulebook.days("cooling_off_days", on)
    least = rulebook.row("cooling_off_minimum_days", on)
    return own if least.holds(own) else rulebook.days("cooling_off_minimum_days", on)


def last_exit_day(disbursed_on: date, rulebook: Rulebook, on: date) -> date:
    """The last day of leaving without penalty; ``on`` is the day of sanction."""
    return disbursed_on + timedelta(days=cooling_off_days(rulebook, on))


def cooling_off_exit(
    principal_paise: int, apr_ppm: int, days: int, rulebook: Rulebook, on: date
) -> CoolingOffExit:
    """What leaving costs so many days after disbursement; ``on`` is the day of sanction.

    Raises:
        LoanTermsError: principal 0 or less, or an APR outside the arithmetic.
        MeasureInputError: days below 0.
        CoolingOffOverError: the time is over.
        NoRuleInForceError: a rule is missing on that day.
    """
    check_amount_and_rate(principal_paise, apr_ppm)
    check_amount("days", days)
    most = cooling_off_days(rulebook, on)
    if days > most:
        raise CoolingOffOverError(most)
    interest = daily_interest(principal_paise, apr_ppm, days, rulebook, on)
    return CoolingOffExit(principal_paise, interest)
