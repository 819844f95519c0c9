"""The equated monthly instalment on a reducing balance with monthly rests.

Source: lending-rules.md 1.2, 1.3 and 1.6; the worked example of RBI's Key Facts circular of
15 Apr 2024. ``E = P*i*(1+i)^n / ((1+i)^n - 1)``; without interest ``P / n``. Vectors V001 to V012.
"""

from datetime import date
from decimal import ROUND_CEILING, Decimal

from app.rules.money import PAISE_PER_RUPEE, PPM, percent_shown, round_half_up
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import EmiRounding

MONTHS_PER_YEAR = 12
RATE_BASE = MONTHS_PER_YEAR * PPM  # a yearly rate in ppm over this is the monthly rate

# Bounds of the arithmetic itself, far outside any product: a century, 100 times the loan a year.
TENURE_BOUND_MONTHS = 100 * MONTHS_PER_YEAR
_RATE_BOUND_PPM = 100 * PPM


_SENTENCES = {
    "loan_amount": "Loan amount must be more than ₹0",
    "interest_rate": "Interest rate must be 0 % or more, and not above 10,000 %",
    "loan_tenure_months": "Tenure must be from 1 to 1,200 whole months",
}


class LoanTermsError(ValueError):
    """A loan with these terms has no instalment.

    Attributes:
        field: name of the term as screens and verbs know it.
    """

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(_SENTENCES[field])


def check_amount_and_rate(principal_paise: int, rate_ppm: int) -> None:
    """Refuse an amount or a rate that the arithmetic does not know, where no tenure is left.

    Raises:
        LoanTermsError: names the field.
    """
    if principal_paise <= 0:
        raise LoanTermsError("loan_amount")
    if not 0 <= rate_ppm <= _RATE_BOUND_PPM:
        raise LoanTermsError("interest_rate")


def check_terms(principal_paise: int, rate_ppm: int, tenure_months: int) -> None:
    """Refuse an amount, a rate or a tenure that the arithmetic does not know.

    Raises:
        LoanTermsError: names the field.
    """
    check_amount_and_rate(principal_paise, rate_ppm)
    if not 1 <= tenure_months <= TENURE_BOUND_MONTHS:
        raise LoanTermsError("loan_tenure_months")


def term_warnings(rate_ppm: int, tenure_months: int, rulebook: Rulebook, on: date) -> list[str]:
    """Sentences about a rate or a tenure that is allowed but most likely a slip."""
    warnings = []
    most = rulebook.limit("rate_warn_above", on)
    if most is not None and rulebook.row("rate_warn_above", on).holds(rate_ppm):
        typed, limit = percent_shown(rate_ppm), percent_shown(most)
        warnings.append(f"Interest rate {typed} is above {limit} a year: check it")
    most = rulebook.limit("tenure_warn_above", on)
    if most is not None and rulebook.row("tenure_warn_above", on).holds(tenure_months):
        warnings.append(f"Tenure of {tenure_months} months is above {most} months: check it")
    return warnings


def exact_emi(principal_paise: int, rate_ppm: int, tenure_months: int) -> Decimal:
    """The unrounded instalment in paise.

    Raises:
        LoanTermsError: principal 0 or less, rate below 0, tenure below 1 month.

    >>> round(exact_emi(100000000, 95000, 60), 4)
    Decimal('2100186.1310')
    """
    check_terms(principal_paise, rate_ppm, tenure_months)
    if rate_ppm == 0:
        return Decimal(principal_paise) / tenure_months
    monthly = Decimal(rate_ppm) / RATE_BASE
    growth = (1 + monthly) ** tenure_months
    return principal_paise * monthly * growth / (growth - 1)


def rounded_emi(exact_paise: Decimal, rounding: EmiRounding) -> int:
    """Round an instalment in paise as the product says.

    >>> rounded_emi(Decimal("96973.2961"), EmiRounding.RUPEE)
    97000
    """
    if rounding is EmiRounding.PAISA:
        return round_half_up(exact_paise)
    in_rupees = exact_paise / PAISE_PER_RUPEE
    if rounding is EmiRounding.RUPEE:
        return round_half_up(in_rupees) * PAISE_PER_RUPEE
    return int(in_rupees.to_integral_value(rounding=ROUND_CEILING)) * PAISE_PER_RUPEE


def emi(principal_paise: int, rate_ppm: int, tenure_months: int, rounding: EmiRounding) -> int:
    """The contract instalment in whole paise.

    Raises:
        LoanTermsError: principal 0 or less, rate below 0, tenure below 1 month.

    >>> emi(100000000, 122500, 60, EmiRounding.RUPEE)
    2237100
    """
    return rounded_emi(exact_emi(principal_paise, rate_ppm, tenure_months), rounding)


def largest_principal(instalment_paise: int, rate_ppm: int, tenure_months: int) -> Decimal:
    """The loan in paise that an instalment pays off: the annuity, unrounded.

    >>> round(largest_principal(2550000, 95000, 60))
    121417810
    """
    check_terms(instalment_paise, rate_ppm, tenure_months)
    if rate_ppm == 0:
        return Decimal(instalment_paise * tenure_months)
    monthly = Decimal(rate_ppm) / RATE_BASE
    growth = (1 + monthly) ** tenure_months
    return instalment_paise * (growth - 1) / (monthly * growth)
