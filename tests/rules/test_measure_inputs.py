"""Inputs that do not fit are refused with the name of their field."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from app.rules import measure_inputs as inputs

NAN = Decimal("NaN")


@pytest.mark.parametrize(
    "refused",
    [
        lambda: inputs.check_fraction("f", Decimal("-0.000001")),
        lambda: inputs.check_fraction("f", Decimal("1.000001")),
        lambda: inputs.check_fraction("f", NAN),
        lambda: inputs.check_fraction("f", Decimal("Infinity")),
        lambda: inputs.check_amount("f", -1),
        lambda: inputs.check_whole("f", 0),
        lambda: inputs.check_part("f", 3, 2),
        lambda: inputs.check_part("f", -1, 2),
        lambda: inputs.check_filled("f", []),
        lambda: inputs.check_pairs("f", [1], [1, 2]),
        lambda: inputs.check_shares("f", []),
        lambda: inputs.check_shares("f", [Decimal("0.5"), Decimal("0.499998")]),
        lambda: inputs.check_shares("f", [Decimal("1.5"), Decimal("-0.5")]),
        lambda: inputs.check_shares("f", [NAN]),
    ],
)
def test_a_misfit_is_refused_with_its_field(refused: Callable[[], None]) -> None:
    with pytest.raises(inputs.MeasureInputError, match="Give the field “f” as ") as refusal:
        refused()
    assert refusal.value.field == "f"


def test_the_ends_of_each_range_fit() -> None:
    inputs.check_fraction("f", Decimal(0))
    inputs.check_fraction("f", Decimal(1))
    inputs.check_amount("f", 0)
    inputs.check_whole("f", 1)
    inputs.check_part("f", 0, 2)
    inputs.check_part("f", 2, 2)
    inputs.check_pairs("f", [1, 2], "ab")
    inputs.check_shares("f", [Decimal("0.333333")] * 3)  # a rounded third may miss 1 by a millionth
