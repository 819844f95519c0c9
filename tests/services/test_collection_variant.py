"""Tile, verb and Repayment tab tell the collection efficiency that the bank's rule row names."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.rules.rulebook import Rulebook
from app.services.steps.monitor_answers import TileUnit
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.summary_terms import summary_terms
from app.services.watch_repayment import watch_repayment
from app.services.watch_summary import watch_summary
from app.services.watch_tiles import monitor_tiles
from db.vocabulary.loan_account import LoanAct, RepaymentKind
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.operations import CollectionVariant
from tests.services.conftest import BRANCH
from tests.services.monitor_books import at_day, lived_book, moved, scopes, undo
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


def test_a_prepayment_that_comes_back_is_no_early_money(
    blank_desk, customer_form, application_form
) -> None:
    made = lived_book(blank_desk, (customer_form, application_form), 1)
    day = made.until + timedelta(days=1)
    later = at_day(made.analyst, day)
    before = watch_repayment(MonitorScope(), later).headline_efficiency
    own = (moved(each, day) for each in made.pairs)
    pair = next(each for each in own if each.loan.status is LoanStatus.ACTIVE)
    pair.post(LoanAct.PART_PREPAYMENT, amount_paise=pair.loan.outstanding_paise // 3)
    paid = pair.ledger.receipts()[-1]
    assert paid.kind is RepaymentKind.PREPAYMENT
    undo(pair, paid.repayment_id, "REV-BOUNCE")
    for scope in scopes(made).values():
        check(later, scope, CollectionVariant.HEADLINE)
    assert watch_repayment(MonitorScope(), later).headline_efficiency == before is not None
    with later.read_book() as book:
        terms = summary_terms(book.day_ends.last_closed(BRANCH), later.rulebook())
        assert book.summaries.differences(BRANCH, terms) == {}


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
