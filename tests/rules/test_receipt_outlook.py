"""What the next day-end would find; the class boundaries of lending-rules.md 9.1 and 9.2."""

from datetime import date, timedelta

import pytest

from app.rules.loan_account import AccountDue, AccountEvent, EventKind, replay
from app.rules.receipt_outlook import BorrowerToday, Outlook, dues_in_arrears, outlook
from db.vocabulary.loan_life import AssetClass
from tests.rules.case_samples import RULEBOOK

DUES = [AccountDue(n, date(2026, 3 + n, 5), 100, 900) for n in range(1, 6)]  # 5 Apr to 5 Aug
CLEAN = BorrowerToday(AssetClass.STANDARD, None)
NPA = BorrowerToday(AssetClass.SUB_STANDARD, date(2026, 7, 4), 700, date(2026, 7, 1))


def found(paid: int, on: date, borrower: BorrowerToday = CLEAN) -> Outlook:
    events = [AccountEvent("r", EventKind.RECEIPT, on, 0, paid)] if paid else []
    return outlook(replay(5_000, DUES, events, on), on, borrower, RULEBOOK)


@pytest.mark.parametrize(
    ("days", "asset_class"),
    [
        (0, AssetClass.STANDARD),
        (1, AssetClass.SMA_0),
        (30, AssetClass.SMA_0),
        (31, AssetClass.SMA_1),
        (60, AssetClass.SMA_1),
        (61, AssetClass.SMA_2),
        (90, AssetClass.SMA_2),
        (91, AssetClass.SUB_STANDARD),
    ],
)
def test_the_class_goes_by_days(days: int, asset_class: AssetClass) -> None:
    seen = found(0, date(2026, 4, 5) + timedelta(days - 1))
    assert (seen.days_past_due, seen.asset_class) == (days, asset_class)


def test_less_than_all_arrears_may_improve_the_class() -> None:
    on = date(2026, 6, 10)  # dues of April, May and June
    seen = found(0, on)
    assert (seen.asset_class, seen.cure_paise) == (AssetClass.SMA_2, 3_000)
    assert (seen.better_class, seen.better_paise) == (AssetClass.SMA_1, 1_000)
    assert found(400, on).better_paise == 600
    improved = found(1_000, on)
    assert (improved.asset_class, improved.cure_paise) == (AssetClass.SMA_1, 2_000)
    assert found(3_000, on).asset_class is AssetClass.STANDARD
    one_paisa_short = found(2_999, on)
    assert (one_paisa_short.days_past_due, one_paisa_short.better_class) == (6, None)


def test_an_npa_stays_until_nothing_is_in_arrears_on_any_loan() -> None:
    on = date(2026, 8, 10)
    seen = found(5_000, on, NPA)
    assert (seen.asset_class, seen.days_past_due) == (AssetClass.SUB_STANDARD, 0)
    assert (seen.cure_paise, seen.better_class) == (700, None)
    alone = BorrowerToday(AssetClass.SUB_STANDARD, date(2026, 7, 4))
    assert found(4_999, on, alone).asset_class is AssetClass.SUB_STANDARD
    assert found(5_000, on, alone).asset_class is AssetClass.STANDARD


def test_an_npa_ages_and_a_loss_does_not_come_back() -> None:
    on = date(2027, 7, 4)
    assert found(0, on, NPA).asset_class is AssetClass.DOUBTFUL_1
    lost = BorrowerToday(AssetClass.LOSS, date(2026, 7, 4))
    assert found(100, date(2026, 8, 10), lost).asset_class is AssetClass.LOSS


def test_another_loan_of_the_borrower_makes_it_an_npa() -> None:
    on = date(2026, 8, 10)
    other = BorrowerToday(AssetClass.STANDARD, None, 50, on - timedelta(90))
    assert found(5_000, on, other).asset_class is AssetClass.SUB_STANDARD
    near = BorrowerToday(AssetClass.STANDARD, None, 50, on - timedelta(89))
    assert found(5_000, on, near).asset_class is AssetClass.STANDARD


def test_dues_are_counted_as_long_as_anything_is_left() -> None:
    on = date(2026, 6, 10)
    for paid, left in ((999, 3), (1_000, 2), (2_999, 1), (3_000, 0)):
        events = [AccountEvent("r", EventKind.RECEIPT, on, 0, paid)]
        assert dues_in_arrears(replay(5_000, DUES, events, on), on) == left
