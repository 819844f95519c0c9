"""The loans that train and judge models: drawn, decided, and labelled only once they matured.

Source: machine-learning.md sections 1 and 4. A book ends one outcome window before the business
day, so every disbursed loan in it is mature; rejected and waiting applications have no label.
"""

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.resource_files import resource
from app.rules.rulebook import Rulebook
from app.services.steps.drawn_cases import product_terms, rebuild_with
from ml.monitoring.outcome_labels import (
    BAD,
    GOOD,
    INDETERMINATE,
    LabelRule,
    LoanOutcome,
    label_of,
)
from ml.sample.book_presets import DrawRequest, draw_book
from ml.sample.drawn_book import DrawnApplication, DrawnBook, ProductTerms

STANDARD_LOANS = 26_400  # three quarters of their months, about 20,000, are fitted on
APPROVED_SHARE = 0.62  # of the preset `realistic`: how many applications give the loans asked for
APPLICATIONS_PER_CUSTOMER = 1.5
DAYS_A_MONTH = 365.25 / 12
BAD_DPD = 90  # what the generator's default means: 90 or more days past due


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where drawn books come from.

    Attributes:
        as_of: business day; matured books end one outcome window before it.
    """

    rulebook: Rulebook
    as_of: date
    random_state: int

    def label_rule(self) -> LabelRule:
        """The limits of the label, from the rule rows of the day."""
        rules, day = self.rulebook, self.as_of
        return LabelRule(
            window_months=rules.months("label_window_months", day),
            bad_from_dpd=rules.days("label_bad_from_dpd", day),
            good_below_dpd=rules.days("label_good_below_dpd", day),
        )


def applications_for(loans: int) -> int:
    """Return how many `realistic` applications give that many disbursed loans."""
    return round(loans / APPROVED_SHARE)


def drawn(
    drawing: Drawing, preset: str, applications: int, *, fixed_policy: bool = False
) -> DrawnBook:
    """Draw a book that ends on the business day."""
    request = _request(drawing, preset, applications, drawing.as_of)
    return draw_book(replace(request, fixed_policy=fixed_policy), rebuild_with(drawing.rulebook))


def matured(drawing: Drawing, applications: int) -> DrawnBook:
    """Draw a realistic book whose applications end one outcome window before the business day."""
    last = _months_before(drawing.as_of, drawing.label_rule().window_months)
    request = _request(drawing, "realistic", applications, last)
    return draw_book(request, rebuild_with(drawing.rulebook))


def _request(drawing: Drawing, preset: str, applications: int, last: date) -> DrawRequest:
    return DrawRequest(
        preset,
        round(applications / APPLICATIONS_PER_CUSTOMER),
        applications,
        drawing.random_state,
        _terms_in_order(drawing),
        last,
    )


def _terms_in_order(drawing: Drawing) -> tuple[ProductTerms, ...]:
    """Return the products in the shipped order, own ones after them by code.

    A book keeps its rows in an order of its own; the same state must draw the same everywhere.
    """
    shipped = json.loads(resource("rules/products.json").read_text(encoding="utf-8"))
    codes = [product["product_code"] for product in shipped["products"]]
    places = {code: place for place, code in enumerate(codes)}
    return tuple(
        sorted(
            product_terms(drawing.rulebook, drawing.as_of),
            key=lambda terms: (places.get(terms.product_code, len(places)), terms.product_code),
        )
    )


def labels_of_book(book: DrawnBook, rule: LabelRule, as_of: date) -> NDArray[np.int64]:
    """Return GOOD, BAD, INDETERMINATE or UNLABELLED for every application, as of a day."""
    outcomes = (
        _outcome(application, word, int(month), (rule, as_of))
        for application, word, month in zip(
            book.applications, book.verdicts, book.default_month, strict=True
        )
    )
    return np.array([label_of(outcome, rule) for outcome in outcomes], dtype=np.int64)


def _outcome(
    application: DrawnApplication, verdict: str, default_month: int, seen: tuple[LabelRule, date]
) -> LoanOutcome:
    rule, as_of = seen
    days = (as_of - application.application_date).days - application.disbursed_after_days
    return LoanOutcome(
        disbursed=verdict == "Approved",
        months_on_book=int(days / DAYS_A_MONTH),
        worst_dpd=BAD_DPD if 0 < default_month <= rule.window_months else 0,
    )


def labelled_table(book: DrawnBook, labels: NDArray[np.int64]) -> dict[str, Any]:
    """Return the arrays of a training table: good and bad loans only."""
    chosen = np.flatnonzero((labels == GOOD) | (labels == BAD))
    taken = [book.applications[at] for at in chosen]
    return {
        "rows": book.rows[chosen],
        "labels": labels[chosen],
        "customers": np.array([item.customer_index for item in taken], dtype=np.int64),
        "months": months_of(taken),
    }


def months_of(applications: "list[DrawnApplication] | tuple[DrawnApplication, ...]") -> Any:  # noqa: ANN401  # an array
    """Return the month of each application as year * 12 + month - 1, shape (n,)."""
    return np.array(
        [item.application_date.year * 12 + item.application_date.month - 1 for item in applications]
    )


def label_counts(book: DrawnBook, labels: NDArray[np.int64]) -> dict[str, int]:
    """Return how many applications got which label, and why the others got none."""
    words = Counter(book.verdicts)
    found = {
        "good": int((labels == GOOD).sum()),
        "bad": int((labels == BAD).sum()),
        "indeterminate": int((labels == INDETERMINATE).sum()),
        "rejected_unlabelled": words["Rejected"],
        "pending_unlabelled": words["Pending"],
    }
    return {**found, "immature_unlabelled": len(labels) - sum(found.values())}


def _months_before(day: date, months: int) -> date:
    """Return the first day of the month that lies `months` before the day's month."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
