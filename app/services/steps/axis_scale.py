"""Round numbers beside an axis that begins at 0: four to six grid lines that read well."""

from dataclasses import dataclass

from app.rules.money import count_shown

_LEADS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """Values of the grid lines from 0 to the top, and how they are printed."""

    steps: tuple[float, ...]
    words: tuple[str, ...]

    @property
    def top(self) -> float:
        """The value at the upper edge."""
        return self.steps[-1]


def scale_to(highest: float) -> Scale:
    """The scale that holds a value.

    >>> scale_to(4.2).words
    ('0', '1', '2', '3', '4', '5')
    >>> scale_to(0.0).top
    1.0
    """
    wanted = highest if highest > 0 else 1.0
    size = 10.0
    while size > wanted / _MOST_STEPS:
        size /= 10
    while size * 10 <= wanted / _MOST_STEPS:
        size *= 10
    step = next(size * lead for lead in _LEADS if size * lead * _MOST_STEPS >= wanted)
    count = next(n for n in range(1, _MOST_STEPS + 1) if step * n >= wanted)
    steps = tuple(step * n for n in range(count + 1))
    return Scale(steps, tuple(_grouped(f"{each:.10g}") for each in steps))


def _grouped(words: str) -> str:
    """The whole part in lakh groups.

    >>> _grouped("4000"), _grouped("0.25")
    ('4,000', '0.25')
    """
    whole, point, rest = words.partition(".")
    return f"{count_shown(int(whole))}{point}{rest}"
