"""A change of one product: a new version from a day on, and the one it closes.

Source: products-and-rules.md (shape, keys). As with rule rows, a version is closed, never edited,
and a change starts after today, so contracts keep the terms of their sanction date.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.rules.dates import date_shown
from app.rules.products import Product, parse_product
from app.rules.rule_change import RuleChangeError
from app.rules.rulebook import Rulebook

_ONE_DAY = timedelta(days=1)
_FIXED = frozenset({"product_code", "effective_from", "effective_to", "source"})
_RANGES = ("amount_paise", "tenure_months", "rate_ppm")
_WHOLE_NUMBERS = ("_paise", "_ppm", "_months", "_years")  # units stand in the names
_MAY_BE_EMPTY = frozenset(
    {
        "household_rule",
        "floating",
        "dti_policy",
        "foir_cap_ppm",
        "foir_exempt_up_to_rule",
        "lti_cap_months",
        "min_monthly_income_paise",
        "security_required_above_paise",
        "ecl_segment_unsecured",
        # inside fees, the penal charge, the caps of a security and the moratorium
        "rate_ppm",
        "amount_paise",
        "min_paise",
        "max_paise",
        "gst_rule",
        "note",
        "segment",
        "default",
    }
)


@dataclass(frozen=True, slots=True)
class ProductChange:
    """Fields of one product that get other values, as ``products.json`` writes them."""

    product_code: str
    fields: Mapping[str, Any]
    effective_from: date
    source: str


@dataclass(frozen=True, slots=True)
class PlannedProduct:
    """The new version as JSON and typed, and the version that ends the day before."""

    definition: Mapping[str, Any]
    product: Product
    closed: Product
    closed_on: date


def plan_product_change(
    change: ProductChange, definition: Mapping[str, Any], rulebook: Rulebook, today: date
) -> PlannedProduct:
    """What a change would do.

    Args:
        change: the fields to change.
        definition: the product's newest version as JSON.
        rulebook: the rules that the new version may name.
        today: the business date; the change starts later.

    Raises:
        RuleChangeError: why not; ``field`` names the field.
    """
    closed = parse_product(definition)
    _check(change, definition, closed, today)
    new = {
        **definition,
        **change.fields,
        "effective_from": change.effective_from.isoformat(),
        "effective_to": None,
        "source": change.source.strip(),
    }
    try:
        product = parse_product(new)
    except (KeyError, TypeError, ValueError, AttributeError):
        names = ", ".join(change.fields)
        raise RuleChangeError(
            next(iter(change.fields)),
            f"The product cannot be read with this {names}: write it as the product has it now",
        ) from None
    _check_terms(product, rulebook)
    return PlannedProduct(new, product, closed, change.effective_from - _ONE_DAY)


def _check(
    change: ProductChange, definition: Mapping[str, Any], closed: Product, today: date
) -> None:
    if not change.source.strip():
        raise RuleChangeError("source", "Enter the source: the circular or the board's decision")
    if not change.fields:
        raise RuleChangeError("fields", "Name at least one field of the product to change")
    for name, value in change.fields.items():
        if name in _FIXED or name not in definition:
            raise RuleChangeError(name, f"A product has no field “{name}” that may change")
        if not _alike(name, value, definition[name]):
            raise RuleChangeError(name, f"Write {name} as the product has it now")
    if change.effective_from <= today:
        raise RuleChangeError(
            "effective_from",
            f"The change must start after today, {date_shown(today)}: contracts keep their terms",
        )
    if change.effective_from <= closed.effective_from or closed.effective_to is not None:
        raise RuleChangeError(
            "effective_from",
            f"A version of this product already starts on {date_shown(closed.effective_from)}: "
            "start this one later",
        )


def _alike(name: str, value: object, before: object) -> bool:
    """Whether the value has the kind the field has; "no limit" only where it is understood."""
    if isinstance(value, Mapping):
        known = before if isinstance(before, Mapping) else {}
        return isinstance(before, Mapping | None) and all(
            _alike(inner, each, known.get(inner)) for inner, each in value.items()
        )
    if isinstance(value, list):
        return isinstance(before, list | None) and all(_alike(name, each, None) for each in value)
    if value is None:
        return name in _MAY_BE_EMPTY
    if before is None:
        return type(value) is (int if name.endswith(_WHOLE_NUMBERS) else str)
    return type(value) is type(before)


def _check_terms(product: Product, rulebook: Rulebook) -> None:
    """Refuse terms that contradict each other or name rules that do not exist."""
    for name in _RANGES:
        steps = getattr(product, name)
        if not 0 < steps.least <= steps.most or steps.step <= 0:
            raise RuleChangeError(
                f"min_{name}", "The least must be above 0, not above the most, with a step above 0"
            )
    if not product.rate_ppm.allows(product.card_rate_ppm):
        raise RuleChangeError("card_rate_ppm", "The card rate must lie inside its range")
    if product.default_repayment_type not in product.repayment_types:
        raise RuleChangeError(
            "default_repayment_type", "The usual repayment must be one the product offers"
        )
    floating, starts = product.floating, product.effective_from
    if floating and not rulebook.optional_row("benchmark_rate", starts, floating.benchmark):
        raise RuleChangeError("floating", f"The rule book has no rate of “{floating.benchmark}”")
    for field, rule in _rules_named(product):
        if not rulebook.knows(rule):
            raise RuleChangeError(field, f"The rule book has no rule “{rule}”")


def _rules_named(product: Product) -> list[tuple[str, str]]:
    named = [
        ("household_rule", product.household_income_rule),
        ("household_rule", product.household_share_rule),
        ("foir_exempt_up_to_rule", product.foir_exempt_up_to_rule),
        ("dti_policy", product.emi_refer_rule),
        ("dti_policy", product.emi_reject_rule),
        *(("fees", fee.gst_rule) for fee in product.fees),
        *(("ltv", cap.cap_rule) for cap in product.ltv),
    ]
    return [(field, rule) for field, rule in named if rule is not None]
