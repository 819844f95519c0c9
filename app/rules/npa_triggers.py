"""What makes an NPA beside days past due of an instalment: interest-only periods, revolving limits.

Source: lending-rules.md 9.1 (4 and 5); RBI/2021-22/125 of 12 Nov 2021. Interest of an interest-only
period is counted from 31 Mar 2022. A revolving account goes by the days above its limit or drawing
power, has no SMA-0, and is out of order also without credits or with credits below the interest.
"""

from dataclasses import dataclass
from datetime import date

from app.rules.asset_classification import class_by_days, turns_npa
from app.rules.rulebook import Rulebook
from db.vocabulary.loan_life import AssetClass


def interest_only_is_npa(days_overdue: int, rulebook: Rulebook, on: date) -> bool:
    """Whether interest of an interest-only period has been overdue so long that it is an NPA.

    Before the rule on such interest the days of any loan decide.
    """
    row = rulebook.optional_row("npa_interest_overdue_days", on)
    return turns_npa(days_overdue, rulebook, on) if row is None else row.holds(days_overdue)


@dataclass(frozen=True, slots=True)
class RevolvingAccount:
    """A cash credit or overdraft at a day-end; money in paise.

    Attributes:
        balance_paise: owed now; an account that owes nothing is never out of order.
        days_over_limit: days without a break above the lower of limit and drawing power.
        days_without_credit: days since anything was paid in; since opening where nothing was.
        credits_paise: paid in over the days of the rule up to this day-end.
        interest_debited_paise: interest debited over the same days.
    """

    balance_paise: int
    days_over_limit: int
    days_without_credit: int
    credits_paise: int
    interest_debited_paise: int


def is_out_of_order(account: RevolvingAccount, rulebook: Rulebook, on: date) -> bool:
    """Whether a revolving account is out of order, by any of the three signs."""
    row = rulebook.row("revolving_out_of_order_days", on)
    return account.balance_paise > 0 and (
        row.holds(account.days_over_limit)
        or row.holds(account.days_without_credit)
        or account.credits_paise < account.interest_debited_paise
    )


def class_of_revolving(account: RevolvingAccount, rulebook: Rulebook, on: date) -> AssetClass:
    """The class of a revolving account by its own state; an NPA starts as sub-standard."""
    if is_out_of_order(account, rulebook, on):
        return AssetClass.SUB_STANDARD
    found = class_by_days(account.days_over_limit, rulebook, on)
    return AssetClass.STANDARD if found is AssetClass.SMA_0 else found
