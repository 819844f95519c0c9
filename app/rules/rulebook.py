"""Dated rule rows and products, and the look-up of the one in force on a day.

Source: lending-rules.md rule R0; products-and-rules.md (keys and look-up). Pure: rows arrive as
already loaded JSON or as stored records, nothing is read from disk here.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date

from app.rules.products import Product, parse_products
from app.rules.rule_rows import (
    ALL_SEGMENTS,
    NoProductInForceError,
    NoRuleInForceError,
    RulePeriodsError,
    RuleRow,
    RuleWithoutLimitError,
    WrongRuleUnitError,
    ordered_periods,
    parse_rule_rows,
)
from db.vocabulary.lending import LoanPurpose

__all__ = [
    "ALL_SEGMENTS",
    "NoProductInForceError",
    "NoRuleInForceError",
    "Product",
    "RecordingRulebook",
    "RulePeriodsError",
    "RuleRow",
    "RuleWithoutLimitError",
    "Rulebook",
    "WrongRuleUnitError",
    "parse_products",
    "parse_rule_rows",
]


class Rulebook:
    """Every rule row and product, asked by code, segment and date.

    Raises on construction:
        RulePeriodsError: periods of one code and segment overlap or leave a gap.
    """

    def __init__(self, rows: Iterable[RuleRow], products: Iterable[Product] = ()) -> None:
        self.rows = tuple(rows)
        self.products = tuple(products)
        self._by_key = ordered_periods((row.code, row.segment, row) for row in self.rows)
        self._starts = {
            key: [row.effective_from for row in group] for key, group in self._by_key.items()
        }
        self._products = ordered_periods((p.product_code, "", p) for p in self.products)
        self._codes = frozenset(row.code for row in self.rows)

    def optional_row(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> RuleRow | None:
        """The row of the segment on that day, else the row of all segments, else None."""
        found = self._dated(code, segment, on)
        if found is None and segment != ALL_SEGMENTS:
            found = self._dated(code, ALL_SEGMENTS, on)
        return found

    def row(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> RuleRow:
        """The row in force.

        Raises:
            NoRuleInForceError: none for that code, segment and day; never a default.
        """
        found = self.optional_row(code, on, segment)
        if found is None:
            raise NoRuleInForceError(code, segment, on)
        return found

    def limit(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> int | None:
        """The whole number of the row; None where the row says there is no limit."""
        row = self.row(code, on, segment)
        if row.value is None:
            return None
        if isinstance(row.value, bool) or not isinstance(row.value, int):
            raise WrongRuleUnitError(code, row.unit, "a whole number")
        return row.value

    def number(self, code: str, on: date, segment: str = ALL_SEGMENTS, *, unit: str) -> int:
        """The whole number of the row, which must carry that unit and a value.

        Raises:
            NoRuleInForceError: no row.
            WrongRuleUnitError: the row has another unit.
            RuleWithoutLimitError: the row says "no limit".
        """
        row = self.row(code, on, segment)
        if row.unit != unit:
            raise WrongRuleUnitError(code, row.unit, unit)
        value = self.limit(code, on, segment)
        if value is None:
            raise RuleWithoutLimitError(code, segment)
        return value

    def paise(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> int:
        """Whole paise."""
        return self.number(code, on, segment, unit="paise")

    def ppm(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> int:
        """Parts per million; 10,000 is 1 %."""
        return self.number(code, on, segment, unit="ppm")

    def millionths(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> int:
        """Millionths of a pure number."""
        return self.number(code, on, segment, unit="millionths")

    def days(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> int:
        """Calendar days."""
        return self.number(code, on, segment, unit="days")

    def months(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> int:
        """Calendar months."""
        return self.number(code, on, segment, unit="months")

    def years(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> int:
        """Calendar years."""
        return self.number(code, on, segment, unit="years")

    def points(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> int:
        """Score points."""
        return self.number(code, on, segment, unit="points")

    def count(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> int:
        """A whole number of things."""
        return self.number(code, on, segment, unit="count")

    def flag(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> bool:
        """True or false."""
        row = self.row(code, on, segment)
        if not isinstance(row.value, bool):
            raise WrongRuleUnitError(code, row.unit, "flag")
        return row.value

    def text(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> str:
        """Fixed text, a time or a date, as it stands."""
        row = self.row(code, on, segment)
        if not isinstance(row.value, str):
            raise WrongRuleUnitError(code, row.unit, "text")
        return row.value

    def word(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> str:
        """A code of the word list that belongs to the rule."""
        row = self.row(code, on, segment)
        if row.unit != "word":
            raise WrongRuleUnitError(code, row.unit, "word")
        return self.text(code, on, segment)

    def knows(self, code: str) -> bool:
        """Whether any row carries that code, on any day."""
        return code in self._codes

    def product(self, code: str, on: date) -> Product:
        """The product of that code on that day.

        Raises:
            NoProductInForceError: none on that day.
        """
        for product in self._products.get((code, ""), ()):
            if product.in_force(on):
                return product
        raise NoProductInForceError(code, on)

    def products_on(self, on: date) -> tuple[Product, ...]:
        """Every product offered on that day, in the order of the book."""
        return tuple(product for product in self.products if product.in_force(on))

    def product_names(self) -> dict[str, str]:
        """The newest English name of each product there ever was: old loans keep theirs."""
        known = sorted(self.products, key=lambda product: product.effective_from)
        return {product.product_code: product.name("en") for product in known}

    def default_product_for(self, purpose: LoanPurpose, on: date) -> Product:
        """The product that a purpose takes when none is named.

        Raises:
            NoProductInForceError: no product is the purpose's default on that day.
        """
        for product in self.products_on(on):
            if purpose in product.default_for:
                return product
        raise NoProductInForceError(purpose, on)

    def recording(self) -> "RecordingRulebook":
        """The same book, which also remembers the rows it answered with."""
        return RecordingRulebook(self)

    def _dated(self, code: str, segment: str, on: date) -> RuleRow | None:
        starts = self._starts.get((code, segment))
        if starts is None:
            return None
        position = bisect_right(starts, on) - 1
        if position < 0:
            return None
        row = self._by_key[code, segment][position]
        return row if row.in_force(on) else None


class RecordingRulebook(Rulebook):
    """A view that keeps which rows were used, so that a stored result can name them."""

    def __init__(self, book: Rulebook) -> None:
        self.rows = book.rows
        self.products = book.products
        self._by_key = book._by_key  # noqa: SLF001  # a view of the same class shares its index
        self._starts = book._starts  # noqa: SLF001  # as above
        self._products = book._products  # noqa: SLF001  # as above
        self._codes = book._codes  # noqa: SLF001  # as above
        self._used: dict[str, RuleRow] = {}

    def optional_row(self, code: str, on: date, segment: str = ALL_SEGMENTS) -> RuleRow | None:
        """As the plain book; the row found is remembered."""
        found = super().optional_row(code, on, segment)
        if found is not None:
            self._used[found.row_id] = found
        return found

    @property
    def used_rows(self) -> Mapping[str, RuleRow]:
        """Rows answered so far, by row id, in order of first use."""
        return dict(self._used)
