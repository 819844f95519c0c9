from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.change_rule import DecideProposal, decide_proposal
from app.services.read_rules import find_rules
from app.services.steps.ids import new_id
from app.services.steps.sandbox_staff import ANALYST, CHECKER, sandbox_actor
from app.ui.tasks.change_notice import Change
from app.ui.widgets.dated_rows import RowState
from db.vocabulary.operations import RuleState
from db.vocabulary.people import Role

TABLE = "table.rules"
CODE = "new_emi_ratio_refer_from"
NAME = "New EMI ratio refer from"
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_the_form_is_filled_from_the_row_and_says_what_does_not_fit(open_book):
    page = open_book("rules", ANALYST)
    form = page.open_form(CODE, "code")
    assert form.text("code") == CODE
    assert form.text("unit") == "per cent"
    assert form.text("value") == "40 %"
    assert form.text("effective_from") == "01 Oct 2026"
    form.type("value", "many")
    page.press("action.rule.propose")
    page.says("2 things to fix")
    assert "Enter a per cent with at most four places" in page.words()
    assert form.text("value") == "many"
    form.type("value", "32")
    form.type("source", "Board note 14/2026")
    form.type("effective_from", "30 Sep 2026")
    page.press("action.rule.propose")
    page.says("The change must start after today")
    assert form.text("source") == "Board note 14/2026"


def test_escape_goes_back_and_what_was_typed_is_kept(open_book):
    page = open_book("rules", ANALYST)
    screen = page.screen
    form = page.open_form(CODE, "code")
    form.type("value", "33 %")
    assert screen.heading.dirty
    QTest.keyClick(form.find("value"), Qt.Key.Key_Escape)
    page.until(page.find(TABLE).isVisible)
    assert not screen.heading.dirty
    assert page.open_form(CODE, "code").text("value") == "33 %"
    page.button("Go back").click()
    assert page.open_form("emi_rounding", "code").text("code") == "emi_rounding"


def test_words_and_yes_or_no_are_picked(open_book):
    page = open_book("rules", ANALYST)
    form = page.open_form("missing_day", "code")
    assert form.find("value").currentText() == "Last day of that month"
    page.button("Go back").click()
    form = page.open_form("aadhaar_full_number_stored", "code")
    assert form.find("value").value() == "no"


def test_another_segment_says_what_holds_there(open_book):
    page = open_book("rules", ANALYST)
    form = page.open_form("sanction_limit", "code")
    form.find("segment").set_value("OFFICER")
    page.says("Today ₹0.")
    form.find("segment").set_value("SUPERVISOR")
    page.says("Today ₹25,00,000.")


def test_the_preview_holds_the_change_against_open_applications(open_book, qtmodeltester):
    page = open_book("rules", ANALYST)
    form = page.open_form(CODE, "code")
    form.type("value", "5 %")
    form.type("source", "Board note 14/2026")
    page.press("action.rule.preview_impact")
    page.says("open applications looked at")
    page.until(lambda: len(page.cells("table.impact", 0)) > 0)
    assert page.cells("table.impact", 0)[0].startswith("A-")
    assert page.cells("table.impact", 3)[0].startswith("Refer")
    qtmodeltester.check(page.find("table.impact").model())
    form.type("value", "6 %")
    page.says("edited since")


def test_a_preview_that_is_stopped_saves_nothing(open_book):
    page = open_book("rules", ANALYST)
    form = page.open_form(CODE, "code")
    form.type("source", "Board note 14/2026")
    form.type("value", "5 %")
    page.press("action.rule.preview_impact")
    page.button("Cancel").click()
    page.says("Nothing was saved")
    assert page.cells("table.impact", 0) == []


def test_a_change_that_cannot_be_previewed_says_so_at_its_field(open_book):
    page = open_book("rules", ANALYST)
    form = page.open_form(CODE, "code")
    form.type("source", "Board note 14/2026")
    form.type("effective_from", "1 sep 2026")
    page.press("action.rule.preview_impact")
    page.says("The change must start after today")


