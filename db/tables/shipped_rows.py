"""The shipped rule rows and products, from loaded JSON to table rows and back.

Source: products-and-rules.md "How they ship". Ids are UUIDv5 of the key, equal everywhere;
proposed_by is `shipped`, approved_by empty. db reads no resource files: the JSON is handed in.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping

from db.identifiers import product_row_id, rule_row_id

SHIPPED = "shipped"
_PLAIN_NAMES = ("code", "segment", "unit", "compare", "description", "source", "confirm", "used_by")


@dataclass(frozen=True, slots=True)
class ShippedData:
    """The two loaded files `rule-rows.json` and `products.json`."""

    rule_rows: Mapping[str, Any]
    products: Mapping[str, Any]


def rule_values_of(shipped: ShippedData) -> list[dict[str, object]]:
    """Return the rows of `rule_values`."""
    return [rule_value(row, SHIPPED) for row in shipped.rule_rows["rows"]]


def rule_value(row: Mapping[str, Any], proposed_by: str) -> dict[str, object]:
    """Return one row of `rule_values` from its JSON."""
    values: dict[str, object] = {name: row.get(name) for name in _PLAIN_NAMES}
    starts = date.fromisoformat(row["effective_from"])
    return values | {
        "row_id": rule_row_id(row["code"], row["segment"], starts),
        "value": json.dumps(row["value"], ensure_ascii=False),
        "description": row.get("description") or "",
        "source": row.get("source") or "",
        "used_by": row.get("used_by") or "",
        "effective_from": starts,
        "effective_to": _day(row.get("effective_to")),
        "proposed_by": proposed_by,
        "approved_by": None,
    }


def product_values_of(shipped: ShippedData) -> list[dict[str, object]]:
    """Return the rows of `products`."""
    return [product_value(product, SHIPPED) for product in shipped.products["products"]]


def product_value(product: Mapping[str, Any], proposed_by: str) -> dict[str, object]:
    """Return one row of `products` from its JSON."""
    starts = date.fromisoformat(product["effective_from"])
    return {
        "row_id": product_row_id(product["product_code"], starts),
        "product_code": product["product_code"],
        "definition": json.dumps(product, ensure_ascii=False, sort_keys=True),
        "effective_from": starts,
        "effective_to": _day(product.get("effective_to")),
        "source": product.get("source") or "",
        "proposed_by": proposed_by,
        "approved_by": None,
    }


def rule_rows_json(rows: Sequence[RowMapping]) -> dict[str, Any]:
    """Return stored rule rows in the shape of the shipped file."""
    return {"rows": [_rule_json(row) for row in rows]}


def products_json(rows: Sequence[RowMapping]) -> dict[str, Any]:
    """Return stored products in the shape of the shipped file."""
    return {"products": [_product_json(row) for row in rows]}


def _rule_json(row: RowMapping) -> dict[str, Any]:
    return {name: row[name] for name in _PLAIN_NAMES} | _kept(row, json.loads(row["value"]))


def _kept(row: RowMapping, value: object) -> dict[str, Any]:
    return {"value": value} | _signed(row) | _period(row)


def _signed(row: RowMapping) -> dict[str, Any]:
    return {"proposed_by": row["proposed_by"], "approved_by": row["approved_by"]}


def _product_json(row: RowMapping) -> dict[str, Any]:
    definition: dict[str, Any] = json.loads(row["definition"])
    return definition | _signed(row) | _period(row)


def _period(row: RowMapping) -> dict[str, Any]:
    ends = row["effective_to"]
    return {
        "row_id": str(row["row_id"]),
        "effective_from": row["effective_from"].isoformat(),
        "effective_to": None if ends is None else ends.isoformat(),
    }


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
