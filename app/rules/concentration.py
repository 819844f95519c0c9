"""How much of a book hangs on few names: the Herfindahl index and the largest shares.

Source: lending-rules.md section 14. Vectors V199 to V202. The index is the sum of squared shares,
from 1 / n to 1; its inverse is the number of equal exposures that would be as concentrated.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.rules.exact_fractions import percent_of_whole
from app.rules.measure_inputs import check_amount, check_filled, check_whole
from app.rules.rulebook import Rulebook

POINTS = 10_000  # the index as analysts print it


@dataclass(frozen=True, slots=True)
class Concentration:
    """Exposures in paise, largest first, and what they say about their spread."""

    exposures_paise: tuple[int, ...]

    @property
    def total_paise(self) -> int:
        """All exposures together."""
        return sum(self.exposures_paise)

    @property
    def index(self) -> Fraction:
        """The Herfindahl index as a fraction from 0 to 1."""
        return Fraction(sum(each * each for each in self.exposures_paise), self.total_paise**2)

    @property
    def index_points(self) -> Fraction:
        """The Herfindahl index in points, up to 10,000."""
        return self.index * POINTS

    @property
    def effective_number(self) -> Fraction:
        """So many equal exposures would give the same index."""
        return 1 / self.index

    def top_share(self, count: int) -> Fraction:
        """The share of the largest few in per cent; of all when there are fewer."""
        return percent_of_whole(sum(self.exposures_paise[:count]), self.total_paise)


def concentration(exposures_paise: Iterable[int]) -> Concentration:
    """Measure exposures, each of one borrower, group, purpose or place.

    Raises:
        MeasureInputError: no exposure, a negative one, or all of them 0.

    >>> concentration([50, 30, 20]).index
    Fraction(19, 50)
    """
    ordered = tuple(sorted(exposures_paise, reverse=True))
    check_filled("exposures", ordered)
    check_amount("exposures", ordered[-1])
    check_whole("exposures", sum(ordered))
    return Concentration(ordered)


@dataclass(frozen=True, slots=True)
class LargeGroup:
    """One of the largest groups: its exposure in paise and its share in per cent."""

    name: str
    exposure_paise: int
    share: Fraction


def largest_groups(
    exposure_by_group: Mapping[str, int], rulebook: Rulebook, on: date
) -> Sequence[LargeGroup]:
    """The largest groups, as many as the rule lists; equal ones by name.

    Raises:
        MeasureInputError: no group, a negative exposure, or all of them 0.
    """
    total = concentration(exposure_by_group.values()).total_paise
    ranked = sorted(exposure_by_group.items(), key=lambda group: (-group[1], group[0]))
    return [
        LargeGroup(name, exposure, percent_of_whole(exposure, total))
        for name, exposure in ranked[: rulebook.count("concentration_top_groups", on)]
    ]
