"""The asset classes of one borrower's loans through time, as the day-ends would have set them.

Source: lending-rules.md 9.1 to 9.3. The replay is `borrower_class`; every entry carries the
provision of its day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.rules.borrower_class import Arrears, BorrowerLoan, ClassState, classes_until
from app.rules.rulebook import Rulebook
from app.services.steps.loan_history import LoanLife
from app.services.steps.loan_provision import SecuredLoan, provision_at
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
class BorrowerHistory:
    """All moves of a borrower's loans, oldest first, and where each loan ended."""

    moves: tuple[ClassMove, ...]
    standings: Mapping[UUID, ClassState]


def classify_borrower(
    facilities: Sequence[Facility], as_of: date, rulebook: Rulebook
) -> BorrowerHistory:
    """Replay every day-end on which a class of this borrower could move."""
    by_id = {each.loan_id: each for each in facilities}
    found = classes_until([_as_classed(each) for each in facilities], as_of, rulebook)
    moves = [
        ClassMove(
            loan_id=step.loan_id,
            business_date=step.on,
            asset_class=step.after.asset_class,
            oldest_unpaid_due=step.oldest_unpaid_due,
            npa_since=step.after.npa_since,
            provision_paise=provision_of(
                by_id[step.loan_id], step.after.asset_class, step.on, rulebook
            ),
            cause=step.cause,
        )
        for step in found.steps
        if step.moved
    ]
    last = _last_day_end(facilities, found.standings, as_of, rulebook)
    return BorrowerHistory((*moves, *last), found.standings)


def _as_classed(facility: Facility) -> BorrowerLoan:
    late = (
        Arrears(row.due_date, row.paid_on)
        for row in facility.life.instalments
        if row.paid_on is None or row.paid_on > row.due_date
    )
    return BorrowerLoan(
        facility.loan_id, facility.disbursed_on, tuple(late), facility.life.closed_on
    )


def provision_of(facility: Facility, asset_class: AssetClass, day: date, rulebook: Rulebook) -> int:
    """The provision in paise that a facility needs in that class at that day-end."""
    secured = SecuredLoan(facility.life.principal_paise, facility.segment, facility.collateral)
    return provision_at(secured, (asset_class, facility.life.balance(day)), day, rulebook)


def _last_day_end(
    facilities: Sequence[Facility],
    standings: Mapping[UUID, ClassState],
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
