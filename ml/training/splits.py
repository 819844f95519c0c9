"""Splits by customer and by time; near-duplicates never stand on both sides.

Source: machine-learning.md section 11. The last share of disbursal months is the test; a customer,
or a row equal to another after rounding, that trains is not tested.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ml.runtime.forest import Array

ROUNDING_DIGITS: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class TimeSplit:
    """Masks over the rows; a row may be in neither.

    Attributes:
        train: rows to fit on.
        test: rows disbursed later, of customers that do not train.
        first_test_month: first disbursal month of the test, as year * 12 + month - 1.
    """

    train: NDArray[np.bool_]
    test: NDArray[np.bool_]
    first_test_month: int


def groups_of(customers: NDArray[np.int64], rows: Array) -> NDArray[np.int64]:
    """Return a group number a row: same customer or equal rounded row, also through others."""
    parent: dict[tuple[str, bytes], tuple[str, bytes]] = {}

    def find(key: tuple[str, bytes]) -> tuple[str, bytes]:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    rounded = np.round(np.nan_to_num(rows, nan=-1.0), ROUNDING_DIGITS)
    owners = [("customer", int(owner).to_bytes(8, "big", signed=True)) for owner in customers]
    for owner, row in zip(owners, rounded, strict=True):
        parent[find(("row", row.tobytes()))] = find(owner)
    numbers: dict[tuple[str, bytes], int] = {}
    return np.array([numbers.setdefault(find(owner), len(numbers)) for owner in owners])


def repeated_rows(rows: Array) -> int:
    """Return how many rows equal an earlier one after rounding; a group keeps them together."""
    rounded = np.round(np.nan_to_num(rows, nan=-1.0), ROUNDING_DIGITS)
    return len(rows) - len(np.unique(rounded, axis=0))


def split_by_time(
    months: NDArray[np.int64], groups: NDArray[np.int64], test_share: float
) -> TimeSplit:
    """Return the split whose test is the last `test_share` of the disbursal months.

    Args:
        months: disbursal month of each row, as year * 12 + month - 1.
        groups: of `groups_of`.
        test_share: 0 to 1, a rule row.
    """
    present = np.unique(months)
    first = int(present[-max(1, round(test_share * len(present)))])
    train = months < first
    test = ~train & ~np.isin(groups, groups[train])
    return TimeSplit(train, test, first)
