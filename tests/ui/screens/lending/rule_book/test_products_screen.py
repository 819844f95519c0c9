import json
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.rules.product_change import ProductChange
from app.services.change_rule import ProposeProduct, propose_product
from app.services.read_rules import find_products
from app.services.steps.ids import new_id
from app.services.steps.sandbox_staff import ANALYST, CHECKER, MAKER, sandbox_actor
from app.ui.screens.products.product_fields import changed_fields, differences, product_fields
from app.ui.widgets.dated_rows import RowState
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.operations import RuleState

TABLE = "table.products"
NAME = "Home renovation loan"
CODE = "HOME_RENOVATION"
TOMORROW = date(2026, 10, 1)


@pytest.fixture
def definition(desk):
    lines = find_products(desk).products
    return next(each.definition for each in lines if each.product.product_code == CODE)


@pytest.fixture
def fee_proposed(desk, definition):
    """A change that the analyst has proposed."""
    analyst = desk.acting(sandbox_actor(ANALYST))
    fields = changed_fields(definition, "fees.PROCESSING.max_paise", 12_00_000)
    change = ProductChange(CODE, fields, TOMORROW, "Board note 15/2026")
    return propose_product(ProposeProduct(new_id(analyst), change, "Fee round"), analyst)


def test_every_product_with_its_terms(open_book, qtmodeltester):
    page = open_book("products", MAKER)
    assert len(page.cells(TABLE, 0)) == 10
    page.choose(CODE)
    assert page.cells("table.limits", 0)[:2] == ["Purposes", "Security"]
    assert page.cells("table.limits", 1)[0] == "Home renovation"
    assert "card_rate_ppm" in page.cells("table.limits", 2)
    page.choose("BUSINESS_TERM")
    assert "Floating: RBI repo rate + 5 %, reset every 3 months" in page.cells("table.limits", 1)
    qtmodeltester.check(page.find(TABLE).model())
    qtmodeltester.check(page.find("table.limits").model())


def test_search_and_filters(open_book):
    page = open_book("products", MAKER)
    page.find("filter.purpose").set_value(LoanPurpose.EDUCATION)
    page.until(lambda: "Education loan" in page.cells(TABLE, 0) and len(page.cells(TABLE, 0)) < 10)
    page.type("search_text", "gold")
    page.until(lambda: page.cells(TABLE, 0) == ["Gold loan for personal use"])
    page.find("filter.state").set_value(RowState.CLOSED)
    page.says("No product matches “gold”.")
    assert page.cells("table.limits", 0) == []
    page.screen.clear_filters()
    page.until(lambda: len(page.cells(TABLE, 0)) == 10)


def test_the_products_as_of_a_day_before_they_began(open_book):
    page = open_book("products", MAKER)
    page.type("on_date", "1 jan 2019")
    page.until(lambda: set(page.cells(TABLE, 6)) == {"Starts later"})


def test_who_may_not_propose_goes_to_the_terms_with_enter(open_book):
    page = open_book("products", MAKER)
    table = page.find(TABLE)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    page.until(page.find("table.limits").hasFocus)


def test_the_figure_picked_says_its_unit_and_its_value_today(open_book):
    page = open_book("products", ANALYST)
    form = page.open_form(CODE, "product_code")
    assert form.text("product_code") == CODE
    assert form.text("value") == "12.25 %"
    form.find("field").set_value("max_amount_paise")
    assert form.text("value") == "₹15,00,000"
    page.says("Today ₹15,00,000.")
    form.type("value", "20 lakh")
    assert form.text("value") == "₹20,00,000"


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(open_book):
    page = open_book("products", ANALYST)
    form = page.open_form(CODE, "product_code")
    page.press("action.product.propose")
    page.says("This is the value of today")
    assert "Enter the source" in page.words()
    form.type("value", "much")
    form.find("effective_from").clear()
    page.press("action.product.propose")
    page.says("3 things to fix")
    form.type("value", "99 %")
    form.type("source", "Board note 15/2026")
    form.type("effective_from", "1 oct 2026")
    page.press("action.product.propose")
    page.says("The card rate must lie inside its range")
    assert form.text("source") == "Board note 15/2026"
    QTest.keyClick(form.find("value"), Qt.Key.Key_Escape)
    page.until(page.find(TABLE).isVisible)
    assert page.open_form(CODE, "product_code").text("value") == "99 %"


