from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from app.services.steps.desk import Actor
from app.ui import main_window
from app.ui.main_window import MainWindow
from app.ui.tasks.task import Lane, Task
from app.ui.widgets.find_box import FoundRecord
from app.ui.widgets.lock_cover import LockCover
from app.ui.widgets.page_stack import KEPT_PAGES
from app.ui.widgets.screen import Crumb, Heading, Screen
from app.ui.widgets.shortcut_sheet import ShortcutSheet
from db.vocabulary.people import Role


class Page(Screen):
    """A page that notes what the shell asks of it."""

    def __init__(self, workbench, name):
        type(self).name = name
        super().__init__(workbench)
        self.said = []
        self.leave = True
        self.field = QLineEdit()
        self.field.setObjectName("search_text")
        self.body.addWidget(self.field)
        self.panel = QLabel("quick look")
        self.foot = QLabel("17 customers")
        self.button = QPushButton("New")
        self.set_heading(Heading(name.title(), (Crumb("Customers", "customers"),)))

    def opened(self, **arguments):
        self.said.append(("opened", arguments))

    def refresh(self):
        self.said.append("refresh")

    def header_actions(self):
        return [self.button]

    def context_panel(self):
        return self.panel if self.name == "customers" else None

    def footer(self):
        return self.foot

    def can_leave(self):
        return self.leave

    def store_draft(self):
        self.said.append("store_draft")

    def find_in_list(self):
        self.field.setFocus()

    def new_item(self):
        self.said.append("new_item")


@pytest.fixture
def window(qtbot, desk, theme, monkeypatch):
    def build(name, workbench):
        page_class = type(f"{name.title()}Page", (Page,), {"page_header": name != "sign_in"})
        return page_class(workbench, name)

    monkeypatch.setattr(main_window, "build_screen", build)
    made = MainWindow(replace(desk, actor=None))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    assert made.workbench.runner.shut_down()
    made.deleteLater()


@pytest.fixture
def signed_in(window, desk):
    window.sign_in(desk.actor)
    return window


def rail(window):
    shown = window.parts.rail.findChildren(QPushButton)
    return [item.objectName() for item in shown if item.isVisibleTo(window)]


def page(window):
    return window.parts.pages.shown()


def test_it_opens_on_sign_in_without_rail_and_top_bar(window):
    assert window.objectName() == "window.main"
    assert page(window).objectName() == "screen.sign_in"
    assert window.parts.top.isHidden()
    assert window.parts.rail.isHidden()


def test_the_rail_hides_what_the_role_may_not_open(signed_in, qtbot):
    assert rail(signed_in) == [
        f"action.app.go_{name}"
        for name in ("today", "customers", "applications", "loans", "follow_up", "admin")
    ]
    auditor = Actor(UUID(int=9), "audit1", "Meera Iyer", 412, frozenset({Role.AUDITOR}))
    signed_in.sign_in(auditor)
    qtbot.waitUntil(lambda: "action.app.open_monitor" in rail(signed_in))
    assert signed_in.parts.status.findChild(QLabel, "status.user").text() == "Meera Iyer"


