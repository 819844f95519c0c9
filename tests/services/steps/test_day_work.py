"""What a day-end says it did."""

from datetime import date

from app.services.steps.day_work import ClosedDay, Movement, together
from db.vocabulary.loan_life import AssetClass

UP = (AssetClass.SMA_0, AssetClass.STANDARD)
DOWN = (AssetClass.STANDARD, AssetClass.SMA_0)


def closed(day: int, *movements: Movement) -> ClosedDay:
    return ClosedDay(date(2026, 4, day), 9, movements, 0, 0, (), ())


def test_movements_of_several_days_are_added_in_the_order_of_the_classes() -> None:
    days = (
        closed(1, Movement(*UP, 2), Movement(*DOWN, 1)),
        closed(2, Movement(*DOWN, 4)),
    )
    assert together(days) == (Movement(*DOWN, 5), Movement(*UP, 2))
    assert (days[0].moved, days[1].moved) == (3, 4)
