"""Draws borrowers and their applications: economics only, no names, places or numbers.

Source: machine-learning.md section 4. One numpy generator is passed through, so the same state
gives the same book. Shapes follow common sense rather than any bank's data: income is
lognormal, the bureau score falls with a hidden carelessness that the rows never show.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Protocol

import numpy as np

from ml.sample.drawn_book import (
    DrawnApplication,
    DrawnBureau,
    DrawnCollateral,
    DrawnCustomer,
    DrawnObligation,
    ProductTerms,
)

DAYS_A_YEAR: Final = 365.25
DAYS_A_MONTH: Final = DAYS_A_YEAR / 12
RUPEE: Final = 100
PENDING_DAYS: Final = 45  # the latest applications still wait
SETTLE_DAYS: Final = 25  # decided ones leave time for the money to go out
EMPLOYMENT: Final = (("Salaried", 0.62), ("Self-Employed", 0.22), ("Business", 0.16))
PURPOSES: Final = (
    ("Home Purchase", 0.14),
    ("Vehicle Purchase", 0.20),
    ("Business Expansion", 0.14),
    ("Education", 0.09),
    ("Medical Emergency", 0.09),
    ("Debt Consolidation", 0.10),
    ("Home Renovation", 0.13),
    ("Wedding Expenses", 0.11),
)
DEBTS: Final = ("Vehicle Loan", "Personal Loan", "Consumer Loan", "Two-Wheeler Loan", "Credit Card")
COSTS: Final = ("Rent", "School Fees", "Insurance Premium", "Other Fixed Cost")


class BookSize(Protocol):
    """What the drawing of applications needs of a request."""

    @property
    def applications(self) -> int:
        """How many."""

    @property
    def products(self) -> tuple[ProductTerms, ...]:
        """Terms to draw from."""

    @property
    def as_of(self) -> date:
        """Last day of the book."""


def draw_customers(
    rng: np.random.Generator, count: int, as_of: date, months: int
) -> tuple[DrawnCustomer, ...]:
    """Draw borrowers who were grown up before the book began, `months` before `as_of`."""
    return tuple(_customer(rng, as_of, months) for _ in range(count))


def _pick(rng: np.random.Generator, weighted: tuple[tuple[str, float], ...]) -> str:
    """Return one word by its weight."""
    mark = rng.random() * sum(weight for _, weight in weighted)
    for word, weight in weighted:
        mark -= weight
        if mark < 0:
            return word
    return weighted[-1][0]


def _between(rng: np.random.Generator, low: float, high: float) -> float:
    return low + (high - low) * float(rng.random())


def _customer(rng: np.random.Generator, as_of: date, months: int) -> DrawnCustomer:
    care = float(rng.standard_normal())  # hidden; moves the bureau's facts together
    age_years = _between(rng, 21.2 + months / 12, 57.0)
    grown_years = age_years - 20.0
    experience_years = grown_years * _between(rng, 0.35, 1.0)
    with_employer_years = experience_years * float(rng.beta(1.3, 2.2))
    growth = 0.012 * min(experience_years, 25.0)
    income = float(rng.lognormal(math.log(40_000) + growth, 0.52))
    income_paise = int(round(min(max(income, 12_000.0), 1_500_000.0), -2)) * RUPEE
    started = max(months / 12 + 0.1, with_employer_years)
    experience_years = max(experience_years, started)
    known_days = int(rng.gamma(1.0, 1_500.0))
    bureau, debts = _bureau(rng, care)
    return DrawnCustomer(
        date_of_birth=as_of - timedelta(days=int(age_years * DAYS_A_YEAR)),
        income_paise=income_paise,
        employment_type=_pick(rng, EMPLOYMENT),
        experience_months=int(experience_years * 12),
        employment_start=as_of - timedelta(days=int(started * DAYS_A_YEAR)),
        customer_since=as_of - timedelta(days=known_days),
        obligations=_obligations(rng, income_paise, debts),
        bureau=bureau,
    )


def _bureau(rng: np.random.Generator, care: float) -> tuple[DrawnBureau, int]:
    """Return the bureau's facts and how many debts to declare."""
    active = int(rng.poisson(0.9))
    if rng.random() < 0.10:  # noqa: PLR2004  # a share
        state = "NO_HISTORY" if rng.random() < 0.7 else "THIN"  # noqa: PLR2004  # a share
        return DrawnBureau(None, state, None, None), 0
    late = int(rng.poisson(0.55 * math.exp(-0.75 * care)))
    noise = float(rng.standard_normal())
    points = 712.0 + 62.0 * care - 9.0 * min(late, 8) + 38.0 * noise
    score = int(min(max(points, 300.0), 900.0))
    declared = min(active, int(rng.binomial(active, 0.9)) if active else 0)
    return DrawnBureau(score, "SCORED", min(late, 40), min(active, 12)), declared