def test_a_change_is_proposed_and_stands_on_top(open_book, desk):
    page = open_book("products", ANALYST)
    form = page.open_form(CODE, "product_code")
    form.type("value", "12.5")
    form.type("source", "Board note 15/2026")
    page.press("action.product.propose")
    page.counts("10 rows, 1 proposal open")
    stored = find_products(desk).proposals[0].proposal
    assert json.loads(stored.value)["card_rate_ppm"] == 125_000
    page.says("You proposed this change")
    assert page.cells(TABLE, 4)[0] == "12.5 %"
    assert not page.offers("Approve")


def test_another_person_sees_before_and_after_and_approves(open_book, fee_proposed, desk):
    page = open_book("products", CHECKER)
    page.says("Processing fee, most")
    assert "₹12,000" in page.words()
    page.press("action.product.approve")
    page.says("Approve Home renovation loan: Processing fee, most ₹12,000")
    page.button("Confirm approval").click()
    page.counts("11 rows")
    page.choose(CODE, RowState.LATER)
    lines = [each for each in find_products(desk).products if each.product.product_code == CODE]
    assert [each.waiting for each in lines] == [True, False]
    assert (lines[0].proposed_by, lines[0].approved_by) == (ANALYST, CHECKER)


def test_a_refusal_needs_a_note(open_book, fee_proposed, desk):
    page = open_book("products", CHECKER)
    page.press("action.product.reject")
    page.button("Confirm refusal").click()
    page.says("Say why the change is refused")
    page.inside("form.proposal").type("note", "Not now")
    page.button("Confirm refusal").click()
    page.counts("10 rows")
    assert find_products(desk).proposals[0].proposal.state is RuleState.REFUSED
    page.find("filter.state").set_value(RowState.REFUSED)
    page.says("Not now")
    assert "Refused by" in page.words()


def test_a_list_that_cannot_be_read_offers_to_try_again(workbench, desk, no_book, open_book):
    page = open_book("products", MAKER, book=no_book, wait=False)
    page.until(lambda: page.offers("Try again"))
    workbench.shell.desk = replace(workbench.shell.desk, open_book=desk.open_book)
    page.button("Try again").click()
    page.counts("10 rows")


def test_every_figure_has_words_a_unit_and_a_value(desk):
    for line in find_products(desk).products:
        fields = product_fields(line.definition)
        assert len({each.words for each in fields}) == len(fields)
        assert all(each.unit in {"paise", "ppm", "months", "years"} for each in fields)
        assert all(each.shown and "_" not in each.words for each in fields)


def test_one_figure_inside_an_object_is_replaced_and_the_rest_kept(definition):
    fields = changed_fields(definition, "fees.PROCESSING.rate_ppm", 7_500)
    assert fields["fees"]["BOUNCE"] == definition["fees"]["BOUNCE"]
    assert fields["fees"]["PROCESSING"]["rate_ppm"] == 7_500
    before = definition["fees"]["PROCESSING"]["rate_ppm"]
    assert before != 7_500
    assert [line[2] for line in differences(definition, fields)] == ["0.75 %"]


def test_the_card_rate_is_kept_in_step_with_its_printed_twin(definition):
    fields = changed_fields(definition, "card_rate_ppm", 127_500)
    assert fields["card_rate_percent"] == "12.75"
    assert differences(definition, fields) == (("Card rate", "12.25 %", "12.75 %"),)


def test_fields_that_are_no_figures_are_told_in_words(definition):
    fields = {"purposes": ["Home Renovation", "Wedding Expenses"], "emi_rounding": "PAISA"}
    told = differences(definition, {**fields, "secured": not definition["secured"]})
    assert [line[0] for line in told] == ["Purposes", "EMI rounding", "Secured"]
    assert told[1][2] == "Paisa"
    assert told[2][2] in {"true", "false"}
