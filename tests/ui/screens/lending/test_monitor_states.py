"""What the monitor says where there is nothing to show: a sentence each, never a zero (S80)."""

from dataclasses import replace
from datetime import date

import pytest

from app.services.make_sample_book import MakeSampleBook, make_sample_book
from app.services.steps.monitor_answers import BookState
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from app.services.watch_tiles import SENTENCES, monitor_tiles
from app.ui.screens.monitor.monitor_reading import HeadReading
from app.ui.screens.monitor.monitor_screen import MonitorScreen
from tests.ui.screens.lending.conftest import desk_at


@pytest.fixture
def page(workbench, drive, desk):
    workbench.shell.desk = desk.acting(sandbox_actor(CHECKER))
    driver = drive(MonitorScreen(workbench))
    driver.until(lambda: driver.raw("kpi.active_loans") != "")
    driver.until(lambda: not workbench.runner.active())
    return driver


@pytest.mark.parametrize("state", [BookState.ALL_CLOSED, BookState.NOTHING_FITS])
def test_a_book_without_open_loans_says_so_instead_of_zeros(page, workbench, state):
    screen = page.host.findChild(MonitorScreen)
    answer = monitor_tiles(MonitorScope(), workbench.desk)
    head = replace(answer.head, state=state, sentence=SENTENCES[state])
    screen._show_head(HeadReading(replace(answer, head=head), 1))
    assert SENTENCES[state] in page.words()
    assert not page.find("kpi.npa_ratio").isVisible()
    assert page.offers("Open applications") is (state is BookState.ALL_CLOSED)


def test_a_day_to_come_is_refused_with_the_days_there_are(page, workbench, monkeypatch):
    screen = page.host.findChild(MonitorScreen)
    ahead = MonitorScope(as_of=date(2030, 1, 31))
    monkeypatch.setattr(screen._parts.top, "scope", lambda: ahead)
    screen._look_elsewhere()
    page.until(lambda: "The book is closed up to 30 Sep 2026" in page.words())
    assert not page.find("kpi.npa_ratio").isVisible()


@pytest.fixture
def small(tmp_path, empty_book, rulebook, champion):
    """A sandbox of very few loans."""
    file = tmp_path / "small.sqlite3"
    file.write_bytes(empty_book.read_bytes())
    made, close = desk_at(file, rulebook, champion)
    make_sample_book(MakeSampleBook(customers=4, applications=6), made)
    yield made.acting(sandbox_actor(CHECKER))
    close()


def test_a_book_of_a_few_loans_shows_them_and_dashes_what_is_unknown(workbench, drive, small):
    workbench.shell.desk = small
    driver = drive(MonitorScreen(workbench))
    driver.until(lambda: driver.raw("kpi.active_loans") not in {"", "0"})
    for tab in ("class", "cohorts", "roll", "concentration", "security", "repayment", "overview"):
        driver.find(f"tab.{tab}").click()
        driver.until(lambda: not workbench.runner.active())
    answer = monitor_tiles(MonitorScope(), workbench.desk)
    unknown = [tile.name for tile in answer.tiles if tile.value is None]
    assert all(driver.raw(f"kpi.{name}") == "" for name in unknown)
    assert all(driver.find(f"kpi.{name}").text() == "\u2014" for name in unknown)
