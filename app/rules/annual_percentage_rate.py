"""The annual percentage rate: monthly internal rate of return times 12.

Source: lending-rules.md 7.1; RBI circular of 15 Apr 2024, Annex B (20,000 at 15 % over 24 months
with 400 of charges says 17.07 %). Vectors V046 to V055. Nominal, not compounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from app.rules.emi import MONTHS_PER_YEAR

_TOLERANCE = Decimal("1e-14")  # of the monthly rate; a hundredth of what the rule asks
_PERCENT = 100 * MONTHS_PER_YEAR
_DAYS_OVER = 30  # the word DAYS_OVER_30 of rule row apr_first_period
_ONE = Decimal(1)
_NO_SHIFT = Decimal(0)


class RepaymentsBelowDisbursedError(ValueError):
    """The repayments give back less than was paid out: no rate exists."""

    def __init__(self) -> None:
        super().__init__("The repayments add up to less than the amount paid out")


class AprOutOfRangeError(ValueError):
    """The charges eat the loan up: the rate is above 100 % a month."""

    def __init__(self) -> None:
        super().__init__("The charges leave so little that the yearly cost is above 1,200 %")


@dataclass(frozen=True, slots=True)
class _Run:
    """Equal payments in a row: how many come before, how many they are."""

    amount: Decimal
    before: int
    count: int


def _runs(payments: Sequence[int | Decimal]) -> list[_Run]:
    runs, before = [], 0
    for amount, group in groupby(payments):
        count = sum(1 for _ in group)
        runs.append(_Run(Decimal(amount), before, count))
        before += count
    return runs


def _value_and_slope(runs: list[_Run], monthly: Decimal, shift: Decimal) -> tuple[Decimal, Decimal]:
    """Present value of the payments at a monthly rate, and how fast it falls.

    Time counts from one month before the first payment; ``shift`` moves all payments later.
    """
    discount = 1 / (1 + monthly)
    value = slope = Decimal(0)
    for run in runs:
        ahead = discount**run.before
        if monthly:
            tail = discount**run.count
            factor = (1 - tail) / monthly
            bend = (run.count * tail * discount - factor) / monthly
        else:
            factor = Decimal(run.count)
            bend = -factor * (run.count + 1) / 2
        value += run.amount * ahead * factor
        slope += run.amount * ahead * (bend - run.before * discount * factor)
    if shift:
        late = discount**shift
        slope = late * (slope - shift * discount * value)
        value *= late
    return value, slope


def monthly_rate(
    net_disbursed_paise: int | Decimal,
    payments_paise: Sequence[int | Decimal],
    shift_months: Decimal = _NO_SHIFT,
) -> Decimal:
    """The monthly rate, from 0 to 1, at which the payments are worth what was paid out.

    The present value falls and is convex in the rate, so Newton's steps from 0 rise to the root
    and never pass it: no bracket has to be halved, and each step doubles the correct digits.

    Raises:
        RepaymentsBelowDisbursedError: no rate of 0 or more exists.
        AprOutOfRangeError: the rate is above 1 a month, or nothing was paid out.
    """
    runs = _runs(payments_paise)
    total = sum(run.amount * run.count for run in runs)
    if total < net_disbursed_paise:
        raise RepaymentsBelowDisbursedError
    at_most = _value_and_slope(runs, _ONE, shift_months)[0]
    if net_disbursed_paise <= 0 or at_most >= net_disbursed_paise:
        raise AprOutOfRangeError
    rate, step = Decimal(0), _ONE
    while step > _TOLERANCE:
        value, slope = _value_and_slope(runs, rate, shift_months)
        step = (net_disbursed_paise - value) / slope
        rate += step
    return rate


def annual_percentage_rate(
    net_disbursed_paise: int | Decimal,
    payments_paise: Sequence[int | Decimal],
    broken_days: int = 0,
) -> Decimal:
    """The APR in per cent a year, unrounded.

    ``broken_days`` are the days by which the first period differs from a month; they count as
    thirtieths of a month.

    Raises:
        RepaymentsBelowDisbursedError: the payments give back less than was paid out.
        AprOutOfRangeError: above 1,200 %.

    >>> round(annual_percentage_rate(1960000, [97000] * 23 + [96256]), 2)
    Decimal('17.07')
    """
    shift = Decimal(broken_days) / _DAYS_OVER
    return monthly_rate(net_disbursed_paise, payments_paise, shift) * _PERCENT


def effective_annual_rate(apr_percent: Decimal) -> Decimal:
    """The same rate compounded monthly, per cent; information only.

    >>> round(effective_annual_rate(Decimal("17.0711")), 2)
    Decimal('18.47')
    """
    return ((1 + apr_percent / _PERCENT) ** MONTHS_PER_YEAR - 1) * 100