def test_a_change_is_proposed_and_stands_on_top(open_book, workbench, desk, qtbot):
    page = open_book("rules", ANALYST)
    form = page.open_form(CODE, "code")
    form.type("value", "32")
    form.type("source", "Board note 14/2026")
    form.type("reason", "Early defaults")
    with qtbot.waitSignal(workbench.notices.changed, timeout=20_000) as told:
        form.find("reason").setFocus()
        QTest.keyClick(form.find("reason"), Qt.Key.Key_Return, CONTROL)
    page.counts("430 rows, 1 proposal open")
    stored = find_rules(desk).proposals[0].proposal
    assert told.args == [Change("rule", (stored.proposal_id,))]
    assert (stored.value, stored.reason, stored.state) == (
        "320000",
        "Early defaults",
        RuleState.PROPOSED,
    )
    assert page.find(TABLE).current_row().proposal.proposal.proposal_id == stored.proposal_id
    page.says("You proposed this change. Another person has to")
    assert not page.offers("Approve")


def test_another_person_approves_and_the_row_starts_later(open_book, proposed, desk):
    page = open_book("rules", CHECKER)
    page.says("Then")
    page.press("action.rule.approve")
    asked = "Approve New EMI ratio refer from: 32 % instead of 40 %, from 01 Oct 2026?"
    page.says(asked)
    QTest.keyClick(page.inside("form.proposal").find("note"), Qt.Key.Key_Return, CONTROL)
    page.counts("431 rows")
    rows = [line for line in find_rules(desk).rules if line.row.code == CODE]
    assert [(line.shown, line.waiting) for line in rows] == [("32 %", True), ("40 %", False)]
    assert (rows[0].row.proposed_by, rows[0].row.approved_by) == (ANALYST, CHECKER)
    page.choose(CODE, RowState.LATER)
    page.says("Changed by people of this bank.")


def test_a_refusal_needs_a_note_and_is_found_again(open_book, proposed, desk):
    page = open_book("rules", CHECKER)
    page.press("action.rule.reject")
    strip = page.inside("form.proposal")
    QTest.keyClick(page.inside("form.proposal").find("note"), Qt.Key.Key_Escape)
    assert not strip.root.isVisible()
    page.find(TABLE).setFocus()
    QTest.keyClick(page.find(TABLE), Qt.Key.Key_R)
    page.until(strip.root.isVisible)
    page.button("Confirm refusal").click()
    page.says("Say why the change is refused")
    strip.type("note", "The sample is too small")
    page.button("Confirm refusal").click()
    page.counts("430 rows")
    assert find_rules(desk).proposals[0].proposal.state is RuleState.REFUSED
    assert "Proposed" not in page.cells(TABLE, 5)
    page.find("filter.state").set_value(RowState.REFUSED)
    page.until(lambda: page.cells(TABLE, 0) == [NAME])
    page.says("The sample is too small")


def test_nobody_approves_the_own_proposal(open_book, proposed):
    both = replace(sandbox_actor(ANALYST), roles=frozenset({Role.RISK_ANALYST, Role.SUPERVISOR}))
    page = open_book("rules", both)
    page.counts("430 rows, 1 proposal open")
    page.says("You proposed this change")
    assert not page.offers("Approve")
    page.find(TABLE).setFocus()
    QTest.keyClick(page.find(TABLE), Qt.Key.Key_A)
    assert not page.find("form.proposal").isVisible()


def test_a_proposal_that_was_decided_meanwhile_says_so(open_book, proposed, desk):
    page = open_book("rules", CHECKER)
    page.press("action.rule.approve")
    other = desk.acting(sandbox_actor(CHECKER))
    decide_proposal(DecideProposal(new_id(other), proposed.proposal_id, approve=True), other)
    page.button("Confirm approval").click()
    page.says("already decided")


def test_a_checker_previews_a_proposal_and_another_rule_forgets_it(open_book, proposed):
    page = open_book("rules", CHECKER)
    page.press("action.rule.preview_impact")
    page.says("open applications looked at")
    page.choose("emi_rounding")
    page.until(lambda: "open applications looked at" not in page.words())
