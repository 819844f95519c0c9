"""The asset classes of one borrower's loans through time, as the day-ends would have set them.

Source: lending-rules.md 9.1 to 9.3. A class can only move on a due date, on a receipt, or 30, 60,
90 days and the ageing months after a due date, so only those days are looked at. NPA is by
borrower and sticky; every entry carries the provision of its day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from uuid import UUID

from app.rules.asset_classification import (
    borrower_is_npa,
    class_dates,
    classify,
    is_npa,
    worse,
)
from app.rules.day_count import add_months
from app.rules.days_past_due import days_past_due
from app.rules.portfolio_ratios import is_defaulted
from app.rules.provisioning import ProvisionCase, is_unsecured, provision_required
from app.rules.rulebook import Rulebook
from app.services.steps.loan_history import LoanLife
from db.records.applications import Collateral
from db.vocabulary.loan_life import AssetClass, ProvisionSegment


@dataclass(frozen=True, slots=True)
class Facility:
    """One loan as classification sees it."""

    loan_id: UUID
    disbursed_on: date
    life: LoanLife
    segment: ProvisionSegment
    collateral: tuple[Collateral, ...] = ()

    def open_on(self, day_end: date) -> bool:
        """Whether money is owed, or could be, at that day-end."""
        closed = self.life.closed_on
        return self.disbursed_on <= day_end and (closed is None or day_end <= closed)


@dataclass(frozen=True, slots=True)
class ClassMove:
    """A loan enters a class; `moved` is False for the state at the book's last day-end."""

    loan_id: UUID
    business_date: date
    asset_class: AssetClass
    oldest_unpaid_due: date | None
    npa_since: date | None
    provision_paise: int
    cause: str
    moved: bool = True


@dataclass(frozen=True, slots=True)
class LoanStanding:
    """Where a loan stands at the book's day."""

    asset_class: AssetClass
    npa_since: date | None
    defaulted_on: date | None


@dataclass(frozen=True, slots=True)
class BorrowerHistory:
    """All moves of a borrower's loans, oldest first, and where each loan ended."""

    moves: tuple[ClassMove, ...]
    standings: Mapping[UUID, LoanStanding]


def classify_borrower(
    facilities: Sequence[Facility], as_of: date, rulebook: Rulebook
) -> BorrowerHistory:
    """Replay every day-end on which a class of this borrower could move."""
    moves: list[ClassMove] = []
    standings = {each.loan_id: LoanStanding(AssetClass.STANDARD, None, None) for each in facilities}
    npa_since: date | None = None
    for day in _days_that_count(facilities, as_of, rulebook):
        running = [each for each in facilities if each.open_on(day)]
        npa_since = _npa_since(running, npa_since, day, rulebook)
        for facility in running:
            before = standings[facility.loan_id]
            move = _move(facility, (before, npa_since), day, rulebook)
            standings[facility.loan_id] = _standing(before, move, facility, rulebook)
            if move.moved:
                moves.append(move)
    last = _last_day_end(facilities, standings, as_of, rulebook)
    return BorrowerHistory((*moves, *last), standings)


def security_value(collateral: Iterable[Collateral], rulebook: Rulebook, on: date) -> int:
    """Realisable value in paise; a valuation older than its policy age counts as nothing."""
    return sum(each.value_paise for each in collateral if _is_fresh(each, rulebook, on))


def _is_fresh(item: Collateral, rulebook: Rulebook, on: date) -> bool:
    if item.valuation_date is None:
        return False
    age = rulebook.months("valuation_max_age_months", on, item.collateral_type.name)
    return on <= add_months(item.valuation_date, age)


def provision_of(facility: Facility, asset_class: AssetClass, day: date, rulebook: Rulebook) -> int:
    """The provision in paise that a facility needs in that class at that day-end."""
    at_start = sum(each.value_paise for each in facility.collateral)
    principal = facility.life.principal_paise
    return provision_required(
        ProvisionCase(
            asset_class=asset_class,
            outstanding_paise=facility.life.balance(day),
            security_paise=security_value(facility.collateral, rulebook, day),
            segment=facility.segment,
            unsecured_ab_initio=is_unsecured(at_start, principal, rulebook, day),
        ),
        rulebook,
        day,
    )


