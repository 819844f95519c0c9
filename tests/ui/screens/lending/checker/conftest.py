"""Proposals that wait, a supervisor at the desk, and the keys of the queue."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.rules.maker_checker import Verdict
from app.services.propose_decision import ProposeDecision, propose_decision
from app.services.read_application import read_application
from app.services.steps.ids import new_id
from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from app.ui.screens.queue.queue_screen import QueueScreen
from db.vocabulary.decisions import Decision
from db.vocabulary.people import Role
from tests.ui.screens.lending.conftest import SANDBOX_DAY, SandboxClock

NOTE = "Income seen on three payslips and the bank statement."
CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def cases(pending):
    """Three applications of the sample that no rule stops and no limit."""
    return [row for row in pending if row.risk_level != "High"][:3]


@pytest.fixture
def checker(desk, workbench):
    """The supervisor of the sandbox, at the desk of the screen."""
    made = desk.acting(sandbox_actor(CHECKER))
    workbench.shell.desk = made
    return made


@dataclass(frozen=True)
class EarlierClock:
    """The sandbox's clock, some hours ago."""

    hours: int

    def today(self):
        return SANDBOX_DAY

    def now(self):
        return SandboxClock().now() - timedelta(hours=self.hours)


@pytest.fixture
def waiting(desk, cases):
    """Three proposals, an hour between each."""
    for hours, row in zip((3, 2, 1), cases, strict=True):
        propose(replace(desk, clock=EarlierClock(hours)), row)
    return cases


@pytest.fixture
def page(waiting, checker, workbench, drive):
    return opened(drive, workbench)


def new_user(desk):
    """Another supervisor of the branch."""
    with desk.open_book() as book:
        mine = book.users.get(desk.person().user_id)
        other = replace(
            mine,
            user_id=new_id(desk),
            staff_id="bela",
            full_name="Bela Shah",
            roles=frozenset({Role.SUPERVISOR}),
        )
        book.users.add(other)
        book.commit()
    return other.user_id


@pytest.fixture
def low_limit(waiting, checker, rulebook, workbench):
    """The first case is above what the supervisor may sanction."""
    lowered = rulebook_with_limit(rulebook, waiting[0].amount_paise - 1)
    workbench.shell.desk = replace(checker, rulebook=lambda: lowered)


def rulebook_with_limit(rulebook, paise):
    rows = [
        replace(row, value=paise)
        if (row.code, row.segment) == ("sanction_limit", "SUPERVISOR")
        else row
        for row in rulebook.rows
    ]
    return type(rulebook)(rows, rulebook.products)


def opened(drive, workbench):
    driver = drive(QueueScreen(workbench))
    driver.until(lambda: driver.raw("figure.credit_score") != "")
    return driver


def propose(desk, row, **changes):
    seen = read_application(row.application_id, desk).application
    verdict = Verdict(Decision.APPROVE, reasons=("APP-JUDGEMENT",), note=NOTE)
    request = ProposeDecision(
        new_id(desk), row.application_id, seen.version, replace(verdict, **changes)
    )
    return propose_decision(request, desk)


def status(desk, row):
    return read_application(row.application_id, desk).application.status


def names(page):
    return page.cells("table.queue", 1)


def current(page):
    return page.find("table.queue").current_row().reference


def key(page, letter, modifiers=PLAIN):
    queue = page.find("table.queue")
    queue.setFocus()
    QTest.keyClick(queue, letter, modifiers)


def ask(page, letter):
    """Press a decision key on the current case, once it has been read."""
    row = page.find("table.queue").current_row()
    page.until(lambda: row.reference in page.words())
    page.until(lambda: page.find("action.queue.note").isEnabled())
    key(page, letter)
    page.until(lambda: page.find("panel.confirm").isVisible())


def read(page):
    page.until(lambda: page.find("action.queue.note").isEnabled())
