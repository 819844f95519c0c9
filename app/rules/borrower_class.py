"""The asset classes of all loans of one borrower, day-end by day-end.

Source: lending-rules.md 9.1 and 9.2; RBI/2021-22/125 of 12 Nov 2021. One NPA makes all loans of
the borrower NPA from the same day-end; it ends only when all arrears of all loans are paid, those
of a written-off loan included. A loan identified as a loss stays one until it is closed. A class
can only move on a few days, so a replay looks at those: a due date that was missed, a payment of
it, the days on which the classes begin, and the day of a new loan or a new rule.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from app.rules.asset_classification import (
    class_dates,
    classify,
    is_npa,
    may_upgrade,
    turns_npa,
    worse,
)
from app.rules.day_count import add_months, whole_months
from app.rules.days_past_due import days_past_due
from app.rules.portfolio_ratios import is_defaulted
from app.rules.rulebook import Rulebook
from db.vocabulary.loan_life import AssetClass

_CODES = frozenset({"dpd_of_due_day", "dpd_class_from", "npa_age_months", "npa_borrower_wise"})


class Arrears(NamedTuple):
    """An instalment that was unpaid at its own day-end, and the day nothing was left of it."""

    due_on: date
    cleared_on: date | None


@dataclass(frozen=True, slots=True)
class BorrowerLoan:
    """One loan as classification sees it.

    Attributes:
        arrears: in the order of their due dates.
        closed_on: the day of the last paisa; its day-end still classifies the loan.
        written_off_on: from then on its class stands, but its arrears go on counting.
        restructured: the days on which its terms were eased; after each an NPA has to prove itself
            before it is upgraded.
        loss_on: the day on which it was identified as a loss.
    """

    loan_id: UUID
    disbursed_on: date
    arrears: tuple[Arrears, ...] = ()
    closed_on: date | None = None
    written_off_on: date | None = None
    restructured: tuple[date, ...] = ()
    loss_on: date | None = None

    def is_classed(self, day_end: date) -> bool:
        """Whether that day-end gives the loan a class."""
        stands = self.written_off_on is None or day_end < self.written_off_on
        return stands and self.counts(day_end)

    def counts(self, day_end: date) -> bool:
        """Whether its arrears count for the borrower at that day-end."""
        is_open = self.closed_on is None or day_end <= self.closed_on
        return self.disbursed_on <= day_end and is_open

    def is_loss(self, day_end: date) -> bool:
        """Whether it has been identified as a loss by then."""
        return self.loss_on is not None and self.loss_on <= day_end

    def oldest_unpaid_due(self, day_end: date) -> date | None:
        """The oldest due date that was unpaid at that day-end."""
        for due_on, cleared_on in self.arrears:
            if due_on > day_end:
                return None
            if cleared_on is None or day_end < cleared_on:
                return due_on
        return None

    def satisfactory_months(self, day_end: date) -> int | None:
        """Whole months without arrears since it was last restructured; None before the first."""
        eased = [day for day in self.restructured if day <= day_end]
        if not eased:
            return None
        cleared = [each.cleared_on for each in self.arrears if each.cleared_on is not None]
        since = max(*eased, *(day for day in cleared if day <= day_end), date.min)
        return whole_months(since, day_end)


@dataclass(frozen=True, slots=True)
class ClassState:
    """Where a loan stands after a day-end."""

    asset_class: AssetClass = AssetClass.STANDARD
    npa_since: date | None = None
    defaulted_on: date | None = None


@dataclass(frozen=True, slots=True)
class ClassStep:
    """What a day-end made of one loan."""

    loan_id: UUID
    on: date
    before: ClassState
    after: ClassState
    oldest_unpaid_due: date | None
    days_past_due: int

    @property
    def moved(self) -> bool:
        """Whether the class is another one now."""
        return self.after.asset_class is not self.before.asset_class

    @property
    def cause(self) -> str:
        """Why, in a few words."""
        return cause_of(self.before.asset_class, self.after.asset_class, self.days_past_due)


@dataclass(frozen=True, slots=True)
class BorrowerClasses:
    """The steps of a replay, oldest first, and where each loan ended."""

    steps: tuple[ClassStep, ...]
    standings: Mapping[UUID, ClassState]


def classes_until(
    loans: Sequence[BorrowerLoan], until: date, rulebook: Rulebook
) -> BorrowerClasses:
    """Replay every day-end on which a class of this borrower could move.

    Raises:
        NoRuleInForceError: a rule on classes is missing on one of the days.
    """
    standings = {loan.loan_id: ClassState() for loan in loans}
    steps: list[ClassStep] = []
    for day in days_that_count(loans, until, rulebook):
        for step in day_end(loans, standings, day, rulebook):
            standings[step.loan_id] = step.after
            steps.append(step)
    return BorrowerClasses(tuple(steps), standings)


def day_end(
    loans: Sequence[BorrowerLoan],
    standings: Mapping[UUID, ClassState],
    day: date,
    rulebook: Rulebook,
) -> tuple[ClassStep, ...]:
    """One day-end of a borrower: a step for every loan that has a class on that day."""
    if not rulebook.flag("npa_borrower_wise", day):
        groups = [[loan] for loan in loans]
    else:
        groups = [list(loans)]
    return tuple(
        _step(loan, standings[loan.loan_id], (day, npa_since), rulebook)
        for group in groups
        for npa_since in [_npa_since(group, standings, day, rulebook)]
        for loan in group
        if loan.is_classed(day)
    )


def cause_of(before: AssetClass, now: AssetClass, days: int) -> str:
    """Why a loan with so many days past due went from one class to another, in a few words."""
    if now is AssetClass.LOSS:
        return "identified as a loss"
    if is_npa(now) and is_npa(before):
        return "age"
    if is_npa(now):
        return "days past due" if days else "another loan of the borrower"
    if is_npa(before):
        return "all arrears paid"
    return "days past due" if worse(now, before) is now else "receipt"


def days_that_count(loans: Iterable[BorrowerLoan], until: date, rulebook: Rulebook) -> list[date]:
    """The days on which a class of this borrower could move, up to the last one."""
    loans = tuple(loans)
    if not any(loan.arrears or loan.loss_on for loan in loans):
        return []
    changes = {row.effective_from for row in rulebook.rows if row.code in _CODES}
    first = min(loan.disbursed_on for loan in loans)
    later = sorted(day for day in changes if first < day <= until)
    days: set[date] = set(later)
    for loan in loans:
        days.update(_days_of(loan, (until, later), rulebook))
    return sorted(day for day in days if first <= day <= until)


def _days_of(
    loan: BorrowerLoan, until_and_changes: tuple[date, list[date]], rulebook: Rulebook
) -> Iterator[date]:
    until, changes = until_and_changes
    yield loan.disbursed_on  # the borrower may be an NPA already
    if loan.loss_on is not None:
        yield loan.loss_on
        for on in (loan.loss_on, *changes):
            yield from _ageing(loan.loss_on, on, rulebook)
    months = rulebook.row("npa_restructured_satisfactory_months", until).value
    for due_on, cleared_on in loan.arrears:
        for on in (due_on, *(day for day in changes if day > due_on)):
            yield from class_dates(
                due_on, rulebook, on
            )  # all of them: an NPA ages on after this one is paid
        yield cleared_on or until
    if loan.restructured and isinstance(months, int):
        cleared = (each.cleared_on for each in loan.arrears if each.cleared_on is not None)
        for since in (*loan.restructured, *cleared):
            yield add_months(since, months)


def _ageing(npa_since: date, on: date, rulebook: Rulebook) -> Iterator[date]:
    for segment in ("D1", "D2", "D3"):
        yield add_months(npa_since, rulebook.months("npa_age_months", on, segment))


def _npa_since(
    group: Sequence[BorrowerLoan],
    standings: Mapping[UUID, ClassState],
    day: date,
    rulebook: Rulebook,
) -> date | None:
    """NPA begins with the first loan that reaches it and ends when nothing is overdue at all."""
    counting = [loan for loan in group if loan.counts(day)]
    oldest = [loan.oldest_unpaid_due(day) for loan in counting]
    is_loss = any(loan.is_loss(day) for loan in counting)
    known = [standings[loan.loan_id].npa_since for loan in counting if loan.is_classed(day)]
    before = min((since for since in known if since is not None), default=None)
    if before is not None:
        proven = all(
            may_upgrade(0, rulebook, day, loan.satisfactory_months(day)) for loan in counting
        )
        return before if is_loss or any(oldest) or not proven else None
    days = (days_past_due(due, day, rulebook) for due in oldest)
    return day if is_loss or any(turns_npa(each, rulebook, day) for each in days) else None


def _step(
    loan: BorrowerLoan,
    before: ClassState,
    known: tuple[date, date | None],
    rulebook: Rulebook,
) -> ClassStep:
    day, npa_since = known
    oldest = loan.oldest_unpaid_due(day)
    days = days_past_due(oldest, day, rulebook)
    asset_class = classify(days, npa_since, day, rulebook)
    if loan.is_loss(day):
        asset_class = AssetClass.LOSS
    defaulted_on = before.defaulted_on
    fresh = defaulted_on is None and is_npa(asset_class)
    if fresh and is_defaulted(loan.disbursed_on, day, rulebook):
        defaulted_on = day
    after = ClassState(asset_class, npa_since, defaulted_on)
    return ClassStep(loan.loan_id, day, before, after, oldest, days)
