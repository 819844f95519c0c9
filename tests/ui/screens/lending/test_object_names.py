"""Part F of screens.md as data, for every page of step 1: each name once, in its own root.

What a step does not offer yet stands under `later` with its reason, and must then be absent.
"""

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

NAMES = json.loads(Path(__file__).with_name("object_names.json").read_text(encoding="utf-8"))


def nearest_form(thing) -> str:
    parent = thing.parent()
    while parent is not None and not parent.objectName().startswith("form."):
        parent = parent.parent()
    return "" if parent is None else parent.objectName()


def named(driver, name) -> list[QWidget]:
    form, _, plain = name.rpartition("/")
    if plain.startswith("action."):
        found = driver.host.findChildren(QWidget, plain) or driver.host.findChildren(QAction, plain)
        return [each for each in found if nearest_form(each) in {form, ""}][:1]
    found = driver.host.findChildren(QWidget, plain)
    if plain.startswith(("table.", "figure.", "kpi.", "chart.", "tab.", "panel.", "status.")):
        return found
    return [each for each in found if nearest_form(each) == form]


@pytest.mark.parametrize("root", sorted(NAMES))
def test_every_name_is_there_once_and_speaks(root, open_root):
    driver = open_root(root)
    wanted = NAMES[root]["names"].split()
    counts = {name: len(named(driver, name)) for name in wanted}
    assert {name: found for name, found in counts.items() if found != 1} == {}
    widgets = [each for name in wanted for each in named(driver, name) if isinstance(each, QWidget)]
    assert [w.objectName() for w in widgets if not w.accessibleName()] == []
    early = [name for name in NAMES[root]["later"] if named(driver, name)]
    assert early == []
