"""Months without an instalment before the first one, and what becomes of their interest.

Source: lending-rules.md section 3. Vectors V021 and V022. Interest due in a moratorium is not
overdue.
"""

from decimal import Decimal

from app.rules.amortisation import month_interest
from app.rules.emi import MONTHS_PER_YEAR, RATE_BASE
from app.rules.money import PPM, round_half_up
from db.vocabulary.lending import MoratoriumTreatment


def simple_interest(principal_paise: int, rate_ppm: int, months: int) -> int:
    """Interest once, without interest on it, in paise half up.

    >>> simple_interest(20000000, 100000, 12)
    2000000
    """
    return round_half_up(Decimal(principal_paise * rate_ppm * months) / (PPM * MONTHS_PER_YEAR))


def balance_after(
    principal_paise: int, rate_ppm: int, months: int, treatment: MoratoriumTreatment
) -> int:
    """The balance on which the instalments are computed, in paise.

    >>> balance_after(50000000, 100000, 6, MoratoriumTreatment.CAPITALISED_MONTHLY)
    52552666
    """
    if treatment is MoratoriumTreatment.SERVICED:
        return principal_paise
    if treatment is MoratoriumTreatment.CAPITALISED_SIMPLE:
        return principal_paise + simple_interest(principal_paise, rate_ppm, months)
    growth = (1 + Decimal(rate_ppm) / RATE_BASE) ** months
    return round_half_up(principal_paise * growth)


def interest_of_month(
    principal_paise: int, rate_ppm: int, month: int, treatment: MoratoriumTreatment
) -> int:
    """Interest of that month of a moratorium, from 1; capitalised months add up to the balance.

    ``principal_paise`` is the balance at the start of the moratorium.

    >>> interest_of_month(100000, 100000, 2, MoratoriumTreatment.CAPITALISED_SIMPLE)
    834
    """
    if treatment is MoratoriumTreatment.SERVICED:
        return month_interest(principal_paise, rate_ppm)
    before = balance_after(principal_paise, rate_ppm, month - 1, treatment)
    return balance_after(principal_paise, rate_ppm, month, treatment) - before


def payments_during(
    principal_paise: int, rate_ppm: int, months: int, treatment: MoratoriumTreatment
) -> tuple[int, ...]:
    """What is paid in each month of the moratorium, in paise."""
    serviced = treatment is MoratoriumTreatment.SERVICED
    return (month_interest(principal_paise, rate_ppm) if serviced else 0,) * months
