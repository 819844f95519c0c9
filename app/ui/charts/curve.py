"""One curve by months on book, as the chart of curves takes it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of whole months and values. `look` is selected, low, high, or empty for the many."""

    label: str
    points: tuple[tuple[int, float], ...]
    look: str = ""
