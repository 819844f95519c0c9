"""The life of one synthetic loan: dues, receipts as the borrower pays them, what they settle.

The dues come from the loan plan and every receipt is split by the payment allocation rule, so that
a sample book obeys the same arithmetic as a real one. Nothing is dated after the book's day.
The month of a default and the borrower's lateness are drawn by `ml.sample`.
"""

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from app.rules.day_count import due_date
from app.rules.loan_plan import LoanPlan
from app.rules.payment_allocation import Allocation, Due, allocate
from db.records.loans import Instalment
from db.vocabulary.lending import AppropriationOrder

MONTHS_TO_NINETY_DAYS = 3  # an instalment missed now is ninety days old three months later
DAYS_A_STEP = 30  # the special mention classes are thirty days wide
INSTALMENTS_BEHIND = (0.58, 0.24, 0.18)  # of the late: catches up in the 1st, 2nd or 3rd month
USUAL_DELAY_DAYS = 9  # of those who catch up in the first month
LATEST_DAY_OF_MONTH = 26  # whoever does not default never reaches ninety days
TWO_PARTS_SHARE = 0.40  # of the late: pays half an instalment first
STOPS_SHARE, PARTS_SHARE = 0.45, 0.30  # of defaulters; the rest pays all arrears one day
PART_PAYMENT_SHARE = 0.8  # of the months in which a defaulter pays parts
CURE_DAYS = (95, 270)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How a borrower pays.

    Attributes:
        default_month: month on book of the first 90 days past due, 0 = never.
        lateness: chance from 0 to 1 that an instalment is paid late, when none is behind.
        cured_by: arrears of a default were paid by then (a new loan was granted), None = open.
    """

    default_month: int
    lateness: float
    cured_by: date | None = None


class Receipt(NamedTuple):
    """Money that arrives."""

    value_date: date
    amount_paise: int


class Posting(NamedTuple):
    """A receipt, its split and the principal left afterwards."""

    receipt: Receipt
    split: Allocation
    balance_after_paise: int


@dataclass(frozen=True, slots=True)
class LoanLife:
    """A loan up to the book's day; instalments run to its end, paid or not."""

    principal_paise: int
    instalments: tuple[Instalment, ...]
    postings: tuple[Posting, ...]

    def oldest_unpaid_due(self, day_end: date) -> date | None:
        """The oldest due date that was unpaid at that day-end."""
        paid = bisect_right(self.instalments, day_end, key=_settled_on)
        if paid == len(self.instalments):
            return None
        due_on = self.instalments[paid].due_date
        return due_on if due_on <= day_end else None

    def balance(self, day_end: date) -> int:
        """Principal still owed at that day-end, in paise."""
        count = bisect_right(self.postings, day_end, key=lambda each: each.receipt.value_date)
        return self.postings[count - 1].balance_after_paise if count else self.principal_paise

    def overdue_paise(self, day_end: date) -> int:
        """Unpaid rest of everything due by that day, as the instalments stand now."""
        return sum(_rest(each).total_paise for each in self.instalments if each.due_date <= day_end)

    @property
    def closed_on(self) -> date | None:
        """The day on which the last paisa came in."""
        return self.instalments[-1].paid_on


def dues_of(loan_id: UUID, plan: LoanPlan, principal_paise: int, first: date) -> list[Instalment]:
    """The unpaid instalments of a plan, the first on that day; a bullet loan has one."""
    if plan.schedule is None:
        due_on = due_date(first, len(plan.payments_paise))
        interest = plan.total_interest_paise
        return [Instalment(loan_id, 1, due_on, principal_paise, interest, principal_paise, 0)]
    return [
        Instalment(
            loan_id=loan_id,
            number=row.number,
            due_date=due_date(first, row.number),
            opening_paise=row.opening_paise,
            interest_paise=row.interest_paise,
            principal_paise=row.principal_paise,
            closing_paise=row.closing_paise,
        )
        for row in plan.schedule.rows
    ]


def draw_receipts(
    dues: Sequence[Instalment], behaviour: Behaviour, as_of: date, rng: random.Random
) -> list[Receipt]:
    """Draw the receipts up to the book's day, in date order."""
    stop = _first_missed(dues, behaviour)
    regular = _regular(dues[:stop], behaviour, rng)
    after = _after_default(dues, stop, behaviour, rng) if stop < len(dues) else []
    return sorted(each for each in (*regular, *after) if each.value_date <= as_of)