def _days_that_count(facilities: Sequence[Facility], as_of: date, rulebook: Rulebook) -> list[date]:
    days: set[date] = set()
    for facility in facilities:
        days.update(_days_of(facility.life, as_of, rulebook))
    return sorted(day for day in days if day <= as_of)


def _days_of(life: LoanLife, as_of: date, rulebook: Rulebook) -> Iterator[date]:
    for due in life.instalments:
        if due.due_date > as_of:
            return
        if due.paid_on is not None and due.paid_on <= due.due_date:
            continue
        begins: tuple[date, ...] = astuple(class_dates(due.due_date, rulebook, due.due_date))
        yield from begins  # all of them: NPA is sticky and ages on after this one is paid
        yield due.paid_on or as_of


def _npa_since(
    running: Sequence[Facility], npa_since: date | None, day: date, rulebook: Rulebook
) -> date | None:
    """NPA begins with the first loan that reaches it and ends when nothing is overdue at all."""
    oldest = {str(each.loan_id): each.life.oldest_unpaid_due(day) for each in running}
    if npa_since is not None:
        return npa_since if any(oldest.values()) else None
    days = {loan: days_past_due(due, day, rulebook) for loan, due in oldest.items()}
    return day if borrower_is_npa(days, rulebook, day) else None


def _move(
    facility: Facility,
    known: tuple[LoanStanding, date | None],
    day: date,
    rulebook: Rulebook,
) -> ClassMove:
    before, npa_since = known
    oldest = facility.life.oldest_unpaid_due(day)
    days = days_past_due(oldest, day, rulebook)
    asset_class = classify(days, npa_since, day, rulebook)
    moved = asset_class is not before.asset_class
    return ClassMove(
        loan_id=facility.loan_id,
        business_date=day,
        asset_class=asset_class,
        oldest_unpaid_due=oldest,
        npa_since=npa_since,
        provision_paise=provision_of(facility, asset_class, day, rulebook) if moved else 0,
        cause=_cause(before, asset_class, days),
        moved=moved,
    )


def _cause(before: LoanStanding, now: AssetClass, days: int) -> str:
    if is_npa(now) and is_npa(before.asset_class):
        return "age"
    if is_npa(now):
        return "days past due" if days else "another loan of the borrower"
    if is_npa(before.asset_class):
        return "all arrears paid"
    return "days past due" if worse(now, before.asset_class) is now else "receipt"


def _standing(
    before: LoanStanding, move: ClassMove, facility: Facility, rulebook: Rulebook
) -> LoanStanding:
    defaulted_on = before.defaulted_on
    fresh = defaulted_on is None and is_npa(move.asset_class)
    if fresh and is_defaulted(facility.disbursed_on, move.business_date, rulebook):
        defaulted_on = move.business_date
    return LoanStanding(move.asset_class, move.npa_since, defaulted_on)


def _last_day_end(
    facilities: Sequence[Facility],
    standings: Mapping[UUID, LoanStanding],
    as_of: date,
    rulebook: Rulebook,
) -> Iterator[ClassMove]:
    """The state of every open loan at the book's day, with the provision it needs now."""
    for facility in facilities:
        if facility.life.closed_on is not None:
            continue
        standing = standings[facility.loan_id]
        yield ClassMove(
            loan_id=facility.loan_id,
            business_date=as_of,
            asset_class=standing.asset_class,
            oldest_unpaid_due=facility.life.oldest_unpaid_due(as_of),
            npa_since=standing.npa_since,
            provision_paise=provision_of(facility, standing.asset_class, as_of, rulebook),
            cause="day-end",
            moved=False,
        )
