"""The monitor in rare states, every tab of each: one loan, all closed, a day to come, book gone."""

from datetime import date
from typing import TYPE_CHECKING

from picture_books import book_of_few
from picture_studio import Studio

if TYPE_CHECKING:
    from pathlib import Path

    from app.services.steps.desk import Desk

AHEAD = date(2030, 1, 31)


class RareBooks:
    """The books, made once for both themes."""

    def __init__(self, desk: "Desk", home: "Path") -> None:
        self._books = {
            "one_loan": book_of_few(desk, home, 1),
            "all_closed": book_of_few(desk, home, 0),
        }

    def photograph(self, studio: Studio) -> None:
        """One theme and size."""
        for state, desk in self._books.items():
            studio.seat(desk.person(), desk)
            studio.window.navigate("monitor")
            studio.settle()
            for tab in _tabs() if state == "one_loan" else ("overview",):
                _choose(studio, tab)
                studio.keep(f"monitor_{tab}", state)
        _ahead(studio)
        _gone(studio)


def _tabs() -> tuple[str, ...]:
    from app.ui.screens.monitor.monitor_tabs import tab_places

    return tuple(place.name for place in tab_places())


def _choose(studio: Studio, tab: str) -> None:
    from PySide6.QtWidgets import QAbstractButton

    shown = studio.page().findChild(QAbstractButton, f"tab.{tab}")
    if shown.isVisible():
        shown.click()
        studio.settle()


def _ahead(studio: Studio) -> None:
    """A day that the list cannot offer: the act refuses it and says which days there are."""
    from app.rules.dates import date_shown
    from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
    from app.ui.widgets.picker import Choice, Picker

    studio.seat(sandbox_actor(CHECKER))
    studio.window.navigate("monitor")
    studio.settle()
    days = studio.page().findChild(Picker, "as_of_date")
    days.set_choices([Choice(AHEAD, date_shown(AHEAD))])
    days.set_value(AHEAD)
    studio.settle()
    studio.keep("monitor", "day_to_come")


def _gone(studio: Studio) -> None:
    """The book goes away between two refreshes: each tab keeps what it showed and says so."""
    from app.services.steps.sandbox_staff import CHECKER, sandbox_actor

    for tab in _tabs():
        studio.seat(sandbox_actor(CHECKER))
        studio.window.navigate("monitor")
        studio.settle()
        _choose(studio, tab)
        with studio.gone():
            studio.page().refresh()
            studio.settle()
            studio.keep(f"monitor_{tab}", "gone_in_mid_refresh")