def _obligations(
    rng: np.random.Generator, income_paise: int, debts: int
) -> tuple[DrawnObligation, ...]:
    drawn = []
    for _ in range(debts):
        monthly = int(income_paise * _between(rng, 0.02, 0.14)) // RUPEE * RUPEE
        months_left = int(_between(rng, 4, 54))
        word = DEBTS[int(rng.integers(len(DEBTS)))]
        drawn.append(DrawnObligation(word, monthly, int(monthly * months_left * 0.85)))
    for _ in range(int(rng.binomial(2, 0.3))):
        monthly = int(income_paise * _between(rng, 0.02, 0.12)) // RUPEE * RUPEE
        drawn.append(DrawnObligation(COSTS[int(rng.integers(len(COSTS)))], monthly, None))
    return tuple(drawn)


@dataclass(frozen=True, slots=True)
class _Offer:
    """A purpose with the product that serves it on that day for that person."""

    purpose: str
    product: ProductTerms


def draw_applications(
    rng: np.random.Generator,
    customers: tuple[DrawnCustomer, ...],
    size: BookSize,
    span: tuple[int, int],
) -> tuple[DrawnApplication, ...]:
    """Draw applications, oldest first; `span` is (months of the book, how many still wait)."""
    extra = rng.integers(len(customers), size=size.applications - len(customers))
    owners = [*range(len(customers)), *(int(index) for index in extra)]
    rng.shuffle(owners)
    days = _days(rng, size, *span)
    drawn = []
    for owner, day in zip(owners, days, strict=True):
        offer = _offer(rng, customers[owner], size.products, day)
        drawn.append(_application(rng, (owner, customers[owner]), offer, (day, size.as_of)))
    return tuple(drawn)


def known_since_first(
    customers: tuple[DrawnCustomer, ...], applications: Iterable[DrawnApplication]
) -> tuple[DrawnCustomer, ...]:
    """Return the borrowers with nobody known only after his first application."""
    first = {item.customer_index: item.application_date for item in reversed([*applications])}
    return tuple(
        replace(who, customer_since=min(who.customer_since, first[index]))
        for index, who in enumerate(customers)
    )


def _days(rng: np.random.Generator, size: BookSize, months: int, pending: int) -> list[date]:
    """Return application dates in order: decided ones spread evenly, waiting ones at the end."""
    oldest = int(months * DAYS_A_MONTH)
    newest = PENDING_DAYS if pending else SETTLE_DAYS
    decided = rng.integers(newest, oldest, size=size.applications - pending)
    waiting = (PENDING_DAYS * rng.random(pending) ** 1.5).astype(int)
    ages = sorted((int(age) for age in (*decided, *waiting)), reverse=True)
    return [size.as_of - timedelta(days=age) for age in ages]


