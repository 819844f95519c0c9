"""The book by asset class, with what moved since the last month end.

Source: screens.md S80 (Class), commands.md (`portfolio npa-analysis`), lending-rules.md 9.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from app.rules.portfolio_ratios import percent
from app.services.steps.monitor_answers import (
    ClassesWatched,
    ClassMonth,
    ClassMovement,
    ClassStanding,
)
from app.services.steps.monitor_scope import MonitorScope, look_up
from db.records.monitor import NO_CLASS, ClassPosition, ClassShift
from db.records.months import months_until
from db.vocabulary.loan_life import AssetClass

if TYPE_CHECKING:
    from datetime import date

    from app.services.steps.desk import Desk

MONTHS = 12


def watch_classes(scope: MonitorScope, desk: "Desk") -> ClassesWatched:
    """Every class in order of severity, the movements of the month, twelve months of shares.

    Raises:
        Refused: the person may not see the monitor, or the day cannot be chosen.
    """
    with desk.read_book() as book:
        view = look_up(scope, desk, book)
        sums, since = book.monitor.sums, view.before
        days = [span.last for span in months_until(view.as_of, MONTHS)]
        kept = [day for day in days[:-1] if day in view.month_ends]
        stood = {day: _by_class(found) for day, found in sums.classes_at(view.cut, kept).items()}
        now = stood[view.as_of] = _by_class(sums.classes(view.cut))
        shifts = None if since is None else sums.class_shifts(view.cut, since)
    then = {} if since is None else stood[since]
    total = sum(each.outstanding_paise for each in now.values())
    return ClassesWatched(
        as_of=view.as_of,
        since=since,
        classes=tuple(_standing(word, now, then, shifts, total) for word in AssetClass),
        movements=() if shifts is None or since is None else _movements(shifts, since),
        months=tuple(ClassMonth(day, _shares(stood.get(day, {}))) for day in days),
    )


def _by_class(found: Sequence[ClassPosition]) -> dict[AssetClass, ClassPosition]:
    return {each.asset_class: each for each in found}


def _shares(stood: Mapping[AssetClass, ClassPosition]) -> tuple[Decimal | None, ...]:
    total = sum(each.outstanding_paise for each in stood.values())
    owed = (stood[word].outstanding_paise if word in stood else 0 for word in AssetClass)
    return tuple(percent(each, total) for each in owed)


def _standing(
    word: AssetClass,
    now: dict[AssetClass, ClassPosition],
    then: dict[AssetClass, ClassPosition],
    shifts: Sequence[ClassShift] | None,
    total: int,
) -> ClassStanding:
    nothing = ClassPosition(word, 0, 0, 0)
    stands, stood = now.get(word, nothing), then.get(word, nothing)
    known = shifts is not None
    came = sum(each.loans for each in shifts or () if each.after is word is not each.before)
    left = sum(each.loans for each in shifts or () if each.before is word is not each.after)
    return ClassStanding(
        asset_class=word,
        loans=stands.loans,
        amount_paise=stands.outstanding_paise,
        percentage=percent(stands.outstanding_paise, total),
        provision_required_paise=stands.provision_paise,
        provision_held_paise=stood.provision_paise if known else None,
        moved_in=came if known else None,
        moved_out=left if known else None,
        change_paise=stands.outstanding_paise - stood.outstanding_paise if known else None,
        figure=f"class {word}",
    )


def _movements(shifts: Sequence[ClassShift], since: "date") -> tuple[ClassMovement, ...]:
    """The moves between classes in order of severity; loans that stayed are none."""
    order: list[AssetClass | None] = [None, *AssetClass]
    moved = [each for each in shifts if each.before is not each.after]
    moved.sort(key=lambda each: (order.index(each.before), order.index(each.after)))
    return tuple(
        ClassMovement(
            each.before,
            each.after,
            each.loans,
            each.amount_paise,
            f"moved {since} {each.before or NO_CLASS} {each.after or NO_CLASS}",
        )
        for each in moved
    )