def live(
    dues: Sequence[Instalment], receipts: Sequence[Receipt], policy: AppropriationOrder
) -> LoanLife:
    """Post the receipts in order, each on what is due and unpaid on its day."""
    state, postings, first_open = list(dues), [], 0
    principal = dues[0].opening_paise
    balance = principal
    for receipt in receipts:
        fallen = bisect_right(state, receipt.value_date, key=lambda each: each.due_date)
        open_dues = [_rest(each) for each in state[first_open:fallen]]
        split = allocate(receipt.amount_paise, open_dues, 0, policy)
        for offset, share in enumerate(split.shares):
            place = first_open + offset
            state[place] = _settled(state[place], share.interest_paise, share.principal_paise)
            state[place] = _dated(state[place], receipt.value_date)
        while first_open < len(state) and state[first_open].paid_on is not None:
            first_open += 1
        balance -= split.principal_paise
        postings.append(Posting(receipt, split, balance))
    return LoanLife(principal, tuple(state), tuple(postings))


def _first_missed(dues: Sequence[Instalment], behaviour: Behaviour) -> int:
    """Index of the first instalment that is not paid any more; the count when all are."""
    if not behaviour.default_month:
        return len(dues)
    missed = max(behaviour.default_month - MONTHS_TO_NINETY_DAYS, 1)
    return min(missed, len(dues)) - 1


def _regular(
    dues: Sequence[Instalment], behaviour: Behaviour, rng: random.Random
) -> Iterator[Receipt]:
    """Every instalment on its day, or late: then all that has fallen due is caught up at once."""
    place = 0
    while place < len(dues):
        late_days = _late_days(behaviour, rng)
        paid_on = dues[place].due_date + timedelta(days=late_days)
        behind = [due for due in dues[place:] if due.due_date <= paid_on]
        yield from _caught_up(behind, late_days, rng)
        place += len(behind)


def _late_days(behaviour: Behaviour, rng: random.Random) -> int:
    """Days until the oldest instalment is paid: 0, some days, or into the third month."""
    if rng.random() >= behaviour.lateness:
        return 0
    months = rng.choices(range(len(INSTALMENTS_BEHIND)), INSTALMENTS_BEHIND)[0]
    if months:
        return months * DAYS_A_STEP + rng.randint(1, LATEST_DAY_OF_MONTH)
    return min(1 + int(rng.expovariate(1 / USUAL_DELAY_DAYS)), DAYS_A_STEP)


def _caught_up(
    behind: Sequence[Instalment], late_days: int, rng: random.Random
) -> Iterator[Receipt]:
    """One receipt for all instalments behind; some who are late pay half of the first before."""
    first = behind[0].due_date
    total = sum(_rest(due).total_paise for due in behind)
    part = 0
    if late_days and rng.random() < TWO_PARTS_SHARE:
        part = _rest(behind[0]).total_paise // 2
        yield Receipt(first + timedelta(days=rng.randrange(late_days)), part)
    yield Receipt(first + timedelta(days=late_days), total - part)


def _after_default(
    dues: Sequence[Instalment], stop: int, behaviour: Behaviour, rng: random.Random
) -> list[Receipt]:
    """What a defaulter still pays: nothing, a part now and then, or one day all of it."""
    mood, missed = rng.random(), dues[stop].due_date
    earliest, latest = (missed + timedelta(days=days) for days in CURE_DAYS)
    if behaviour.cured_by is not None and earliest < behaviour.cured_by:
        latest = min(latest, behaviour.cured_by)
    elif mood < STOPS_SHARE:
        return []
    elif mood < STOPS_SHARE + PARTS_SHARE:
        later = [due for due in dues[stop:] if due.due_date > earliest]
        return [
            Receipt(due.due_date, _rest(due).total_paise // 2)
            for due in later
            if rng.random() < PART_PAYMENT_SHARE
        ]
    return _cured(dues[stop:], earliest + timedelta(days=rng.randint(0, (latest - earliest).days)))


def _cured(dues: Sequence[Instalment], cured_on: date) -> list[Receipt]:
    """All arrears on one day, every later instalment on its due date."""
    arrears = [due for due in dues if due.due_date <= cured_on]
    total = sum(_rest(due).total_paise for due in arrears)
    return [
        Receipt(cured_on, total),
        *(Receipt(due.due_date, _rest(due).total_paise) for due in dues[len(arrears) :]),
    ]


def _rest(due: Instalment) -> Due:
    return Due(
        due.due_date,
        due.interest_paise - due.paid_interest_paise,
        due.principal_paise - due.paid_principal_paise,
    )


def _settled(due: Instalment, interest: int, principal: int) -> Instalment:
    return replace(
        due,
        paid_interest_paise=due.paid_interest_paise + interest,
        paid_principal_paise=due.paid_principal_paise + principal,
    )


def _dated(due: Instalment, day: date) -> Instalment:
    if due.paid_on is None and _rest(due).total_paise == 0:
        return replace(due, paid_on=day)
    return due


def _settled_on(due: Instalment) -> date:
    return due.paid_on or date.max
