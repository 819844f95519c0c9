"""Sample books: same preset, sizes and random state, same book.

    book = draw_book(DrawRequest("sample", 1000, 1500, 42, products, as_of), rebuild)

`products` are `ProductTerms` and `rebuild` is the real feature function over drawn applications
(`app/services/steps/drawn_cases.py` has both). The answer is `ml.sample.drawn_book.DrawnBook`.

Presets
- `sample`: the sandbox branch. Of 1,500: 785 approved, 500 rejected, 215 pending; about 80 loans
  default before the sandbox day. Some 72 reach 90+ days themselves; NPA is by borrower, so these
  take about eight further loans of the same people along. Over 41 months about 13,000 repayments
  come in. Other sizes keep these shares.
- `realistic`: everything decided, about 62 % approved, 3 to 5 % bad among disbursed; training.
- `stress`: the same borrowers in a bad year, about 45 % bad.
- `readme`: the outcome follows an explicit rule (debt to income over 50 % or income below 30,000
  means bad) with 5.5 % symmetric flips; for the comparison with the seed only.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from ml.sample.borrowers import draw_applications, draw_customers, known_since_first
from ml.sample.drawn_book import Array, DrawnApplication, DrawnBook, ProductTerms, Rebuild
from ml.sample.outcomes import (
    Outcomes,
    Verdicts,
    apply_original_policy,
    apply_policy,
    draw_outcomes,
    draw_readme_outcomes,
    month_weights,
)

SANDBOX_DAY: Final = date(2026, 9, 30)


@dataclass(frozen=True, slots=True)
class Preset:
    """Shares of a book.

    Attributes:
        approved_share: of all applications.
        pending_share: of all applications, the latest ones; the rest is rejected.
        bad_share: expected share of 90+ among approved, counted as `observed_only` says.
        observed_only: count only defaults that happen before the book's last day.
        months: length of the book before its last day.
    """

    name: str
    approved_share: float
    pending_share: float
    bad_share: float
    observed_only: bool
    months: int


PRESETS: Final[dict[str, Preset]] = {
    "sample": Preset("sample", 785 / 1500, 215 / 1500, 72 / 785, observed_only=True, months=41),
    "realistic": Preset("realistic", 0.62, 0.0, 0.038, observed_only=False, months=48),
    "stress": Preset("stress", 0.62, 0.0, 0.45, observed_only=False, months=48),
    "readme": Preset("readme", 0.62, 0.0, 0.0, observed_only=False, months=36),
}


class UnknownPresetError(ValueError):
    """A preset that does not exist was asked for."""


@dataclass(frozen=True, slots=True)
class DrawRequest:
    """What to draw.

    Attributes:
        preset: one of PRESETS.
        customers: number of borrowers, at most `applications`.
        applications: number of applications; every borrower has at least one.
        random_state: seed of the one random generator.
        products: terms to draw from; microfinance is left out by the caller.
        as_of: last day of the book.
        fixed_policy: reject by the original's explicit rule alone, as its own experiment did,
            instead of by judgement with a random cell.
    """

    preset: str
    customers: int
    applications: int
    random_state: int
    products: tuple[ProductTerms, ...]
    as_of: date = SANDBOX_DAY
    fixed_policy: bool = False


def draw_book(request: DrawRequest, rebuild: Rebuild) -> DrawnBook:
    """Draw borrowers, build their rows, draw every outcome, then let policy decide.

    Raises:
        UnknownPresetError: no such preset, or fewer applications than customers.
    """
    preset = PRESETS.get(request.preset)
    if preset is None or not 1 <= request.customers <= request.applications:
        message = f"no book of preset {request.preset!r} with these sizes"
        raise UnknownPresetError(message)
    rng = np.random.default_rng(request.random_state)
    customers = draw_customers(rng, request.customers, request.as_of, preset.months)
    pending = round(preset.pending_share * request.applications)
    applications = draw_applications(rng, customers, request, (preset.months, pending))
    customers = known_since_first(customers, applications)
    rows = rebuild(customers, applications)
    policy = apply_original_policy if request.fixed_policy else apply_policy
    verdicts = policy(rng, rows, round(preset.approved_share * len(applications)), pending)
    outcomes = _outcomes(rng, rows, verdicts, (preset, request, applications))
    return DrawnBook(
        preset=preset.name,
        as_of=request.as_of,
        customers=customers,
        applications=applications,
        rows=rows,
        true_probabilities=outcomes.true_probabilities,
        defaults=outcomes.defaults,
        default_month=outcomes.default_month,
        lateness=outcomes.lateness,
        verdicts=verdicts.words,
        random_cell=verdicts.random_cell,
    )


def _outcomes(
    rng: np.random.Generator,
    rows: Array,
    verdicts: Verdicts,
    book: tuple[Preset, DrawRequest, tuple[DrawnApplication, ...]],
) -> Outcomes:
    """Draw outcomes; the intercept makes the expected number of bads the preset's."""
    preset, request, applications = book
    if preset.name == "readme":
        return draw_readme_outcomes(rng, rows)
    counted = verdicts.approved.astype(float)
    if preset.observed_only:
        ages = [
            (request.as_of - item.application_date).days - item.disbursed_after_days
            for item in applications
        ]
        counted *= month_weights(np.array(ages, dtype=float))
    return draw_outcomes(rng, rows, counted, preset.bad_share * float(verdicts.approved.sum()))
