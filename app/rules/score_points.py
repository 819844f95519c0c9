"""Shown whole score points that add up exactly to the shown score.

Source: explanations.md X6 (largest remainder). Contributions stay exact; only what is shown is
rounded, and the roundings are shared out so that start + sum = score.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from app.rules.money import round_half_up


@dataclass(frozen=True, slots=True)
class ShownPoints:
    """Whole numbers of one explanation: ``start + sum(parts) == score``."""

    start: int
    parts: tuple[int, ...]
    score: int


def shown_points(start: float | Decimal, parts: Sequence[float | Decimal]) -> ShownPoints:
    """Round start and parts so that they add up to the rounded sum.

    >>> shown_points(648.2, [-75.4, 31.3, -4.4, 12.4])
    ShownPoints(start=648, parts=(-75, 31, -4, 12), score=612)
    """
    exact = [_exact(value) for value in (start, *parts)]
    score = round_half_up(sum(exact, Decimal(0)))
    floors = [int(value.to_integral_value(rounding=ROUND_FLOOR)) for value in exact]
    left = score - sum(floors)
    by_remainder = sorted(range(len(exact)), key=lambda i: (floors[i] - exact[i], i))
    for position in by_remainder[:left]:
        floors[position] += 1
    return ShownPoints(start=floors[0], parts=tuple(floors[1:]), score=score)


def _exact(value: float | Decimal) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(repr(float(value)))
