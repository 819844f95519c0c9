"""Part F of screens.md as data: every name is there once, named for assistive tools (A12)."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.ui.screen_catalogue import build_screen

NAMES = json.loads((Path(__file__).parents[1] / "object_names.json").read_text(encoding="utf-8"))
READ = ("table.", "figure.", "kpi.", "chart.", "tab.", "panel.", "status.", "errors.", "notes.")


def named(host: QWidget) -> list[QWidget]:
    """Widgets with a name of ours, parts of other widgets left out."""
    return [w for w in host.findChildren(QWidget) if w.objectName() and not _inner(w)]


def _inner(widget: QWidget) -> bool:
    name = widget.objectName()
    segment = "." in name and name.rsplit(".", 1)[1].isdigit()
    return name.startswith("qt_") or segment


def is_input(widget: QWidget) -> bool:
    return hasattr(widget, "value_changed") or (
        isinstance(widget, QLineEdit) and not widget.objectName().startswith("qt_")
    )


def root_of(widget: QWidget) -> str:
    parent = widget.parentWidget()
    while parent is not None and not parent.objectName().startswith("form."):
        parent = parent.parentWidget()
    return parent.objectName() if parent is not None else ""


@pytest.mark.parametrize("root", sorted(NAMES))
def test_every_name_of_part_f_is_there_once(root, workbench, place, request):
    arguments = {}
    if root == "screen.customer":
        arguments["customer_id"] = request.getfixturevalue("asha").customer_id
    page = build_screen(root.removeprefix("screen."), workbench)
    assert page.objectName() == root
    host = place(page, **arguments)
    wanted = NAMES[root]
    inputs = sorted((root_of(w), w.objectName()) for w in named(host) if is_input(w))
    expected = [("", name) for name in wanted["inputs"]]
    expected += [(form, name) for form, names in wanted["forms"].items() for name in names]
    assert inputs == sorted(expected)
    actions = {w.objectName() for w in named(host) if isinstance(w, QPushButton)}
    assert {n for n in actions if n.startswith("action.")} == {
        f"action.{name}" for name in wanted["actions"]
    }
    read = sorted(w.objectName() for w in named(host) if w.objectName().startswith(READ))
    assert read == sorted(wanted["read"])
    host.close()


@pytest.mark.parametrize("root", sorted(NAMES))
def test_every_named_widget_speaks(root, workbench, place, request):
    arguments = {}
    if root == "screen.customer":
        arguments["customer_id"] = request.getfixturevalue("asha").customer_id
    host = place(build_screen(root.removeprefix("screen."), workbench), **arguments)
    spoken = [w for w in named(host) if is_input(w) or w.objectName().startswith(READ)]
    silent = [w.objectName() for w in spoken if not (w.accessibleName() or w.isHidden())]
    assert not silent
    unnamed = [w.objectName() for w in spoken if not w.accessibleIdentifier()]
    assert not unnamed
    host.close()
