"""What the arrears of a loan come to at a day-end: days late, class, and what would improve them.

Source: lending-rules.md 9.1 and 9.2, screens.md S62 ("clears 2 of 3 dues; SMA-1 until ₹12,400
more"). Only a day-end moves a class: this says what the next one would find, and stores nothing.
"""

from dataclasses import dataclass
from datetime import date

from app.rules.asset_classification import (
    borrower_is_npa,
    class_by_days,
    classify,
    is_npa,
    may_upgrade,
    worse,
)
from app.rules.days_past_due import days_past_due
from app.rules.loan_account import AccountState
from app.rules.rulebook import Rulebook
from db.vocabulary.loan_life import AssetClass

_THIS, _OTHERS = "this", "others"


@dataclass(frozen=True, slots=True)
class BorrowerToday:
    """What counts beside the account itself.

    Attributes:
        asset_class, npa_since: of the loan as of the last day-end.
        others_overdue_paise: arrears of the borrower's other loans.
        others_oldest_due: the oldest unpaid due date among them.
    """

    asset_class: AssetClass
    npa_since: date | None
    others_overdue_paise: int = 0
    others_oldest_due: date | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a day-end would find.

    Attributes:
        overdue_paise: of this loan.
        cure_paise: what has to come in until nothing counts against it; for an NPA the arrears of
            all loans of the borrower.
        better_class: the class that less than the cure would reach, None where there is none.
        better_paise: what it takes.
    """

    as_of: date
    days_past_due: int
    asset_class: AssetClass
    oldest_unpaid_due: date | None
    overdue_paise: int
    cure_paise: int
    better_class: AssetClass | None = None
    better_paise: int = 0


def outlook(
    state: AccountState, day_end: date, borrower: BorrowerToday, rulebook: Rulebook
) -> Outlook:
    """What the day-end finds of an account that stands like this.

    Raises:
        NoRuleInForceError: no counting or class rule on that day.
    """
    oldest = state.oldest_unpaid_due(day_end)
    days = days_past_due(oldest, day_end, rulebook)
    overdue = state.overdue_paise(day_end)
    arrears = overdue + borrower.others_overdue_paise
    now = _class_at(days, (arrears, borrower), day_end, rulebook)
    sticky = is_npa(borrower.asset_class)
    better = None if sticky else _better(state, (day_end, borrower), now, rulebook)
    better_class, better_paise = better or (None, 0)
    return Outlook(
        as_of=day_end,
        days_past_due=days,
        asset_class=now,
        oldest_unpaid_due=oldest,
        overdue_paise=overdue,
        cure_paise=arrears if sticky else overdue,
        better_class=better_class,
        better_paise=better_paise,
    )


def dues_in_arrears(state: AccountState, day_end: date) -> int:
    """How many instalments have fallen due by then and are not paid in full."""
    return sum(1 for each in state.dues if each.due.due_on <= day_end and each.left_paise)


def _class_at(
    days: int, standing: tuple[int, BorrowerToday], day_end: date, rulebook: Rulebook
) -> AssetClass:
    arrears, borrower = standing
    if is_npa(borrower.asset_class):
        if may_upgrade(arrears, rulebook, day_end):
            return class_by_days(days, rulebook, day_end)
        aged = classify(days, borrower.npa_since, day_end, rulebook)
        return worse(borrower.asset_class, aged)  # loss by identification does not age back
    others = days_past_due(borrower.others_oldest_due, day_end, rulebook)
    if borrower_is_npa({_THIS: days, _OTHERS: others}, rulebook, day_end):
        return AssetClass.SUB_STANDARD
    return class_by_days(days, rulebook, day_end)


def _better(
    state: AccountState, seen: tuple[date, BorrowerToday], now: AssetClass, rulebook: Rulebook
) -> tuple[AssetClass, int] | None:
    """The first better class on the way to no arrears, and the paise that reach it."""
    day_end, borrower = seen
    late = [each for each in state.dues if each.due.due_on <= day_end and each.left_paise]
    paid = 0
    for place, each in enumerate(late[:-1]):
        paid += each.left_paise
        days = days_past_due(late[place + 1].due.due_on, day_end, rulebook)
        reached = _class_at(days, (paid, borrower), day_end, rulebook)
        if reached is not now:
            return reached, paid
    return None
