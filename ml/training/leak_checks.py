"""Signs that a column knows the outcome: each warning blocks promotion until it is signed off.

Source: machine-learning.md section 11. Looks at names, at each column alone, at what it adds to the
others, at where it is filled or empty, at patterns of its digits, and at ids. It works on any named
table; the 28 inputs of the contract are known to be of the application day, so their names pass.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from ml.features import FEATURE_NAMES
from ml.runtime.forest import Array
from ml.training.cross_fitting import bad_share
from ml.training.evaluation import Labels, area_under_curve

# Parts of names that tell of times after the decision, of the verdict itself, or of an old price.
LATE_WORDS: Final = frozenset(
    {
        *("payment", "payments", "pymnt", "paid", "recovery", "recoveries", "collection", "closed"),
        *("last", "next", "settlement", "hardship", "writeoff", "chargeoff", "overdue", "dpd"),
        *("npa", "status", "verdict", "decision", "approved", "rejected", "outcome", "default"),
        "flag",
    }
)
ID_WORDS: Final = frozenset({"id", "uuid", "number", "reference"})
FEWEST_ROWS: Final = 30  # fewer filled or empty rows say nothing
TWICE: Final = 2.0  # "mostly for bads": most of them bad, and twice the usual share
FEW_VALUES: Final = 10  # up to here a column is a list of codes and has no digits to read
FOLDS: Final = 4


@dataclass(frozen=True, slots=True)
class LeakLimits:
    """Limits of the rule rows `leak_auc`.

    Attributes:
        alone: AUC of one column alone above which it is suspected.
        adds: AUC that a column may add to the others.
        min_bads: fewer bads cannot tell what a column adds.
    """

    alone: float
    adds: float
    min_bads: int


@dataclass(frozen=True, slots=True)
class LeakSign:
    """One warning.

    Attributes:
        column: which.
        check: name, id, alone, adds, filled, empty or digits.
        text: one sentence for the card.
    """

    column: str
    check: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class NamedTable:
    """What is looked at: rows with gaps, their names, outcomes and groups."""

    names: Sequence[str]
    rows: Array
    labels: Labels
    groups: NDArray[np.int64]


def leak_signs(table: NamedTable, limits: LeakLimits) -> list[dict[str, Any]]:
    """Return all warnings, column by column, as plain values."""
    found: list[LeakSign] = []
    for at, name in enumerate(table.names):
        column = table.rows[:, at]
        found += _by_name(name)
        found += _by_identity(name, column)
        found += _alone(name, column, table.labels, limits.alone)
        found += _by_gaps(name, column, table.labels)
    if int(table.labels.sum()) >= limits.min_bads:
        found += _by_fits(table, limits.adds)
    return [asdict(sign) for sign in found]


def _by_name(name: str) -> list[LeakSign]:
    words = set(name.lower().replace("-", "_").split("_"))
    late = sorted(words & LATE_WORDS)
    if name in FEATURE_NAMES or not late:
        return []
    return [LeakSign(name, "name", f"{name}: the name tells of a time after the decision")]


def _by_identity(name: str, column: Array) -> list[LeakSign]:
    """Whole numbers that never repeat, in a column called an id or rising row by row."""
    whole = bool(np.isfinite(column).all() and (column == np.round(column)).all())
    unique = whole and len(np.unique(column)) == len(column) > FEWEST_ROWS
    words = set(name.lower().split("_"))
    if not unique or not (words & ID_WORDS or (np.diff(column) > 0).all()):
        return []
    return [LeakSign(name, "id", f"{name}: a number of its own in every row, an id")]


def _alone(name: str, column: Array, labels: Labels, limit: float) -> list[LeakSign]:
    known = ~np.isnan(column)
    auc = area_under_curve(labels[known], column[known])
    strength = 0.5 if auc is None else max(auc, 1 - auc)
    if strength <= limit:
        return []
    return [LeakSign(name, "alone", f"{name}: AUC {strength:.3f} alone, over {limit}")]


def _by_gaps(name: str, column: Array, labels: Labels) -> list[LeakSign]:
    usual = float(labels.mean())
    signs = []
    gaps = np.isnan(column)
    empty_like = gaps | (column == 0)
    for check, chosen in (("empty", gaps), ("filled", ~empty_like)):
        count = int(chosen.sum())
        if count < FEWEST_ROWS or count == len(labels) or not _rare(check, chosen):
            continue
        share = float(labels[chosen].mean())
        if share > 0.5 and share >= TWICE * usual:  # noqa: PLR2004  # most of them
            text = f"{name}: {check} in {count} rows, {share:.0%} of them bad"
            signs.append(LeakSign(name, check, text))
    return signs


def _rare(check: str, chosen: NDArray[np.bool_]) -> bool:
    """Whether being filled is the exception; empty rows are always looked at."""
    return check == "empty" or float(chosen.mean()) < 0.5  # noqa: PLR2004  # the lesser half


def _by_fits(table: NamedTable, limit: float) -> list[LeakSign]:
    """What each column adds to the others, and its digits to its value."""
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    split = next(folds.split(table.rows, table.labels, table.groups))
    signs = []
    with threadpool_limits(1):
        whole = _auc(table.rows, table.labels, split)
        for at, name in enumerate(table.names):
            added = whole - _auc(np.delete(table.rows, at, axis=1), table.labels, split)
            if added > limit:
                signs.append(LeakSign(name, "adds", f"{name}: adds {added:.3f} AUC to the others"))
            told = _digits_add(table.rows[:, [at]], table.labels, split)
            if told > limit:
                signs.append(
                    LeakSign(name, "digits", f"{name}: its digits add {told:.3f} AUC to its value")
                )
    return signs


def _digits_add(column: Array, labels: Labels, split: tuple[Any, Any]) -> float:
    if len(np.unique(column[~np.isnan(column)])) <= FEW_VALUES:
        return 0.0
    with_digits = np.hstack([column, _digits(column)])
    return _auc(with_digits, labels, split) - _auc(column, labels, split)


def _digits(column: Array) -> Array:
    """Return last digit, number of trailing zeros and whether there are decimals."""
    whole = np.round(column)
    zeros = sum((np.mod(whole, 10.0**power) == 0).astype(float) for power in range(1, 6))
    return np.hstack([np.mod(whole, 10.0), zeros, (column != whole).astype(float)])


def _auc(rows: Array, labels: Labels, split: tuple[Any, Any]) -> float:
    """Return the AUC of a small boosting on the part it did not see."""
    train, test = split
    model = HistGradientBoostingClassifier(
        max_iter=40, max_leaf_nodes=8, learning_rate=0.1, random_state=0, early_stopping=False
    )
    scores = bad_share(model.fit(rows[train], labels[train]), rows[test])
    return area_under_curve(labels[test], scores) or 0.5
