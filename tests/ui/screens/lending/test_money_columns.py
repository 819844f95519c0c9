"""The monitor's tables hold a bank's amounts: a lakh crore is printed whole in the least window."""

import pytest
from PySide6.QtGui import QFontMetrics

from app.rules.money import count_shown
from app.ui.screens.monitor.class_columns import class_columns, movement_columns
from app.ui.screens.monitor.monitor_words import signed_money
from app.ui.widgets.figure_words import plain_amount
from app.ui.widgets.row_delegate import PAD

BANK_PAISE, PROVISION_PAISE, LOANS = 11_05_24_55_52_150_55, 4_42_09_82_208_60, 10_00_000
PADDING = 2 * PAD + 1


@pytest.mark.parametrize(
    ("columns", "name", "words"),
    [
        (class_columns, "amount", plain_amount(BANK_PAISE)),
        (class_columns, "required", plain_amount(PROVISION_PAISE)),
        (class_columns, "held", plain_amount(PROVISION_PAISE)),
        (class_columns, "loans", count_shown(LOANS)),
        (class_columns, "share", "100.00 %"),
        (class_columns, "in", count_shown(17_000)),
        (class_columns, "change", signed_money(1_555_22 * 10**7)),
        (movement_columns, "amount", plain_amount(BANK_PAISE // 20)),
        (movement_columns, "before", "Sub-standard"),
        (movement_columns, "after", "Sub-standard"),
    ],
)
def test_the_column_has_room_for_a_bank(theme, columns, name, words):
    column = next(each for each in columns() if each.key == name)
    font = theme.font("strong" if column.strong else "body")
    assert QFontMetrics(font).horizontalAdvance(words) + PADDING <= column.width


def test_the_columns_of_both_tables_fit_the_least_window():
    least, sides, gap, edges = 1366, 2 * 16, 12, 2 * 1
    room = least - sides - gap
    assert sum(each.width for each in class_columns()) <= room * 17 / 25 - edges
    assert sum(each.width for each in movement_columns()) <= room * 8 / 25 - edges
