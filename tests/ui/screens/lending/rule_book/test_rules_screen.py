from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.steps.sandbox_staff import ADMIN, ANALYST, MAKER, sandbox_actor
from app.ui.screens.rules.rule_text import confirm_words, used_by_words, value_word
from app.ui.widgets.dated_rows import RowState

TABLE = "table.rules"
CODE = "new_emi_ratio_refer_from"
NAME = "New EMI ratio refer from"


def test_every_row_stands_in_the_list_and_in_full_beside_it(open_book, qtmodeltester):
    page = open_book("rules", MAKER)
    assert len(page.cells(TABLE, 0)) == 430
    qtmodeltester.check(page.find(TABLE).model())
    page.choose(CODE)
    assert page.find("table.history").model().rowCount() == 1
    page.until(lambda: NAME in page.words())
    assert CODE in page.words()
    assert "Shipped, not yet confirmed by the bank." in page.words()
    assert "Credit policy (lending rules)" in page.words()
    assert "40 %" in page.cells("table.history", 0)
    qtmodeltester.check(page.find("table.history").model())


def test_search_looks_at_code_words_and_description(open_book):
    page = open_book("rules", MAKER)
    page.type("search_text", "EMI ratio")
    page.until(lambda: set(page.cells(TABLE, 0)) == {NAME, "New EMI ratio reject above"})
    page.find("search_text").setText(CODE)
    page.until(lambda: page.cells(TABLE, 0) == [NAME])
    page.find("search_text").setText("from which a person must look")
    page.until(lambda: page.cells(TABLE, 0) == [NAME])
    page.find("search_text").setText("no such rule")
    page.says("No rule matches “no such rule”.")
    page.button("Clear filters").click()
    page.until(lambda: len(page.cells(TABLE, 0)) == 430)


def test_filters_narrow_by_segment_and_state(open_book):
    page = open_book("rules", MAKER)
    page.find("filter.segment").set_value("COMMERCIAL_BANK")
    page.until(lambda: set(page.cells(TABLE, 1)) == {"Commercial bank"})
    page.find("filter.state").set_value(RowState.CLOSED)
    page.until(lambda: set(page.cells(TABLE, 5)) == {"Closed"})
    assert page.text("status.count") == "1 row"
    page.screen.clear_filters()
    page.counts("430 rows")


def test_the_book_is_read_as_of_another_day(open_book):
    page = open_book("rules", MAKER)
    page.find("filter.segment").set_value("COMMERCIAL_BANK")
    page.find("filter.state").set_value(RowState.CLOSED)
    page.type("on_date", "1 jun 2015")
    page.says("No rule matches.")
    page.find("filter.state").set_value(RowState.LATER)
    page.until(lambda: "01 Jan 2026" in page.cells(TABLE, 3))
    assert page.screen.heading.detail == "as of 01 Jun 2015"
    page.type("on_date", "never")
    assert "never" in page.find("on_date").toolTip()
    page.find("on_date").clear()
    page.until(lambda: page.screen.heading.detail == "as of 30 Sep 2026")


def test_the_history_shows_every_period_and_the_open_proposal(open_book, proposed):
    page = open_book("rules", MAKER)
    assert page.cells(TABLE, 0)[0] == NAME
    assert page.cells(TABLE, 5)[0] == "Proposed"
    assert page.text("status.count") == "430 rows, 1 proposal open"
    assert page.cells("table.history", 0) == ["32 %", "40 %"]
    assert page.cells("table.history", 3) == ["Proposed", "In force"]
    assert page.cells("table.history", 4) == [ANALYST, "Shipped"]
    page.says("waits for the decision of: Supervisor")
    assert not page.offers("Approve")


def test_who_may_not_propose_goes_to_the_history_with_enter(open_book):
    page = open_book("rules", MAKER)
    assert not page.shown("form.rule_row")
    table = page.find(TABLE)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    page.until(page.find("table.history").hasFocus)


def test_admin_reads_and_products_are_one_tab_away(open_book, workbench):
    page = open_book("rules", ADMIN)
    page.press("tab.products")
    tab = page.find("tab.rules")
    assert tab.isChecked()
    QTest.keyClick(tab, Qt.Key.Key_Right)
    assert workbench.shell.visits == [("products", {}), ("products", {})]


def test_a_person_without_a_role_is_told_who_may_read(open_book):
    nobody = replace(sandbox_actor(MAKER), roles=frozenset())
    page = open_book("rules", nobody, wait=False)
    page.says("Only officers, assistants")


def test_a_failed_first_read_offers_to_try_again_and_old_rows_stay(
    workbench, desk, no_book, open_book
):
    page = open_book("rules", MAKER, book=no_book, wait=False)
    page.until(lambda: page.offers("Try again"))
    workbench.shell.desk = replace(workbench.shell.desk, open_book=desk.open_book)
    page.button("Try again").click()
    page.counts("430 rows")
    workbench.shell.desk = replace(workbench.shell.desk, open_book=no_book)
    page.screen.refresh()
    page.says("not read again")
    assert len(page.cells(TABLE, 0)) == 430


def test_keys_find_and_start(open_book):
    page = open_book("rules", ANALYST)
    screen = page.screen
    screen.find_in_list()
    page.until(page.find("search_text").hasFocus)
    screen.new_item()
    page.until(lambda: page.shown("form.rule_row") != [])
    screen.find_in_list()
    assert page.find(TABLE).isVisible()
    screen.busy_leaving()


def test_words_of_a_row(rulebook):
    row = rulebook.rows[0]
    kinds = (None, "text", "own", "nine:8")
    said = [confirm_words(replace(row, confirm=kind, proposed_by="shipped")) for kind in kinds]
    assert said[0] == "Shipped with the program."
    assert "read the original text" in said[1]
    assert "agrees with this figure" in said[2]
    assert said[3].endswith("number 8.")
    assert used_by_words("") == ""
    assert used_by_words("main.py") == "Main"
    assert value_word("missing_day", "NO_SUCH_WORD") == "No such word"
