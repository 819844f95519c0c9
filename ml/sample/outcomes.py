"""The causal part of a sample book: true risk, outcomes for everybody, then the policy.

Source: machine-learning.md section 4. Risk is a logistic in bounded monotone terms of the feature
row (features 2, 10, 11, 15 to 19, 21 to 24); a missing bureau score raises it. The intercept is
found by bisection so that the expected number of bads is the preset's.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ml.features import position
from ml.sample.drawn_book import Array

FIRST_BAD_MONTH: Final = 4  # three instalments missed and ninety days gone
LAST_BAD_MONTH: Final = 12
RANDOM_CELL_SHARE: Final = 0.05
README_FLIP_SHARE: Final = 0.055
README_DTI_PERCENT: Final = 50.0
README_INCOME_RUPEES: Final = 30_000.0

# (feature, centre, scale, weight): weight * tanh((value - centre) / scale)
TERMS: Final = (
    ("fixed_obligation_to_income_ratio", 42.0, 18.0, 1.05),
    ("loan_to_income_ratio", 1.5, 1.5, 0.50),
    ("collateral_cover", 0.6, 0.6, -0.50),
    ("active_loan_count", 1.0, 2.0, 0.50),
    ("prior_late_payments", 1.0, 2.0, 0.82),
    ("years_of_experience", 6.0, 8.0, -0.44),
    ("months_with_employer", 36.0, 48.0, -0.44),
    ("has_guarantor", 0.0, 1.0, -0.45),
    ("employment_self_employed", 0.0, 1.0, 0.35),
    ("employment_business", 0.0, 1.0, 0.20),
)
BUREAU_TERM: Final = ("bureau_score", 700.0, 70.0, -1.1)
MISSING_BUREAU_TERM: Final = 1.0  # as risky as a low score; a median fill alone hides it


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What becomes of every application, parallel to the rows."""

    true_probabilities: Array
    defaults: NDArray[np.bool_]
    default_month: NDArray[np.int64]
    lateness: Array


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The policy's answers, parallel to the rows."""

    words: tuple[str, ...]
    approved: NDArray[np.bool_]
    random_cell: NDArray[np.bool_]


def risk_index(rows: Array) -> Array:
    """Return the log-odds of default without the intercept, shape (n,)."""
    total = np.zeros(len(rows))
    for name, centre, scale, weight in TERMS:
        total += weight * np.tanh((rows[:, position(name)] - centre) / scale)
    name, centre, scale, weight = BUREAU_TERM
    score = rows[:, position(name)]
    known = ~np.isnan(score)
    total[known] += weight * np.tanh((score[known] - centre) / scale)
    total[~known] += MISSING_BUREAU_TERM
    return total


def apply_policy(rng: np.random.Generator, rows: Array, approvals: int, pending: int) -> Verdicts:
    """Reject by ordinary credit rules, keeping a random cell of 5 % below the cut-off.

    The last `pending` rows wait; of the others exactly `approvals` are approved.
    """
    decided = len(rows) - pending
    index = _policy_index(rng, rows[:decided])
    lucky = rng.random(decided) < RANDOM_CELL_SHARE
    order = np.lexsort((index, ~lucky))  # the lucky first, then the best
    approved = np.zeros(len(rows), dtype=bool)
    approved[order[:approvals]] = True
    chosen = approved[:decided]
    plain = chosen & ~lucky
    cut_off = float(index[plain].max()) if plain.any() else float("-inf")
    random_cell = np.zeros(len(rows), dtype=bool)
    random_cell[:decided] = chosen & lucky & (index > cut_off)
    return Verdicts(_words(approved, decided), approved, random_cell)


def apply_original_policy(
    _rng: np.random.Generator, rows: Array, approvals: int, pending: int
) -> Verdicts:
    """Reject by the original's rule on the inputs alone, its two limits moved by one factor.

    The factor is the one at which exactly `approvals` are approved. Nobody judges and nobody is
    accepted at random: a label made of these rejections repeats the rule.
    """
    decided = len(rows) - pending
    severity = np.maximum(
        rows[:decided, position("debt_to_income_ratio")] / README_DTI_PERCENT,
        README_INCOME_RUPEES / rows[:decided, position("monthly_income")],
    )
    approved = np.zeros(len(rows), dtype=bool)
    approved[np.argsort(severity, kind="stable")[:approvals]] = True
    return Verdicts(_words(approved, decided), approved, np.zeros(len(rows), dtype=bool))


def _words(approved: NDArray[np.bool_], decided: int) -> tuple[str, ...]:
    return tuple(
        "Pending" if row >= decided else "Approved" if approved[row] else "Rejected"
        for row in range(len(approved))
    )


def _policy_index(rng: np.random.Generator, rows: Array) -> Array:
    """Return how far a case strays from the usual rules; higher is worse."""
    score = rows[:, position("bureau_score")]
    filled = np.where(np.isnan(score), 660.0, score)
    return (
        np.maximum(rows[:, position("fixed_obligation_to_income_ratio")] - 42.0, 0.0) / 10.0
        + np.maximum(690.0 - filled, 0.0) / 45.0
        + 0.35 * rows[:, position("prior_late_payments")]
        + np.maximum(rows[:, position("loan_to_income_ratio")] - 3.0, 0.0) / 2.0
        + 0.8 * rng.standard_normal(len(rows))  # people judge too
    )


def draw_outcomes(
    rng: np.random.Generator, rows: Array, counted: Array, expected_bads: float
) -> Outcomes:
    """Draw an outcome for every row.

    `counted` is, for each row, the share of its risk that counts toward `expected_bads`: 0 for
    the not approved, less than 1 where the book ends before month 12.
    """
    index = risk_index(rows)
    true = _logistic(index + _intercept(index, counted, expected_bads))
    return _outcomes(rng, true, rng.random(len(rows)) < true)


def draw_readme_outcomes(rng: np.random.Generator, rows: Array) -> Outcomes:
    """Draw outcomes by the original's explicit rule with symmetric flips."""
    rule = (rows[:, position("debt_to_income_ratio")] > README_DTI_PERCENT) | (
        rows[:, position("monthly_income")] < README_INCOME_RUPEES
    )
    true = np.where(rule, 1.0 - README_FLIP_SHARE, README_FLIP_SHARE)
    return _outcomes(rng, true, rule ^ (rng.random(len(rows)) < README_FLIP_SHARE))


def month_weights(days_on_book: Array) -> Array:
    """Return the share of default months that fall inside the days seen, shape (n,)."""
    months = np.floor(days_on_book / (365.25 / 12))
    span = LAST_BAD_MONTH - FIRST_BAD_MONTH + 1
    return np.asarray(np.clip(months - FIRST_BAD_MONTH + 1, 0, span) / span)


def _outcomes(rng: np.random.Generator, true: Array, defaults: NDArray[np.bool_]) -> Outcomes:
    months = rng.integers(FIRST_BAD_MONTH, LAST_BAD_MONTH + 1, size=len(true))
    careless = np.clip(0.03 + 0.55 * true + 0.10 * rng.standard_normal(len(true)), 0.0, 0.8)
    return Outcomes(true, defaults, np.where(defaults, months, 0), careless)


def _logistic(values: Array) -> Array:
    return np.asarray(1.0 / (1.0 + np.exp(-values)))


def _intercept(index: Array, counted: Array, expected_bads: float) -> float:
    low, high = -20.0, 20.0
    for _ in range(80):
        middle = (low + high) / 2
        if float((_logistic(index + middle) * counted).sum()) < expected_bads:
            low = middle
        else:
            high = middle
    return (low + high) / 2
