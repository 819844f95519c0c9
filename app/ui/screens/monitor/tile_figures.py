"""What the tiles show of the monitor's answer: values, changes, limits, definitions in words."""

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.rules.dates import date_shown
from app.rules.money import count_shown, rupees_compact
from app.services.steps.monitor_answers import MonitorTiles, Tile, TilePart, TileUnit, Value
from app.ui.screens.monitor.monitor_tile import TileFigure
from app.ui.screens.monitor.monitor_words import (
    ratio_words,
    signed_count,
    signed_money,
    signed_ratio,
)
from app.ui.widgets.figure_words import raw_amount, raw_number


def _tr(words: str) -> str:
    return QCoreApplication.translate("TileFigures", words)


def tile_figures(answer: MonitorTiles, crossed: Mapping[str, str]) -> dict[str, TileFigure]:
    """The figure of every tile, by name.

    Args:
        answer: what was read.
        crossed: level of the limit that stands crossed, by tile.
    """
    return {each.name: _figure(each, answer, crossed.get(each.name, "")) for each in answer.tiles}


def value_words(value: Value, unit: TileUnit) -> str:
    """A value as people read it; empty when unknown."""
    if value is None:
        return ""
    if unit is TileUnit.MONEY:
        return rupees_compact(int(value))
    return count_shown(int(value)) if unit is TileUnit.COUNT else ratio_words(Decimal(value))


def change_words(change: Value, unit: TileUnit) -> str:
    """A change with its sign; empty when unknown."""
    if unit is TileUnit.MONEY:
        return signed_money(None if change is None else int(change))
    if unit is TileUnit.COUNT:
        return signed_count(None if change is None else int(change))
    return signed_ratio(None if change is None else Decimal(change))


def raw_value(value: Value, unit: TileUnit) -> str:
    """A value as scripts read it; empty when unknown."""
    if value is None:
        return ""
    if unit is TileUnit.MONEY:
        return raw_amount(int(value))
    return str(value) if unit is TileUnit.COUNT else raw_number(Decimal(value))


def _figure(tile: Tile, answer: MonitorTiles, crossed: str) -> TileFigure:
    limit = tile.limits[0].value if tile.limits else None
    return TileFigure(
        shown=value_words(tile.value, tile.unit),
        raw=raw_value(tile.value, tile.unit),
        definition=_definition(tile, answer),
        change=_beside(tile),
        limit_word=crossed,
        months=[None if p.value is None else float(p.value) for p in tile.spark],
        limit=None if limit is None else float(limit),
    )


def _beside(tile: Tile) -> str:
    """The change; of a share that cannot be worked out, what there is to divide by instead."""
    whole = tile.denominator
    if tile.value is None and whole is not None and whole.value is not None:
        return _part(whole)
    return change_words(tile.change, tile.unit)


def _definition(tile: Tile, answer: MonitorTiles) -> str:
    parts = [_part(tile.numerator)]
    if tile.denominator is not None:
        parts.append(_part(tile.denominator))
    over = _tr(" over ").join(parts)
    day = _tr("as of %1").replace("%1", date_shown(answer.head.as_of))
    return f"{tile.definition}. {over}, {day}"


def _part(part: TilePart) -> str:
    return f"{part.label} {value_words(part.value, part.unit) or chr(0x2014)}"
