"""The strip speaks what it paints."""

from datetime import date

import pytest

from app.ui.charts.payment_strip import PaidMonth, PaymentStrip
from app.ui.theme import theme_of

MONTHS = (
    PaidMonth(date(2026, 7, 5), 0, unpaid=False),
    PaidMonth(date(2026, 8, 5), 12, unpaid=False),
    PaidMonth(date(2026, 9, 5), 25, unpaid=True),
)


@pytest.fixture
def strip(qtbot):
    made = PaymentStrip()
    qtbot.addWidget(made)
    made.resize(300, 64)
    return made


def test_it_says_what_was_late(strip) -> None:
    strip.show_months(MONTHS)
    assert strip.accessibleName()
    assert strip.accessibleDescription().splitlines() == [
        "3 instalments, 2 late or unpaid",
        "05 Aug 2026: 12 days late",
        "05 Sep 2026: unpaid for 25 days",
    ]


def colours(strip) -> set[str]:
    image = strip.grab().toImage()
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_each_state_has_its_colour_and_an_empty_strip_none(strip) -> None:
    strip.show_months(MONTHS)
    painted = colours(strip)
    for token in ("good", "warning", "bad"):
        assert theme_of().color(token).name() in painted
    strip.show_months(())
    assert theme_of().color("bad").name() not in colours(strip)


def test_one_month_alone_fits(strip) -> None:
    strip.show_months(MONTHS[:1])
    assert strip.words() == "1 instalments, 0 late or unpaid"
