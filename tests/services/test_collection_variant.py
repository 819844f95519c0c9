"""Tile, verb and Repayment tab tell the collection efficiency that the bank's rule row names."""

from dataclasses import replace

import pytest

from app.rules.rulebook import Rulebook
from app.services.steps.monitor_answers import TileUnit
from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_repayment import watch_repayment
from app.services.watch_summary import watch_summary
from app.services.watch_tiles import monitor_tiles
from db.vocabulary.operations import CollectionVariant
from tests.services.monitor_books import lived_book, scopes
from tests.services.monitor_checks import drilled
from tests.services.sample_desks import small_sandbox

FIGURE = {
    CollectionVariant.CURRENT: "current_efficiency",
    CollectionVariant.OVERALL: "overall_efficiency",
    CollectionVariant.HEADLINE: "headline_efficiency",
}


def with_variant(desk, variant):
    """The same desk under a rule row that names another figure."""
    rows = tuple(
        replace(row, value=variant.value) if row.code == "collection_efficiency_variant" else row
        for row in desk.rulebook().rows
    )
    changed = Rulebook(rows, desk.rulebook().products)
    return replace(desk, rulebook=lambda: changed)


def check(desk, scope, variant) -> bool:
    """Hold tile, drills and verb to the tab; tell whether there was a figure."""
    asked = with_variant(desk, variant)
    tile = monitor_tiles(scope, asked).tile("collection_efficiency")
    told = getattr(watch_repayment(scope, asked), FIGURE[variant])
    assert tile.value == told
    summary = watch_summary(scope, asked)
    assert (summary.collection_efficiency, summary.collection_variant) == (told, variant)
    if told is None:
        return False
    for part in (tile.numerator, tile.denominator):
        assert part.unit is TileUnit.MONEY
        assert drilled(asked, scope, part.figure)[1] == part.value, part.figure
    assert tile.spark[-1].value == tile.value
    return True


def test_each_variant_is_the_tabs_and_drills_to_its_rows(
    blank_desk, customer_form, application_form
) -> None:
    made = lived_book(blank_desk, (customer_form, application_form), 1)
    for variant in CollectionVariant:
        found = [check(made.analyst, scope, variant) for scope in scopes(made).values()]
        assert sum(found) > 2, variant
    with made.analyst.open_book() as book:
        assert book.roll_up.refresh()  # now the bank's own rows are read
        book.commit()
    for variant in CollectionVariant:
        check(made.analyst, MonitorScope(whole_bank=True), variant)


@pytest.mark.parametrize("variant", CollectionVariant)
def test_its_history_is_of_the_same_variant(request, variant) -> None:
    desk, _ = small_sandbox(request)
    asked = with_variant(desk, variant)
    tile = monitor_tiles(MonitorScope(), asked).tile("collection_efficiency")
    for point in tile.spark[1:-1]:
        told = watch_repayment(MonitorScope(as_of=point.day), asked)
        assert point.value == getattr(told, FIGURE[variant]), point.day
    known = [point.value for point in tile.spark if point.value is not None]
    assert len(set(known)) > 5
