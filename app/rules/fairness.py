"""Approval of groups against each other: rates, adverse impact ratio, parity and opportunity gaps.

Source: lending-rules.md 13.6. Vectors V194 to V198. The four-fifths line is a screening sign taken
from employment rules, no lending rule; rates stay exact fractions, because 60 of 100 against 75 of
100 is exactly four fifths and passes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.rules.exact_fractions import holds_exactly
from app.rules.measure_inputs import MeasureInputError, check_part, check_whole
from app.rules.rulebook import Rulebook

_AT_LEAST_GROUPS = 2


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """How many of a group were approved, of all of it or of those who repaid."""

    approved: int
    total: int

    @property
    def rate(self) -> Fraction:
        """The share approved."""
        return Fraction(self.approved, self.total)


@dataclass(frozen=True, slots=True)
class GroupComparison:
    """Rates of groups side by side.

    Attributes:
        rates: share approved, by group.
        ratio: lowest over highest rate; None where no group has any approval.
        gap: highest less lowest rate.
    """

    rates: Mapping[str, Fraction]
    ratio: Fraction | None
    gap: Fraction


def compare_groups(groups: Mapping[str, GroupCounts], counted: str = "total") -> GroupComparison:
    """Approval rates of two or more groups: the ratio is adverse impact, the gap is parity.

    Counted over those who repaid only, the gap is that of equal opportunity; ``counted`` names in
    a refusal what the totals count.

    Raises:
        MeasureInputError: fewer than two groups, an empty one, more approved than there are.
    """
    if len(groups) < _AT_LEAST_GROUPS:
        raise MeasureInputError("groups", "two groups or more")
    for name, group in groups.items():
        check_whole(f"{name}_{counted}", group.total)
        check_part(f"{name}_approved", group.approved, group.total)
    rates = {name: group.rate for name, group in groups.items()}
    lowest, highest = min(rates.values()), max(rates.values())
    return GroupComparison(rates, lowest / highest if highest else None, highest - lowest)


def passes_four_fifths(ratio: Fraction | None, rulebook: Rulebook, on: date) -> bool:
    """Whether no sign shows; groups without any approval are treated alike and show none."""
    if ratio is None:
        return True
    return not holds_exactly(rulebook.row("fairness_ratio_sign", on), ratio)


def too_few(groups: Mapping[str, GroupCounts], rulebook: Rulebook, on: date) -> tuple[str, ...]:
    """The groups too small for a figure; they print "too few" and stay out of the comparison."""
    row = rulebook.row("fairness_min_group", on)
    return tuple(name for name, group in groups.items() if not row.holds(group.total))


def compare_large_groups(
    groups: Mapping[str, GroupCounts], rulebook: Rulebook, on: date
) -> GroupComparison | None:
    """The comparison of the groups that are large enough; None when fewer than two are.

    Raises:
        MeasureInputError: a large group with more approved than there are.
    """
    small = too_few(groups, rulebook, on)
    large = {name: group for name, group in groups.items() if name not in small}
    return compare_groups(large) if len(large) >= _AT_LEAST_GROUPS else None
