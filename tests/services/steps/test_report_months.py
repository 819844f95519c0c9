from datetime import date
from decimal import Decimal

from app.services.steps.monitor_answers import ClassMonth
from app.services.steps.report_months import CLASS_GROUPS, by_month, numbers_of, together
from db.vocabulary.loan_life import AssetClass

DAY = date(2026, 9, 30)
SERIES = (("SMA", (None, Decimal("7.5"))), ("Loss", (Decimal(0), Decimal(0))))


def test_every_class_but_standard_is_in_one_group():
    grouped = [word for _, classes in CLASS_GROUPS for word in classes]
    assert sorted([*grouped, AssetClass.STANDARD]) == sorted(AssetClass)


def test_a_group_is_the_sum_of_its_classes_and_unknown_where_they_are():
    shares = tuple(Decimal(place) for place, _ in enumerate(AssetClass))
    watched = (AssetClass.SMA_0, AssetClass.SMA_2)
    assert together(ClassMonth(DAY, shares), watched) == sum(
        share for word, share in zip(AssetClass, shares, strict=True) if word in watched
    )
    assert together(ClassMonth(DAY, (None,) * len(shares)), watched) is None


def test_the_twin_has_a_row_a_month_and_keeps_unknown_apart_from_zero():
    table = by_month("Classes by month", ("Aug 26", "Sep 26"), SERIES)
    assert [column.words for column in table.columns] == ["Month", "SMA %", "Loss %"]
    assert table.rows == (("Aug 26", None, 0), ("Sep 26", 75_000, 0))
    assert numbers_of(SERIES) == (("SMA", (None, 7.5)), ("Loss", (0.0, 0.0)))
