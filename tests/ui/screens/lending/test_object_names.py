"""Part F of screens.md as data, for every page of step 1: each name once, in its own root.

What a step does not offer yet stands under `later` with its reason, and must then be absent.
"""

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.services.find_loans import FindLoans, find_loans
from app.services.steps.sandbox_staff import ANALYST, CHECKER, sandbox_actor
from app.ui.screen_catalogue import build_screen
from db.records.lists import LoanFilter
from db.vocabulary.loan_life import LoanStatus

FORMS = {"screen.rules": "rule", "screen.products": "product"}  # their form opens on a press
OF_A_LOAN = {f"screen.{name}" for name in ("loan", "payment", "statement", "disbursement")}
OF_A_LOAN |= {"screen.loan_change"}
WAITED = {"screen.loan_change": "figure.payable_total"}  # stands once the quote is worked out
NAMES = json.loads(Path(__file__).with_name("object_names.json").read_text(encoding="utf-8"))


def loan_of_page(desk) -> dict:
    rows = find_loans(FindLoans(LoanFilter(), 500), desk).page.rows
    loan = next(row for row in rows if row.status is LoanStatus.ACTIVE)
    return {"loan_id": loan.loan_id, "application_id": loan.application_id}


@pytest.fixture
def open_root(workbench, drive, desk, request):
    """Open a page by its root name, with the record it needs."""

    def opened(root):
        staff = ANALYST if root in FORMS else CHECKER
        if root in FORMS or root in {"screen.monitor", "screen.queue"}:
            workbench.shell.desk = desk.acting(sandbox_actor(staff))
        arguments = {}
        if root in {"screen.customer", "screen.application_form"}:
            arguments["customer_id"] = request.getfixturevalue("asha").customer_id
        if root in {"screen.decision", "screen.documents"}:
            arguments["application_id"] = request.getfixturevalue("pending")[0].application_id
        if root in OF_A_LOAN:
            arguments |= loan_of_page(desk)
        page = build_screen(root.removeprefix("screen."), workbench)
        assert page.objectName() == root
        driver = drive(page, **arguments)
        if root in WAITED:
            driver.until(lambda: driver.root.findChildren(QWidget, WAITED[root]) != [])
        if root in FORMS:
            driver.until(lambda: driver.text("status.count") != "")
            driver.press(f"action.{FORMS[root]}.propose")
            driver.until(lambda: driver.host.findChildren(QWidget, "source") != [])
        return driver

    return opened


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