def test_keys_go_from_page_to_page_and_back(signed_in, qtbot):
    qtbot.keyClick(signed_in, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert page(signed_in).objectName() == "screen.customers"
    assert signed_in.windowTitle() == "Customers - Kasauti"
    assert signed_in.parts.context.isVisible()
    qtbot.keyClick(signed_in, Qt.Key.Key_Escape)
    assert page(signed_in).objectName() == "screen.today"
    assert not signed_in.parts.context.isVisible()
    qtbot.keyClick(signed_in, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page(signed_in).objectName() == "screen.customers"


def test_a_page_is_kept_with_its_arguments_and_told_to_refresh(signed_in, qtbot):
    signed_in.navigate("customer", customer_id=UUID(int=3))
    shown = page(signed_in)
    assert shown.said == [("opened", {"customer_id": UUID(int=3)}), "refresh"]
    qtbot.keyClick(signed_in, Qt.Key.Key_F5)
    assert shown.said[-1] == "refresh"
    signed_in.navigate("today")
    signed_in.navigate("customer", customer_id=UUID(int=4))
    assert page(signed_in) is shown


def test_at_most_six_pages_are_kept_and_drafts_are_stored_first(signed_in):
    first = page(signed_in)
    for n in range(KEPT_PAGES):
        signed_in.navigate(f"page{n}")
    assert len(signed_in.parts.pages.names()) == KEPT_PAGES
    assert first.said[-1] == "store_draft"


def test_a_list_stays_however_many_pages_are_visited(signed_in, monkeypatch):
    signed_in.navigate("loans")
    listed = page(signed_in)
    monkeypatch.setattr(type(listed), "lasting", True)
    listed.field.setText("Reddy")
    for n in range(KEPT_PAGES + 1):
        signed_in.navigate(f"page{n}")
    signed_in.navigate("loans")
    assert page(signed_in) is listed
    assert listed.field.text() == "Reddy"


def test_a_page_may_refuse_to_be_left(signed_in):
    page(signed_in).leave = False
    signed_in.navigate("customers")
    assert page(signed_in).objectName() == "screen.today"
    page(signed_in).leave = True


def test_keys_reach_the_page(signed_in, qtbot):
    control = Qt.KeyboardModifier.ControlModifier
    for key, said in ((Qt.Key.Key_N, "new_item"), (Qt.Key.Key_S, "store_draft")):
        qtbot.keyClick(signed_in, key, control)
        assert page(signed_in).said[-1] == said
    qtbot.keyClick(signed_in, Qt.Key.Key_K, control)
    assert QApplication.focusWidget().objectName() == "find_text"
    qtbot.keyClick(signed_in, Qt.Key.Key_F, control)
    assert QApplication.focusWidget() is page(signed_in).field


def test_panes_are_reached_in_turn(signed_in, qtbot):
    signed_in.navigate("customers")
    signed_in.parts.top.find_box.setFocus()
    seen = []
    for _ in range(2):
        qtbot.keyClick(signed_in, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget().objectName())
    assert seen == ["action.app.go_customers", "search_text"]
    qtbot.keyClick(signed_in, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget().objectName() == "action.app.go_customers"


def test_the_side_panel_hides_and_shows(signed_in, qtbot):
    signed_in.navigate("customers")
    for visible in (False, True):
        qtbot.keyClick(signed_in, Qt.Key.Key_Backslash, Qt.KeyboardModifier.ControlModifier)
        assert signed_in.parts.context.isVisible() is visible


def test_the_title_and_breadcrumb_follow_the_page(signed_in, qtbot):
    signed_in.navigate("decision")
    page(signed_in).set_heading(
        Heading(
            "Ravi Reddy", (Crumb("Today", "today"),), window_title="Ravi Reddy, A-1662", dirty=True
        )
    )
    assert signed_in.windowTitle() == "Ravi Reddy, A-1662* - Kasauti"
    crumbs = [b for b in signed_in.parts.header.findChildren(QPushButton) if b.text() == "Today"]
    crumbs[-1].click()
    assert page(signed_in).objectName() == "screen.today"


def test_the_theme_switches_live(signed_in, theme):
    before = signed_in.grab().toImage()
    signed_in._commands.switch_theme()
    assert theme.name == "dark"
    assert signed_in.grab().toImage() != before


def test_lock_covers_and_opens_again(signed_in, qtbot):
    qtbot.keyClick(signed_in, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    cover = signed_in.findChild(LockCover)
    assert cover.isVisible()
    assert cover.size() == signed_in.size()
    qtbot.keyClick(signed_in, Qt.Key.Key_Escape)
    assert cover.isVisible()
    cover.unlock_asked.emit("")
    assert not cover.isVisible()


def test_a_locked_window_names_nobody_in_its_title(signed_in, qtbot):
    signed_in.navigate("decision")
    page(signed_in).set_heading(Heading("Ravi Reddy", window_title="Ravi Reddy, A-1662"))
    signed_in._commands.lock_desk()
    assert signed_in.windowTitle() == "Kasauti"
    page(signed_in).set_heading(Heading("Ravi Reddy", detail="read again"))
    assert signed_in.windowTitle() == "Kasauti"
    signed_in.findChild(LockCover).unlock_asked.emit("")
    assert signed_in.windowTitle() == "Ravi Reddy - Kasauti"


def test_enter_on_switch_user_switches(signed_in, qtbot):
    signed_in._commands.lock_desk()
    cover = signed_in.findChild(LockCover)
    switch = next(b for b in cover.findChildren(QPushButton) if b.text() == "Switch user")
    switch.setFocus()
    qtbot.keyClick(switch, Qt.Key.Key_Return)
    assert page(signed_in).objectName() == "screen.sign_in"


def test_a_wrong_password_keeps_it_locked(signed_in, qtbot):
    signed_in.use_desk(replace(signed_in.desk, sandbox=False))
    signed_in._commands.lock_desk()
    cover = signed_in.findChild(LockCover)
    cover.unlock_asked.emit("wrong")  # the desk of this test has no book: the check fails
    qtbot.waitUntil(lambda: any("did not work" in w.text() for w in cover.findChildren(QLabel)))
    assert cover.isVisible()
    cover.switch_asked.emit()
    assert page(signed_in).objectName() == "screen.sign_in"


def test_the_tray_shows_running_and_failed_jobs(signed_in, qtbot):
    runner = signed_in.workbench.runner
    runner.submit(Task("Reading loans", Lane.DATABASE, lambda _c: 1 / 0), None)
    qtbot.waitUntil(lambda: runner.jobs()[-1].report_id != "")
    qtbot.keyClick(signed_in, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    tray = signed_in.parts.tray
    assert tray.isVisible()
    retry = next(b for b in tray.findChildren(QPushButton) if b.text() == "Retry")
    retry.click()
    qtbot.waitUntil(lambda: not runner.active())
    qtbot.keyClick(tray, Qt.Key.Key_Escape)
    assert not tray.isVisible()


def test_the_sheet_lists_the_keys(signed_in, qtbot):
    qtbot.keyClick(signed_in, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    sheet = signed_in.findChild(ShortcutSheet)
    assert "Ctrl+K" in [w.text() for w in sheet.findChildren(QLabel)]
    sheet.reject()


def test_a_found_record_opens_its_page(signed_in):
    signed_in.parts.top.find_box.found.emit(FoundRecord("application", UUID(int=5), "A-1662"))
    assert page(signed_in).said[0] == ("opened", {"application_id": UUID(int=5)})


def test_a_narrow_window_shows_icons_only(signed_in):
    signed_in.resize(1100, 700)
    assert signed_in.parts.rail.width() == 56
    signed_in.resize(1366, 768)
    assert signed_in.parts.rail.width() == 148
