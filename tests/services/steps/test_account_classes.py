"""Dated entries of a loan's class: only moves are lines, the one recorded later stands."""

from datetime import UTC, date, datetime
from uuid import UUID

from app.services.steps.account_classes import class_lines, class_on
from db.records.loans import NpaEntry
from db.vocabulary.loan_life import AssetClass


def entry(day: int, asset_class: AssetClass, hour: int = 1, provision: int = 0) -> NpaEntry:
    at = datetime(2026, 3, day, hour, tzinfo=UTC)
    since = date(2026, 3, 3) if asset_class is AssetClass.SUB_STANDARD else None
    return NpaEntry(
        UUID(int=day * 100 + hour), UUID(int=1), date(2026, 3, day), at, asset_class,
        date(2026, 1, 1), since, provision, "days past due",
    )  # fmt: skip


ENTRIES = (
    entry(5, AssetClass.SUB_STANDARD, provision=15),
    entry(1, AssetClass.SMA_0),
    entry(3, AssetClass.SMA_1, hour=1),
    entry(3, AssetClass.SUB_STANDARD, hour=2, provision=10),  # recorded later: it stands
)


def test_moves_are_lines_newest_first() -> None:
    lines = class_lines(ENTRIES, date(2026, 3, 9))
    assert [(line.on.day, line.before, line.after) for line in lines] == [
        (3, AssetClass.SMA_1, AssetClass.SUB_STANDARD),
        (3, AssetClass.SMA_0, AssetClass.SMA_1),
        (1, AssetClass.STANDARD, AssetClass.SMA_0),
    ]
    assert class_lines(ENTRIES, date(2026, 2, 28)) == ()


def test_the_class_of_a_day_is_that_of_its_newest_entry() -> None:
    then = class_on(ENTRIES, date(2026, 3, 4))
    assert (then.asset_class, then.since) == (AssetClass.SUB_STANDARD, date(2026, 3, 3))
    assert (then.npa_since, then.provision_paise) == (date(2026, 3, 3), 10)
    last = class_on(ENTRIES, date(2026, 3, 5))
    assert (last.since, last.entered_on, last.provision_paise) == (
        date(2026, 3, 3), date(2026, 3, 5), 15,
    )  # fmt: skip
    never = class_on((), date(2026, 3, 5))
    assert (never.asset_class, never.since, never.provision_paise) == (
        AssetClass.STANDARD, None, None,
    )  # fmt: skip
