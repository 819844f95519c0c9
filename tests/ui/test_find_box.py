"""The find box: what it shows, and that Enter opens the first answer to what is typed."""

import threading
from uuid import UUID

from PySide6.QtCore import Qt

from app.ui.widgets.find_box import FoundRecord
from tests.ui.test_main_window import signed_in, window

__all__ = ["signed_in", "window"]


def test_finding_shows_what_was_found_and_what_failed(signed_in, qtbot, monkeypatch):
    box = signed_in.parts.top.find_box
    monkeypatch.setattr(box, "_find", lambda text, _desk: (Line(text),) if text == "ravi" else ())
    box.setFocus()
    qtbot.keyClicks(box, "ravi")
    qtbot.waitUntil(lambda: box._list.count() == 1 and "Ravi" in box._list.item(0).text())
    with qtbot.waitSignal(box.found) as found:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert found.args == [FoundRecord("customer", UUID(int=6), "C-1031")]
    box.setFocus()
    qtbot.keyClicks(box, "zz")
    qtbot.waitUntil(lambda: box._list.count() and "Nothing matches" in box._list.item(0).text())
    box.close_list()


def test_enter_before_the_answer_opens_the_first_one_once_it_comes(signed_in, qtbot, monkeypatch):
    box, asked, answers = signed_in.parts.top.find_box, threading.Event(), threading.Event()

    def slow(text, _desk):
        if text == "ravi":
            asked.set()
            assert answers.wait(10)
        return (Line(text),)

    monkeypatch.setattr(box, "_find", slow)
    box.setFocus()
    opened = []
    box.found.connect(opened.append)
    qtbot.keyClicks(box, "ra")
    qtbot.waitUntil(lambda: box._list.count() == 1 and "Ra " in box._list.item(0).text())
    qtbot.keyClicks(box, "vi")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(asked.is_set)
    assert opened == []  # what stood there answered another text
    answers.set()
    qtbot.waitUntil(lambda: len(opened) == 1)
    assert box.text() == ""


class Line:
    kind, id, reference, detail = "customer", UUID(int=6), "C-1031", "Bengaluru"

    def __init__(self, text):
        self.title = f"{text.title()} Reddy"
