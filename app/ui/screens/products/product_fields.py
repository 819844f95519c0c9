"""The plain figures of a product that a change may touch, with words, unit and value.

Source: products-and-rules.md (shape of `products.json`). A figure inside an object, such as
`fees.PROCESSING.rate_ppm`, is changed by writing the whole object with that figure replaced.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.rules.money import percent_text
from app.rules.rule_rows import RuleValue
from app.rules.rule_values import rule_value_shown
from app.ui.widgets.dated_rows import readable
from app.ui.widgets.lending_cells import word_of

Definition = Mapping[str, Any]
_UNITS = ("paise", "ppm", "months", "years")
_NO_CHANGE = frozenset({"card_rate_percent", "shown"})  # the same figures once more, for readers
_OF_FEE = {"rate_ppm": "rate", "amount_paise": "amount", "min_paise": "least", "max_paise": "most"}
_WORDS = {
    "security_required_above_paise": "Security is required above",
    "min_amount_paise": "Amount, at least",
    "max_amount_paise": "Amount, at most",
    "amount_step_paise": "Amount, in steps of",
    "min_tenure_months": "Tenure, at least",
    "max_tenure_months": "Tenure, at most",
    "tenure_step_months": "Tenure, in steps of",
    "card_rate_ppm": "Card rate",
    "min_rate_ppm": "Rate, at least",
    "max_rate_ppm": "Rate, at most",
    "rate_step_ppm": "Rate, in steps of",
    "foir_cap_ppm": "All dues over income, at most",
    "lti_cap_months": "Loan to income, at most",
    "min_age_at_application_years": "Age at application, at least",
    "max_age_at_application_years": "Age at application, at most",
    "min_monthly_income_paise": "Monthly income, at least",
    "min_experience_years": "Experience, at least",
    "floating.spread_ppm": "Spread over the benchmark",
    "floating.reset_months": "Months between two resets",
    "moratorium.max_months": "Moratorium, at most",
    "penal.rate_ppm": "Penal charge, rate a year",
    "penal.amount_paise": "Penal charge, amount",
}
_LISTS = {
    "max_age_at_maturity_years": ("Age when the loan ends, at most", "employment_type"),
    "sanction_limits": ("Sanction limit", "sanction_authority"),
}


@dataclass(frozen=True, slots=True)
class ProductField:
    """One figure: `path` as products.json writes it, joined by dots."""

    path: str
    words: str
    unit: str
    value: RuleValue

    @property
    def shown(self) -> str:
        """The value with its unit."""
        return rule_value_shown(self.value, self.unit)


def product_fields(definition: Definition) -> tuple[ProductField, ...]:
    """Every plain figure, in the order of their words."""
    found = [
        ProductField(path, _words(path), unit, value) for path, unit, value in _figures(definition)
    ]
    return tuple(sorted(found, key=lambda each: each.words))


def changed_fields(definition: Definition, path: str, value: RuleValue) -> dict[str, Any]:
    """What a proposal writes so that one figure gets another value."""
    name, *inside = path.split(".")
    if not inside:
        fields: dict[str, Any] = {name: value}
        if name == "card_rate_ppm" and "card_rate_percent" in definition:
            fields["card_rate_percent"] = percent_text(int(value or 0))
        return fields
    return {name: _replaced(definition[name], inside, value)}


def differences(before: Definition, fields: Definition) -> tuple[tuple[str, str, str], ...]:
    """What a proposal changes: (words, now, then), figures first as people read them."""
    after = {**before, **fields}
    now = {each.path: each for each in product_fields(before)}
    then = {each.path: each for each in product_fields(after)}
    lines = [
        (then[path].words, now[path].shown if path in now else "", then[path].shown)
        for path in then
        if path not in now or now[path].value != then[path].value
    ]
    plain = {path.partition(".")[0] for path in then}
    lines += [
        (readable(name), _text(before.get(name)), _text(value))
        for name, value in fields.items()
        if name not in plain | _NO_CHANGE and value != before.get(name)
    ]
    return tuple(lines)


def _figures(definition: Definition) -> Iterator[tuple[str, str, RuleValue]]:
    for name, value in definition.items():
        if isinstance(value, Mapping) and name not in _NO_CHANGE:
            yield from _inside(name, value)
        elif _unit(name) and _is_figure(value):
            yield name, _unit(name), value


def _inside(name: str, value: Definition) -> Iterator[tuple[str, str, RuleValue]]:
    for key, figure in value.items():
        if isinstance(figure, Mapping):
            for path, unit, number in _inside(f"{name}.{key}", figure):
                yield path, unit, number
            continue
        unit = _unit(key) or ("paise" if name == "sanction_limits" else _unit(name))
        if unit and isinstance(figure, int) and not isinstance(figure, bool):
            yield f"{name}.{key}", unit, figure


def _unit(name: str) -> str:
    return next((unit for unit in _UNITS if name.endswith(f"_{unit}")), "")


def _is_figure(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


def _replaced(inside: Definition, path: list[str], value: RuleValue) -> dict[str, Any]:
    name, *rest = path
    return {**inside, name: _replaced(inside[name], rest, value) if rest else value}


def _words(path: str) -> str:
    if path in _WORDS:
        return _tr(_WORDS[path])
    name, *inside = path.split(".")
    if name in _LISTS:
        words, list_name = _LISTS[name]
        return f"{_tr(words)}: {word_of(list_name, inside[0])}"
    if name == "fees":
        kind = word_of("fee_kind", inside[0])
        return f"{kind}, {_tr(_OF_FEE.get(inside[-1], readable(inside[-1]).lower()))}"
    return readable(path.replace(".", " "))


def _text(value: object) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(readable(each) for each in value)
    if isinstance(value, str):
        return readable(value)
    return json.dumps(value, ensure_ascii=False)


def _tr(words: str) -> str:
    return QCoreApplication.translate("ProductsScreen", words)
