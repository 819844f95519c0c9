"""What the sample generator answers: customers, applications and outcomes, without names.

Plain frozen data for the seed of a book and for training; identity (names, numbers, places) is
added by the caller. Money is integer paise, days are dates, words are the stored codes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ProductTerms:
    """The part of a product that the generator needs; the caller copies it from the products.

    Attributes:
        security: REQUIRED, OPTIONAL or NOT_TAKEN.
        security_required_above_paise: 0 = always, None = never.
        security_types: collateral types that may be taken.
        ltv_cap_ppm: usual largest loan over value, for drawing values.
        max_age_at_maturity_years: the smallest over the employment types.
    """

    product_code: str
    purposes: tuple[str, ...]
    default_for: tuple[str, ...]
    employment_types: tuple[str, ...]
    security: str
    security_required_above_paise: int | None
    security_types: tuple[str, ...]
    min_amount_paise: int
    max_amount_paise: int
    amount_step_paise: int
    min_tenure_months: int
    max_tenure_months: int
    tenure_step_months: int
    card_rate_ppm: int
    min_income_paise: int
    min_age_years: int
    max_age_years: int
    max_age_at_maturity_years: int
    co_applicant_required: bool
    repayment_type: str
    ltv_cap_ppm: int


@dataclass(frozen=True, slots=True)
class DrawnObligation:
    """One fixed monthly due; the type is a stored code of list obligation_type."""

    obligation_type: str
    monthly_paise: int
    outstanding_paise: int | None


@dataclass(frozen=True, slots=True)
class DrawnCollateral:
    """One security; the type is a stored code of list collateral_type."""

    collateral_type: str
    value_paise: int


@dataclass(frozen=True, slots=True)
class DrawnBureau:
    """The bureau's facts; a score of None means no usable score (state NO_HISTORY or THIN)."""

    score: int | None
    score_state: str
    late_payments: int | None
    active_loans: int | None


@dataclass(frozen=True, slots=True)
class DrawnCustomer:
    """One borrower. Dates are fixed, so every application derives its own months from them.

    `experience_months` is as of the book's last day; each application carries its own.
    """

    date_of_birth: date
    income_paise: int
    employment_type: str
    experience_months: int
    employment_start: date
    customer_since: date
    obligations: tuple[DrawnObligation, ...]
    bureau: DrawnBureau


@dataclass(frozen=True, slots=True)
class DrawnApplication:
    """One application of `customers[customer_index]`.

    Attributes:
        collateral: empty = unsecured.
        experience_months: years of experience as stated then, in months.
        co_applicant_income_paise: 0 = no co-applicant.
        decided_after_days: days from application to decision.
        disbursed_after_days: days from application to disbursement, if approved.
    """

    customer_index: int
    application_date: date
    product_code: str
    purpose: str
    amount_paise: int
    tenure_months: int
    repayment_type: str
    collateral: tuple[DrawnCollateral, ...]
    experience_months: int
    has_guarantor: bool
    co_applicant_income_paise: int
    decided_after_days: int
    disbursed_after_days: int


@dataclass(frozen=True, slots=True)
class DrawnBook:
    """A whole book; all sequences but `customers` run parallel to `applications`, oldest first.

    Attributes:
        rows: features, shape (applications, 28); NaN = bureau score unknown.
        true_probabilities: the generator's own probability of 90+ within 12 months. An oracle:
            stored apart, opened by tests and `compare` only.
        defaults: the outcome of every application, of rejected ones too (counterfactual).
        default_month: month on book (4-12) of first 90+ for defaulters, else 0.
        lateness: for everybody, the chance from 0 to 1 that an instalment is paid late.
        verdicts: "Approved", "Rejected" or "Pending".
        random_cell: accepted at random although below the policy's cut-off.
    """

    preset: str
    as_of: date
    customers: tuple[DrawnCustomer, ...]
    applications: tuple[DrawnApplication, ...]
    rows: Array
    true_probabilities: Array
    defaults: NDArray[np.bool_]
    default_month: NDArray[np.int64]
    lateness: Array
    verdicts: tuple[str, ...]
    random_cell: NDArray[np.bool_]


Rebuild = Callable[[Sequence[DrawnCustomer], Sequence[DrawnApplication]], Array]
"""Turns drawn applications into feature rows, shape (n, 28): the real feature function."""
