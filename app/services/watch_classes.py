"""The book by asset class, with what moved since the last month end.

Source: screens.md S80 (Class), commands.md (`portfolio npa-analysis`), lending-rules.md 9.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.rules.portfolio_ratios import percent
from app.services.steps.monitor_answers import ClassesWatched, ClassMovement, ClassStanding
from app.services.steps.monitor_scope import MonitorScope, look_up
from db.records.monitor import NO_CLASS, ClassPosition, ClassShift
from db.vocabulary.loan_life import AssetClass

if TYPE_CHECKING:
    from datetime import date

    from app.services.steps.desk import Desk


def watch_classes(scope: MonitorScope, desk: "Desk") -> ClassesWatched:
    """Every class in order of severity, and the movements of the month.

    Raises:
        Refused: the person may not see the monitor, or the day cannot be chosen.
    """
    with desk.read_book() as book:
        view = look_up(scope, desk, book)
        sums, since = book.monitor.sums, view.before
        now = {each.asset_class: each for each in sums.classes(view.cut)}
        if since is None:
            shifts, then = None, {}
        else:
            shifts = sums.class_shifts(view.cut, since)
            then = {each.asset_class: each for each in sums.classes(view.cut_at(since))}
    total = sum(each.outstanding_paise for each in now.values())
    return ClassesWatched(
        as_of=view.as_of,
        since=since,
        classes=tuple(_standing(word, now, then, shifts, total) for word in AssetClass),
        movements=() if shifts is None or since is None else _movements(shifts, since),
    )


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
