"""Population stability: how far a distribution has moved from that of the development data.

Source: lending-rules.md 13.4: sum of (a - e) ln(a / e) over fixed bins, natural logarithm. Vectors
V188 to V191; bands and least rows are rule rows. A convention of the trade that depends on the size
of the sample: so the number of rows is shown beside it, and few rows give no band.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.rules.measure_inputs import (
    check_amount,
    check_filled,
    check_pairs,
    check_shares,
    check_whole,
)
from app.rules.money import PPM
from app.rules.rulebook import Rulebook
from db.vocabulary.operations import PsiStatus


@dataclass(frozen=True, slots=True)
class Stability:
    """The index, the rows it stands on, and what to make of it."""

    index: Decimal
    rows: int
    status: PsiStatus


def stability_index(
    expected_shares: Sequence[Decimal],
    actual_shares: Sequence[Decimal],
    rulebook: Rulebook,
    on: date,
) -> Decimal:
    """The index of two distributions over the same bins, unrounded; 0 when they are equal.

    An empty bin takes the small share of its rule row, then all shares are rescaled to 1.

    Raises:
        MeasureInputError: no bin, unequal lists, shares outside 0 to 1 or not 1 together.
    """
    check_shares("expected_shares", expected_shares)
    check_shares("actual_shares", actual_shares)
    check_pairs("actual_shares", actual_shares, expected_shares)
    least = Decimal(rulebook.millionths("psi_empty_bin", on)) / PPM
    bins = zip(_filled(expected_shares, least), _filled(actual_shares, least), strict=True)
    terms = [(actual - expected) * (actual / expected).ln() for expected, actual in bins]
    return Decimal(sum(sorted(terms)))  # sorted: the order of the bins leaves no trace


def _filled(shares: Sequence[Decimal], least: Decimal) -> list[Decimal]:
    lifted = [share or least for share in shares]
    total = sum(sorted(lifted))
    return [share / total for share in lifted]


def status_of(index: Decimal, rulebook: Rulebook, on: date) -> PsiStatus:
    """Stable, to be watched, or shifted; exactly on the upper line is still to be watched."""
    if rulebook.row("psi_shifted_above", on).holds(index * PPM):
        return PsiStatus.SHIFTED
    if rulebook.row("psi_watch_from", on).holds(index * PPM):
        return PsiStatus.WATCH
    return PsiStatus.STABLE


def stability_of_counts(
    expected_counts: Sequence[int], actual_counts: Sequence[int], rulebook: Rulebook, on: date
) -> Stability:
    """The index of counted rows; under the least number of rows its band is "too few".

    Raises:
        MeasureInputError: no bin, unequal lists, negative counts, no row at all.
    """
    expected = shares_of_counts("expected_counts", expected_counts)
    actual = shares_of_counts("actual_counts", actual_counts)
    check_pairs("actual_counts", actual_counts, expected_counts)
    index = stability_index(expected, actual, rulebook, on)
    rows = sum(actual_counts)
    enough = rulebook.row("drift_min_rows", on).holds(rows)
    return Stability(index, rows, status_of(index, rulebook, on) if enough else PsiStatus.TOO_FEW)


def shares_of_counts(field: str, counts: Iterable[int]) -> list[Decimal]:
    """Counts as shares of their sum.

    Raises:
        MeasureInputError: no count, a negative one, or all of them 0.
    """
    listed = list(counts)
    check_filled(field, listed)
    for count in listed:
        check_amount(field, count)
    total = sum(listed)
    check_whole(field, total)
    return [Decimal(count) / total for count in listed]
