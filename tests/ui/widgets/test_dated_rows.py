from datetime import date

import pytest

from app.ui.widgets.book_tabs import BookTabs
from app.ui.widgets.dated_rows import DatedEntry, Narrowing, RowState, person_words, readable
from app.ui.widgets.rule_value_field import RuleValueEdit, unit_words, value_field, value_hint

DAY = date(2026, 9, 30)


def entry(state=RowState.IN_FORCE):
    groups = frozenset({"ALL"})
    return DatedEntry("a", "A", groups, "emi ratio", state, DAY, None, "", "", None, None)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("new_emi_ratio_refer_from", "New EMI ratio refer from"),
        ("TIER_1", "Tier 1"),
        ("SMA-0", "SMA-0"),
        ("ALL_INDIA_FI", "All India FI"),
        ("D1", "D1"),
        ("PAR30", "PAR30"),
    ],
)
def test_codes_become_words(code, words):
    assert readable(code) == words


def test_what_a_narrowing_matches():
    assert Narrowing().matches(entry())
    assert Narrowing("ratio EMI").matches(entry())
    assert not Narrowing("tenure").matches(entry())
    assert not Narrowing(group="GOLD").matches(entry())
    assert not Narrowing(state=RowState.CLOSED).matches(entry())
    assert not Narrowing().matches(entry(RowState.REFUSED))
    assert Narrowing(state=RowState.REFUSED).matches(entry(RowState.REFUSED))


def test_who_proposed_in_words():
    assert [person_words(who) for who in ("shipped", "", None, "analyst1")] == [
        "Shipped",
        "\u2014",
        "\u2014",
        "analyst1",
    ]


def test_a_value_is_typed_in_its_unit(qtbot):
    field = RuleValueEdit("value", "paise")
    qtbot.addWidget(field)
    field.setText("3.5 lakh")
    field.tidy()
    assert field.value() == "₹3,50,000"
    field.set_unit("ppm")
    field.setText("12.5")
    assert field.value() == "12.5 %"
    field.setText("much")
    assert field.value() is None
    assert "12.25 %" in field.problem()
    field.set_value(None)
    assert field.is_empty()


def test_every_unit_has_words_and_a_hint(qtbot):
    assert (unit_words("working_days"), unit_words("ppm")) == ("working days", "per cent")
    assert value_hint("flag") == ""
    assert value_hint("count") == "Enter a whole number, like 30"
    picked = value_field("value", "flag")
    qtbot.addWidget(picked)
    picked.set_value("yes")
    assert picked.value() == "yes"


def test_the_page_shown_keeps_its_mark(qtbot):
    opened = []
    tabs = BookTabs("rules", opened.append)
    qtbot.addWidget(tabs)
    buttons = {each.objectName(): each for each in tabs.children() if each.isWidgetType()}
    buttons["tab.rules"].click()
    assert buttons["tab.rules"].isChecked()
    buttons["tab.products"].click()
    assert not buttons["tab.products"].isChecked()
    assert opened == ["products"]
