"""Small parts of a page: labels, cards, tiles, tabs, notes, bars."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton

from app.ui.widgets.card import Card, Fact, FactList, PairList
from app.ui.widgets.kpi_tile import CountTile, KpiTile
from app.ui.widgets.labels import Badge, FigureLabel, IconLabel, KeyHints, label
from app.ui.widgets.message_bar import InfoBar
from app.ui.widgets.page_history import PageHistory, Visit
from app.ui.widgets.policy_notes import PolicyNote, PolicyNotes
from app.ui.widgets.sync_chip import SyncChip, SyncState
from app.ui.widgets.tabs import Tabs


def texts(widget):
    return [w.text() for w in widget.findChildren(QLabel) if w.text() and w.isVisibleTo(widget)]


def test_a_figure_carries_its_raw_value_and_is_spoken(qtbot):
    figure = FigureLabel("figure.estimated_emi", "live", "EMI")
    qtbot.addWidget(figure)
    assert (figure.text(), figure.property("rawValue")) == ("—", "")
    figure.show_figure("₹22,371", "22371.00", "at monthly rests", "warning")
    assert figure.property("rawValue") == "22371.00"
    assert figure.accessibleName() == "EMI ₹22,371"
    assert figure.accessibleDescription() == "at monthly rests"
    assert figure.property("kind") == "warning"


def test_labels_are_plain_text(qtbot):
    made = label("<b>Ravi</b>", "muted", "status.count")
    qtbot.addWidget(made)
    assert made.textFormat() == Qt.TextFormat.PlainText
    assert made.objectName() == "status.count"


def test_states_are_icon_and_word(qtbot):
    state = IconLabel("circle-check", "Complete", "good")
    badge = Badge("KYC complete", "circle-check", "good")
    for widget in (state, badge):
        qtbot.addWidget(widget)
    state.show_state("circle-dashed", "Incomplete", "warning")
    badge.show_badge("KYC expired", "hourglass", "bad")
    assert (state.text(), badge.text(), badge.accessibleName()) == (
        "Incomplete",
        "KYC expired",
        "KYC expired",
    )
    assert badge.height() == 20


def test_facts_say_whether_they_were_checked(qtbot):
    facts = FactList()
    qtbot.addWidget(facts)
    facts.set_facts([Fact("Rent", "₹2,000", checked=False, source="told")])
    facts.set_facts([Fact("Monthly income", "₹60,000", checked=True, source="payslip, Oct 2026")])
    assert texts(facts) == ["Monthly income", "₹60,000", "Checked: payslip, Oct 2026"]


def test_pairs_and_hints_and_cards(qtbot):
    pairs, card = PairList(), Card("Facts", "what we were told", label("E", "key"))
    pairs.set_pairs([("Rent", "2,000", "body"), ("Together", "", "strong")])
    card.body.addWidget(pairs)
    card.body.addWidget(KeyHints((("Enter", "open"),)))
    qtbot.addWidget(card)
    card.set_title("Known facts")
    card.set_detail("told")
    assert card.accessibleName() == "Known facts"
    assert {"2,000", "—", "Enter", "open"} <= set(texts(card))


def test_a_tile_speaks_value_and_crossed_limit(qtbot):
    tile = KpiTile("kpi.npa_ratio", "NPA")
    qtbot.addWidget(tile)
    tile.show_value("6.1 %", "6.1", "+0.4", "NPA outstanding over all", "over 5.0 %")
    assert tile.property("rawValue") == "6.1"
    assert tile.accessibleName() == "NPA 6.1 %, over 5.0 %, +0.4"
    assert tile.accessibleDescription() == tile.toolTip() == "NPA outstanding over all"
    assert tile.property("limit") == "bad"
    tile.show_value("79.6 %", "79.6", limit_word="warning")
    assert tile.property("limit") == "warning"
    with qtbot.waitSignal(tile.opened) as opened:
        qtbot.keyClick(tile, Qt.Key.Key_Return)
    assert opened.args == ["kpi.npa_ratio"]
    tile.show_value("", "")
    assert tile.text() == "—"
    count = CountTile("kpi.my_draft", "Draft")
    qtbot.addWidget(count)
    count.show_value("3", "3")
    assert (count.text(), count.accessibleName()) == ("3", "Draft 3")


def test_tabs_are_named_and_move_by_keys(qtbot):
    tabs = Tabs()
    qtbot.addWidget(tabs)
    for name in ("bars", "waterfall", "all_factors"):
        tabs.add(name, name.title(), QLabel(name))
    assert tabs.current_name == "bars"
    first = tabs.findChild(QPushButton, "tab.bars")
    with qtbot.waitSignal(tabs.chosen) as chosen:
        qtbot.keyClick(first, Qt.Key.Key_Left)
    assert chosen.args == ["all_factors"]
    tabs.findChild(QPushButton, "tab.waterfall").click()
    assert tabs.current_name == "waterfall"
    policies = [tabs.findChild(QPushButton, f"tab.{n}").focusPolicy() for n in tabs._names]
    stops = [bool(policy & Qt.FocusPolicy.TabFocus) for policy in policies]
    assert stops == [False, True, False]  # Tab stops at the chosen tab alone
    tabs.set_words("bars", "Bars, 8")
    assert first.text() == "Bars, 8"
    assert tabs.widget("bars").text() == "bars"


def test_policy_notes_name_their_rule(qtbot):
    notes = PolicyNotes()
    qtbot.addWidget(notes)
    shown = [PolicyNote("Dues would take 55.95 % of income; the guide is 50 %.", "FOIR-CAP")]
    notes.show_notes(shown)
    notes.show_notes(shown)
    assert notes.notes() == tuple(shown)
    assert "FOIR-CAP" in texts(notes)
    assert notes.objectName() == "notes.policy"


def test_a_bar_has_words_and_actions(qtbot):
    action = QAction("Score again")
    action.setObjectName("action.decision.rescore")
    bar = InfoBar("warning", "A fact changed.", (action,), head="Outdated")
    qtbot.addWidget(bar)
    assert bar.text() == bar.words.text() == "A fact changed."
    with qtbot.waitSignal(action.triggered):
        bar.findChild(QPushButton, "action.decision.rescore").click()


def test_the_chip_names_where_the_book_is(qtbot):
    chip = SyncChip()
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Book: This PC"
    chip.show_state(SyncState.ONLINE)
    assert chip.property("rawValue") == "online"


def test_history_goes_back_and_forgets_what_lay_ahead():
    history = PageHistory()
    first, second, third = (Visit(name) for name in ("today", "customers", "loans"))
    for visit in (first, second, second):
        history.go(visit)
    assert history.peek(-1) == first
    history.move(-1)
    assert (history.current, history.peek(1)) == (first, second)
    history.go(third)
    assert history.peek(1) is None
    history.clear()
    assert history.current is None
