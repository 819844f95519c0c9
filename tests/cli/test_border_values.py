from datetime import date
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from app.cli.border_values import Day, Digits, MonthsOfYears, Paise, Ppm, Text, Whole, YesOrNo


@pytest.mark.parametrize(
    ("kind", "given", "read"),
    [
        (Paise, 60000, 6_000_000),
        (Paise, "60000.00", 6_000_000),
        (Paise, Decimal("0.01"), 1),
        (Paise, "3,50,000", 35_000_000),
        (Paise, "1.2cr", 1_200_000_000),
        (Paise, -1, -100),
        (Ppm, "12.25", 122_500),
        (Ppm, 0, 0),
        (Whole, "60", 60),
        (Whole, Decimal("60.0"), 60),
        (MonthsOfYears, Decimal("10.5"), 126),
        (Digits, 9876543210, "9876543210"),
        (Text, "क", "क"),
        (Day, "2026-09-30", date(2026, 9, 30)),
        (YesOrNo, False, False),
    ],
)
def test_values_are_read_exactly(kind, given, read):
    assert TypeAdapter(kind).validate_python(given) == read


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (Paise, "10.005"),
        (Paise, Decimal("1E+1000000")),
        (Paise, "1e999999"),
        (Paise, "NaN"),
        (Paise, "Infinity"),
        (Paise, ""),
        (Paise, "x" * 6000),
        (Paise, [1]),
        (Paise, None),
        (Ppm, "12.123456"),
        (Whole, "5.5"),
        (Whole, True),
        (Digits, -5),
        (Digits, 1.5),
        (Text, 5),
        (Day, "30/09/2026"),
        (Day, 20260930),
        (YesOrNo, 1),
    ],
)
def test_doubtful_values_are_refused(kind, given):
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(given)
