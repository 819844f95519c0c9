"""Policy checks: at the widths of both pages every name of a check can be read in full."""

import json

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from app.resource_files import resource
from app.rules.credit_policy import PolicyLine
from app.ui.cards.policy_card import PolicyCard
from app.ui.theme import theme_of
from app.ui.widgets.table_view import TableView
from db.vocabulary.decisions import PolicyState
from db.vocabulary.reasons import PolicyCheck

# What the card has in a window of 1366: on the decision page, and beside the queue.
WIDTHS = {False: 620, True: 537}


def names() -> dict[str, str]:
    words = json.loads(resource("rules/words.json").read_text(encoding="utf-8"))
    found = words["lists"]["policy_check"]
    lists = (each for each in found.values() if isinstance(each, list))
    codes = next(each for each in lists if isinstance(each[0], dict))
    return {each["code"]: each["en"] for each in codes}


def line(check: PolicyCheck) -> PolicyLine:
    state = PolicyState.NOT_APPLICABLE if check.startswith("MFI") else PolicyState.UNVERIFIED
    return PolicyLine(
        rule=check,
        label=names()[check],
        state=state,
        value="",
        limit="",
        text="",
        on_breach=PolicyState.REFER,
        reason=None,
        measure="",
    )


@pytest.mark.parametrize("narrow", WIDTHS)
def test_every_name_of_a_check_is_readable(workbench, qtbot, narrow):
    card = PolicyCard(workbench, narrow=narrow)
    qtbot.addWidget(card)
    card.resize(WIDTHS[narrow], 400)
    card.show()
    card.show_lines(tuple(line(check) for check in PolicyCheck))
    table = card.findChild(TableView, "table.policy_checks")
    assert table.horizontalHeader().length() <= table.viewport().width()
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
    for row in range(table.model().rowCount()):
        for column, (_left, width, _right) in enumerate(table.cells()):
            look = table.look_at(row, column)
            room = width if look.icon is None else width - 22
            font = look.font or theme_of().font("body")
            needs = QFontMetrics(font, table).boundingRect(QRect(0, 0, room, 999), flags, look.text)
            assert needs.width() <= room, look.text
            assert needs.height() <= table.rowHeight(row), look.text
    card.close()