def _offer(
    rng: np.random.Generator, customer: DrawnCustomer, products: tuple[ProductTerms, ...], day: date
) -> _Offer:
    """Return a purpose and product that the person may ask for; the first suitable draw wins."""
    age_years = (day - customer.date_of_birth).days / DAYS_A_YEAR
    for _ in range(40):
        purpose = _pick(rng, PURPOSES)
        fitting = [
            item
            for item in products
            if purpose in item.purposes
            and customer.employment_type in item.employment_types
            and item.min_age_years <= age_years
            and age_years + item.min_tenure_months / 12 <= item.max_age_at_maturity_years
            and age_years < item.max_age_years
        ]
        if fitting:
            usual = [item for item in fitting if purpose in item.default_for]
            if usual and rng.random() < 0.8:  # noqa: PLR2004  # a share
                return _Offer(purpose, usual[0])
            return _Offer(purpose, fitting[int(rng.integers(len(fitting)))])
    message = "no product fits a borrower of this age and work"
    raise LookupError(message)


def _application(
    rng: np.random.Generator, who: tuple[int, DrawnCustomer], offer: _Offer, when: tuple[date, date]
) -> DrawnApplication:
    owner, customer = who
    day, as_of = when
    months_ago = int((as_of - day).days / DAYS_A_MONTH)
    product = offer.product
    years_left = product.max_age_at_maturity_years - (day - customer.date_of_birth).days / 365.25
    tenure = _tenure(rng, product, years_left)
    helper = product.co_applicant_required or rng.random() < 0.08  # noqa: PLR2004  # a share
    co_income = int(customer.income_paise * _between(rng, 0.3, 1.1)) if helper else 0
    amount = _amount(rng, product, tenure, customer.income_paise + co_income)
    decided = 1 + int(rng.integers(9))
    return DrawnApplication(
        customer_index=owner,
        application_date=day,
        product_code=product.product_code,
        purpose=offer.purpose,
        amount_paise=amount,
        tenure_months=tenure,
        repayment_type=product.repayment_type,
        collateral=_collateral(rng, product, amount),
        experience_months=max(1, customer.experience_months - months_ago),
        has_guarantor=bool(rng.random() < 0.18),  # noqa: PLR2004  # a share
        co_applicant_income_paise=co_income // RUPEE * RUPEE,
        decided_after_days=decided,
        disbursed_after_days=decided + 1 + int(rng.integers(10)),
    )


def _tenure(rng: np.random.Generator, product: ProductTerms, years_left: float) -> int:
    longest = product.max_tenure_months
    if product.repayment_type == "Bullet":
        longest = min(longest, 12)
    longest = min(longest, int(years_left * 12))
    steps = (longest - product.min_tenure_months) // product.tenure_step_months
    share = float(rng.beta(1.6, 1.6))
    return product.min_tenure_months + product.tenure_step_months * round(share * max(steps, 0))


def _amount(rng: np.random.Generator, product: ProductTerms, tenure: int, income: int) -> int:
    """Return an amount whose instalment takes a drawn share of the income."""
    share = float(rng.lognormal(math.log(0.22), 0.62))
    monthly_rate = product.card_rate_ppm / 12e6
    worth = income * share * (1 - (1 + monthly_rate) ** -tenure) / monthly_rate
    step = product.amount_step_paise
    bounded = min(max(worth, product.min_amount_paise), product.max_amount_paise)
    return int(bounded) // step * step


def _collateral(
    rng: np.random.Generator, product: ProductTerms, amount: int
) -> tuple[DrawnCollateral, ...]:
    above = product.security_required_above_paise
    required = product.security == "REQUIRED" or (above is not None and amount > above)
    offered = product.security != "NOT_TAKEN" and rng.random() < 0.2  # noqa: PLR2004  # a share
    if not (required or offered):
        return ()
    loan_to_value = _between(rng, 0.35, 1.04) * product.ltv_cap_ppm / 1e6
    kind = product.security_types[int(rng.integers(len(product.security_types)))]
    thousand = 1_000 * RUPEE
    return (DrawnCollateral(kind, int(amount / loan_to_value) // thousand * thousand + thousand),)
