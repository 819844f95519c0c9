"""One dated rule row, how it compares, and how rows come out of loaded JSON.

Source: lending-rules.md rule R0; products-and-rules.md (shape, keys). A row's id is a UUIDv5 of its
key, so that it is the same on every desk.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, Protocol, TypeVar
from uuid import NAMESPACE_URL, uuid5

ALL_SEGMENTS = "ALL"
RuleValue = int | bool | str | None
_NAMESPACE = uuid5(NAMESPACE_URL, "urn:kasauti:rules")
_ONE_DAY = timedelta(days=1)


class RuleError(ValueError):
    """The rule book cannot answer. The message is a sentence for people."""


class NoRuleInForceError(RuleError):
    """No row for that code, segment and day."""

    def __init__(self, code: str, segment: str, on: date) -> None:
        self.code, self.segment, self.on = code, segment, on
        where = "" if segment == ALL_SEGMENTS else f" for {segment}"
        super().__init__(f"The rule book has no rule “{code}”{where} in force on {on:%d %b %Y}")


class NoProductInForceError(RuleError):
    """No product of that code, or no default for that purpose, on that day."""

    def __init__(self, code: str, on: date) -> None:
        self.code, self.on = code, on
        super().__init__(f"The rule book has no product “{code}” in force on {on:%d %b %Y}")


class WrongRuleUnitError(RuleError):
    """The row is of another kind than the code that asks for it."""

    def __init__(self, code: str, unit: str, asked: str) -> None:
        super().__init__(f"Rule “{code}” is given as {unit}, and {asked} was asked for")


class RuleWithoutLimitError(RuleError):
    """The row says there is no limit where arithmetic needs a figure."""

    def __init__(self, code: str, segment: str) -> None:
        super().__init__(f"Rule “{code}” for {segment} has no figure")


class RulePeriodsError(RuleError):
    """Two rows of one key overlap, or days between them have no row."""

    def __init__(self, key: tuple[str, str], at: date, fault: str) -> None:
        super().__init__(f"Rule “{key[0]}” for {key[1]} {fault} on {at:%d %b %Y}")


class _Dated(Protocol):
    """Whatever has a period: rows and products alike."""

    @property
    def effective_from(self) -> date:
        """First day."""

    @property
    def effective_to(self) -> date | None:
        """Last day, None while open."""


DatedT = TypeVar("DatedT", bound=_Dated)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One value of one rule, for one segment and one period, both ends included."""

    row_id: str
    code: str
    segment: str
    value: RuleValue
    unit: str
    compare: str | None
    effective_from: date
    effective_to: date | None
    description: str = ""
    source: str = ""
    confirm: str | None = None
    used_by: str = ""
    proposed_by: str = ""
    approved_by: str | None = None

    def in_force(self, on: date) -> bool:
        """Whether the row answers for that day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def holds(self, measured: Decimal | Fraction | int) -> bool:
        """Whether the measured value lies on the side that ``compare`` names.

        A row without a figure has no limit and holds always.

        Raises:
            WrongRuleUnitError: the row does not compare.
        """
        value = self.value
        if value is None:
            return True
        if isinstance(value, str | bool) or self.compare is None:
            raise WrongRuleUnitError(self.code, self.unit, "a limit")
        return compares(measured, self.compare, value)


def compares(measured: Decimal | Fraction | int, compare: str, value: int) -> bool:
    """Hold a measured value against a limit on the side the word names.

    >>> compares(40, "at_least", 40), compares(40, "more_than", 40)
    (True, False)
    """
    if compare == "at_most":
        return measured <= value
    if compare == "less_than":
        return measured < value
    if compare == "at_least":
        return measured >= value
    return measured > value


def rule_row_id(code: str, segment: str, effective_from: date) -> str:
    """The id of a row: the same key has the same id everywhere."""
    return str(uuid5(_NAMESPACE, f"rule|{code}|{segment}|{effective_from.isoformat()}"))


def product_row_id(product_code: str, effective_from: date) -> str:
    """The id of a product version: the same key has the same id everywhere."""
    return str(uuid5(_NAMESPACE, f"product|{product_code}|{effective_from.isoformat()}"))


def parse_rule_rows(document: Mapping[str, object]) -> tuple[RuleRow, ...]:
    """Rows of an already loaded ``rule-rows.json``."""
    rows = document["rows"]
    if not isinstance(rows, list):
        raise WrongRuleUnitError(code="rows", unit="one value", asked="a list")
    return tuple(_row(fields) for fields in rows)


def _row(fields: Mapping[str, object]) -> RuleRow:
    starts = date.fromisoformat(str(fields["effective_from"]))
    ends = fields["effective_to"]
    code, segment = str(fields["code"]), str(fields["segment"])
    value, compare, confirm = fields["value"], fields["compare"], fields["confirm"]
    if value is not None and not isinstance(value, int | bool | str):
        raise WrongRuleUnitError(code, "a fraction", "a whole number or text")
    return RuleRow(
        row_id=rule_row_id(code, segment, starts),
        code=code,
        segment=segment,
        value=value,
        unit=str(fields["unit"]),
        compare=None if compare is None else str(compare),
        effective_from=starts,
        effective_to=None if ends is None else date.fromisoformat(str(ends)),
        description=str(fields["description"]),
        source=str(fields["source"]),
        confirm=None if confirm is None else str(confirm),
        used_by=str(fields.get("used_by") or ""),
        **_signed(fields),
    )


def _signed(fields: Mapping[str, object]) -> dict[str, Any]:
    """Who proposed and who approved; a row of the shipped file has neither."""
    approved = fields.get("approved_by")
    return {
        "proposed_by": str(fields.get("proposed_by") or ""),
        "approved_by": None if approved is None else str(approved),
    }


def ordered_periods(
    entries: Iterable[tuple[str, str, DatedT]],
) -> dict[tuple[str, str], tuple[DatedT, ...]]:
    """Group dated things by key, ordered by start.

    Raises:
        RulePeriodsError: two periods of one key overlap or leave a gap.
    """
    grouped: defaultdict[tuple[str, str], list[DatedT]] = defaultdict(list)
    for code, segment, entry in entries:
        grouped[code, segment].append(entry)
    for key, group in grouped.items():
        group.sort(key=lambda entry: entry.effective_from)
        for earlier, later in pairwise(group):
            last = earlier.effective_to
            if last is None or last >= later.effective_from:
                raise RulePeriodsError(key, later.effective_from, "has two rows")
            if last + _ONE_DAY != later.effective_from:
                raise RulePeriodsError(key, last + _ONE_DAY, "has no row")
    return {key: tuple(group) for key, group in grouped.items()}
