from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from app.services.steps.desk import Desk
from app.services.steps.sandbox_staff import sandbox_staff
from app.ui.screens.sign_in.sign_in_screen import SignInScreen
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.password_edit import PasswordEdit
from app.ui.widgets.picker import Picker
from app.ui.widgets.workbench import Workbench

PASSWORD = "a long enough phrase"  # noqa: S105  # of a book that lives for one test


@pytest.fixture
def nobody(workbench: Workbench) -> Workbench:
    """The workbench before sign-in."""
    workbench.shell.desk = replace(workbench.shell.desk, actor=None)
    return workbench


@pytest.fixture
def page(nobody: Workbench, place):
    host = place(SignInScreen(nobody))
    yield host
    host.close()


def field(host, name: str) -> QLineEdit:
    return host.findChild(QLineEdit, name)


def message(host) -> str:
    return host.findChild(QLabel, "panel.message").text()


def visits(bench: Workbench) -> list:
    return bench.shell.visits


def test_enter_signs_in(page, nobody, qtbot):
    field(page, "staff_id").setText(" ANITA.DESAI ")
    field(page, "password").setText(PASSWORD)
    QTest.keyClick(field(page, "password"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: visits(nobody) != [])
    name, arguments = visits(nobody)[0]
    assert name == "sign_in"
    assert arguments["actor"].full_name == "Anita Desai"


def test_one_sentence_for_a_wrong_id_and_a_wrong_password(page, qtbot):
    for staff_id, password in (("anita.desai", "wrong"), ("nobody", PASSWORD)):
        field(page, "staff_id").setText(staff_id)
        field(page, "password").setText(password)
        page.findChild(QPushButton, "action.session.sign_in").click()
        qtbot.waitUntil(lambda: message(page) == "Staff id or password is not right")
        assert field(page, "password").text() == ""


def test_an_empty_staff_id_asks_for_it(page):
    page.findChild(QPushButton, "action.session.sign_in").click()
    assert message(page) == "Enter your staff id"


def test_the_password_shows_on_demand(page):
    page.findChild(CheckField, "show_password").click()
    assert field(page, "password").echoMode() is QLineEdit.EchoMode.Normal


def test_caps_lock_is_noted(qtbot):
    edit = PasswordEdit("password")
    qtbot.addWidget(edit)
    with qtbot.waitSignal(edit.caps_lock) as caught:
        QTest.keyClicks(edit, "a", Qt.KeyboardModifier.ShiftModifier)
    assert isinstance(caught.args[0], bool)
    assert edit.value().lower() == "a"


def test_a_desk_without_users_asks_for_the_first_one(nobody, blank_desk, place, qtbot):
    nobody.shell.desk = blank_desk
    host = place(SignInScreen(nobody))
    form = host.findChild(QPushButton, "action.session.create_first_user")
    qtbot.waitUntil(form.isVisible)
    assert not host.findChild(QPushButton, "action.session.sign_in").isVisible()
    form.click()
    qtbot.waitUntil(lambda: "things to fix" in message(host))
    for name, text in (
        ("staff_id", "ravi"), ("full_name", "Ravi Reddy"), ("branch_code", "0412"),
        ("password", PASSWORD),
    ):  # fmt: skip
        host.findChild(object, "form.first_user").findChild(QLineEdit, name).setText(text)
    form.click()
    qtbot.waitUntil(lambda: visits(nobody) != [])
    assert visits(nobody)[0][1]["actor"].branch_code == "0412"
    host.close()


def sandbox_of(desk: Desk) -> Desk:
    """The desk's book turned into a sandbox with its four people."""
    with desk.open_book() as book:
        book.reference.set_book(sandbox=True, as_of=desk.clock.today())
        for user in sandbox_staff():
            book.users.add(user)
        book.commit()
    return replace(desk, sandbox=True)


def test_sample_data_is_opened_and_the_chosen_person_sits_down(nobody, blank_desk, place, qtbot):
    progress = []

    def open_sandbox(control) -> Desk:
        control.progress(1, 2, "Making customers")
        return sandbox_of(blank_desk)

    bench = replace(nobody, open_sandbox=open_sandbox)
    page = SignInScreen(bench)
    page._sample.show_progress = lambda *words: progress.append(words)
    host = place(page)
    host.findChild(Picker, "sandbox_person").set_value("checker1")
    host.findChild(QPushButton, "action.session.use_sample_data").click()
    qtbot.waitUntil(lambda: visits(bench) != [])
    assert visits(bench)[0][1]["actor"].staff_id == "checker1"
    assert bench.shell.desk.sandbox
    assert (1, 2, "Making customers") in progress
    host.close()


def test_a_sandbox_that_cannot_be_made_says_why(nobody, place, qtbot):
    def open_sandbox(_control) -> Desk:
        message = "the disk is full"
        raise OSError(message)

    host = place(SignInScreen(replace(nobody, open_sandbox=open_sandbox)))
    host.findChild(QPushButton, "action.session.use_sample_data").click()
    qtbot.waitUntil(lambda: message(host) not in ("", "Checking…"))
    assert "Traceback" not in message(host)
    assert visits(nobody) == []
    host.close()


def test_tab_walks_one_card_after_the_other(page):
    order, widget = [], field(page, "staff_id")
    for _ in range(40):
        widget = widget.nextInFocusChain()
        order.append(widget.objectName())
    buttons = [name for name in order if name.startswith("action.session.")]
    picker = next(at for at, name in enumerate(order) if name == "sandbox_person")
    assert order.index("action.session.sign_in") < picker
    assert order.index("action.session.use_sample_data") > picker
    assert buttons
