"""The two pages of the rule book as the sandbox's people see them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from app.rules.rule_change import RuleChange
from app.services.change_rule import ProposeRule, propose_rule
from app.services.steps.ids import new_id
from app.services.steps.sandbox_staff import ANALYST, sandbox_actor
from app.ui.screen_catalogue import build_screen
from app.ui.widgets.dated_rows import RowState
from app.ui.widgets.screen import Screen


class BookPage:
    """The driver of one page with what both pages share; the rest is the driver's own."""

    def __init__(self, driver, table: str, area: str) -> None:
        self._driver = driver
        self.table = table
        self.area = area

    def __getattr__(self, name: str):
        return getattr(self._driver, name)

    @property
    def screen(self) -> Screen:
        return self._driver.find(self.table.replace("table.", "screen."))

    def says(self, words: str) -> None:
        """Wait until the page says these words."""
        self._driver.until(lambda: words in self._driver.words())

    def counts(self, words: str) -> None:
        """Wait until the strip under the list says these words."""
        self._driver.until(lambda: self._driver.text("status.count") == words)

    def choose(self, key: str, state: RowState | None = None) -> None:
        """Make the first line of this rule or product the current one."""
        table = self._driver.find(self.table)
        rows = [table.model().row_at(row) for row in range(table.model().rowCount())]
        table.go_to(
            next(
                place
                for place, entry in enumerate(rows)
                if key in {entry.key, entry.key.split(" ")[0]} and state in {None, entry.state}
            )
        )

    def shown(self, name: str) -> list[QWidget]:
        """Every visible widget of that name."""
        return [w for w in self._driver.host.findChildren(QWidget, name) if w.isVisible()]

    def open_form(self, key: str, name: str):
        """Open the form of a line; `name` is the field that tells which one it is."""
        self.choose(key)
        self._driver.press(f"action.{self.area}.propose")
        self._driver.until(lambda: [w.text() for w in self.shown(name)] == [key])
        return self._driver.inside("form.rule_row" if self.area == "rule" else "form.product")


@pytest.fixture
def open_book(workbench, desk, drive) -> Callable[..., BookPage]:
    """Open `rules` or `products` as a person of the sandbox, or as another one."""

    def opened(name: str, person, book=None, *, wait: bool = True) -> BookPage:
        actor = sandbox_actor(person) if isinstance(person, str) else person
        workbench.shell.desk = replace(desk.acting(actor), open_book=book or desk.open_book)
        area = {"rules": "rule", "products": "product"}[name]
        page = BookPage(drive(build_screen(name, workbench)), f"table.{name}", area)
        if wait:
            page.until(lambda: "row" in page.text("status.count"))
        return page

    return opened


@pytest.fixture
def no_book() -> Callable[[], object]:
    """A book that cannot be opened."""

    def broken() -> object:
        raise OSError

    return broken


@pytest.fixture
def proposed(desk):
    """A change of a rule that the analyst has proposed."""
    analyst = desk.acting(sandbox_actor(ANALYST))
    starts = date(2026, 10, 1)
    change = RuleChange("new_emi_ratio_refer_from", "ALL", 320_000, starts, "Board note 14/2026")
    return propose_rule(ProposeRule(new_id(analyst), change, "Early defaults"), analyst)
