"""A loan as it stands between two instalments: what is owed, at what rate, with how many left.

Source: lending-rules.md 1.4 and 4.2. Where prepayment, foreclosure and rate reset start from; the
instalments left are those of the contract's schedule, to the paisa.
"""

from dataclasses import dataclass
from datetime import date

from app.rules.amortisation import LoanShape, Schedule, contract_schedule, run_down
from app.rules.emi import check_terms
from app.rules.measure_inputs import MeasureInputError, check_whole
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import EmiRounding


@dataclass(frozen=True, slots=True)
class RunningLoan:
    """A loan after one of its instalments.

    Attributes:
        balance_paise: principal that is still owed.
        emi_paise: the instalment paid so far.
        rounding: the one of the contract, for a new instalment.
    """

    balance_paise: int
    rate_ppm: int
    emi_paise: int
    instalments_left: int
    rounding: EmiRounding


def check_running(loan: RunningLoan) -> None:
    """Refuse a loan that has nothing left to pay, or terms outside the arithmetic.

    Raises:
        LoanTermsError: balance, rate or number of instalments at fault.
        MeasureInputError: an instalment of 0 or less.
    """
    check_terms(loan.balance_paise, loan.rate_ppm, loan.instalments_left)
    check_whole("emi", loan.emi_paise)


def standing_after(
    schedule: Schedule, rate_ppm: int, rounding: EmiRounding, paid_instalments: int
) -> RunningLoan:
    """The loan of a schedule with so many instalments paid in full.

    Raises:
        MeasureInputError: a number below 0, or one that leaves nothing to pay.
    """
    most = len(schedule.rows) - 1
    if not 0 <= paid_instalments <= most:
        raise MeasureInputError("paid_instalments", f"a whole number from 0 to {most}")
    return RunningLoan(
        balance_paise=schedule.rows[paid_instalments].opening_paise,
        rate_ppm=rate_ppm,
        emi_paise=schedule.emi_paise,
        instalments_left=len(schedule.rows) - paid_instalments,
        rounding=rounding,
    )


def schedule_left(loan: RunningLoan) -> Schedule:
    """What is still to be paid if nothing changes; the last instalment takes the rest."""
    return run_down(loan.balance_paise, loan.rate_ppm, loan.emi_paise, loan.instalments_left)


def schedule_renewed(loan: RunningLoan, rulebook: Rulebook, on: date) -> Schedule:
    """The schedule with a new instalment for the balance over the instalments left.

    Raises:
        LoanTermsError: balance, rate or number of instalments outside the arithmetic.
        NoRuleInForceError: no rounding rule on that day.
    """
    shape = LoanShape(loan.balance_paise, loan.rate_ppm, loan.instalments_left)
    return contract_schedule(shape, loan.rounding, rulebook, on)
