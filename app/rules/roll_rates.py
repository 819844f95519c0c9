"""Roll rates: where the balance of a bucket of days past due went between two month ends.

Source: lending-rules.md section 14. Vectors V210 and V211. Closed and written-off are columns of
their own, so that each row adds up to 100 % of the opening balance.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from app.rules.exact_fractions import percent_of_whole
from app.rules.measure_inputs import MeasureInputError, check_amount, check_filled, check_whole
from app.rules.rulebook import Rulebook

CURRENT = "CURRENT"
CLOSED = "CLOSED"
WRITTEN_OFF = "WRITTEN-OFF"
_STARTS = ("SMA-0", "SMA-1", "SMA-2", "NPA")  # a bucket begins where its class begins


@dataclass(frozen=True, slots=True)
class Move:
    """The balance in paise of one bucket at the first month end that stood in another later.

    The balance is the opening one in both places: what a customer repaid in between does not
    leave the row.
    """

    opened_in: str
    ended_in: str
    balance_paise: int


def _starts(rulebook: Rulebook, on: date) -> tuple[int, ...]:
    return tuple(rulebook.days("dpd_class_from", on, segment) for segment in _STARTS)


def bucket_names(rulebook: Rulebook, on: date) -> tuple[str, ...]:
    """The buckets from current to worst, then closed and written-off: the columns of a matrix."""
    starts = _starts(rulebook, on)
    between = [f"{start}-{following - 1}" for start, following in pairwise(starts)]
    return (CURRENT, *between, f"{starts[-1] - 1}+", CLOSED, WRITTEN_OFF)


def bucket_of(days_past_due: int, rulebook: Rulebook, on: date) -> str:
    """The bucket of an open loan by its days past due."""
    reached = sum(days_past_due >= start for start in _starts(rulebook, on))
    return bucket_names(rulebook, on)[reached]


def roll_row(opening_paise: int, moved_paise: Mapping[str, int]) -> dict[str, Fraction]:
    """Where the opening balance of one bucket went, in exact per cent of it.

    Args:
        opening_paise: balance of the bucket at the first month end.
        moved_paise: that same balance by the bucket it ended in.

    Raises:
        MeasureInputError: an empty bucket, a negative move, or moves that miss the opening.
    """
    check_whole("opening_balance", opening_paise)
    check_filled("moves", moved_paise)
    for balance in moved_paise.values():
        check_amount("moves", balance)
    if sum(moved_paise.values()) != opening_paise:
        raise MeasureInputError("moves", "balances that add up to the opening balance")
    return {
        bucket: percent_of_whole(balance, opening_paise) for bucket, balance in moved_paise.items()
    }


def roll_matrix(moves: Iterable[Move]) -> dict[str, dict[str, Fraction]]:
    """The rows of all buckets that had a balance; each adds up to 100.

    Raises:
        MeasureInputError: a negative balance.
    """
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for move in moves:
        check_amount("moves", move.balance_paise)
        rows[move.opened_in][move.ended_in] += move.balance_paise
    return {bucket: roll_row(row.total(), row) for bucket, row in rows.items() if row.total() > 0}
