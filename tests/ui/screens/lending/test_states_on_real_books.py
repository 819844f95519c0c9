"""Slow, cancelled, failing, late and broken reads of every list, on real SQLite and PostgreSQL.

Slow: another connection holds the book (SQLite's write lock, a table lock on PostgreSQL). Failing:
the server's connections are ended and refused, the file is taken away. Ages are shortened, nothing
sleeps, and each statement is looked for on the server itself.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from sqlalchemy import Engine, create_engine, text

from app.services.make_sample_book import MakeSampleBook, make_sample_book
from app.services.steps.desk import Desk
from app.services.steps.sandbox_staff import CHECKER, MAKER, sandbox_actor
from app.ui.screen_catalogue import build_screen
from app.ui.tasks.task import JobState
from app.ui.tasks.task_runner import TaskRunner
from app.ui.widgets import state_stack
from app.ui.widgets.state_stack import StateStack, ViewState
from db.engine import make_engine
from db.migrations import runner as migrations
from db.running_work import StoppableWork
from db.security.key_store import FixedKeys
from db.unit_of_work import open_unit_of_work
from tests.ui.screens.conftest import shipped
from tests.ui.screens.lending.conftest import SandboxClock

# Each list, and a table it cannot be read without.
LISTS = {
    "today": "applications",
    "customers": "customers",
    "applications": "applications",
    "loans": "loans",
    "portfolio": "loans",
    "rules": "rule_values",
    "products": "products",
}
WAIT_MS = 30_000


@dataclass
class Book:
    """A book and a second connection to it."""

    engine: Engine
    desk: Desk
    server: object = None
    name: str = ""

    @contextmanager
    def held(self, table: str) -> Iterator[None]:
        """Somebody else writes: no reading begins (SQLite), none of this table (PostgreSQL)."""
        other = create_engine(self.engine.url)
        with other.connect() as connection:
            if self.server is None:
                connection.connection.driver_connection.isolation_level = None
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
            yield
        other.dispose()

    def waiting(self) -> int:
        """How many statements of this database wait for a lock on the server."""
        other = create_engine(self.engine.url)
        with other.connect() as connection:
            query = (
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            found = connection.execute(text(query)).scalar()
        other.dispose()
        return int(found or 0)

    @contextmanager
    def gone(self) -> Iterator[None]:
        """The file is away; the server ends this book's connections and takes no more."""
        self.engine.dispose()
        if self.server is None:
            file = Path(str(self.engine.url.database))
            hidden = file.parent.rename(file.parent.with_name("away"))
            yield
            hidden.rename(file.parent)
            return
        self.server.execute(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS false")
        self.server.execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name}'"
        )
        yield
        self.server.execute(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS true")


def desk_on(engine: Engine, rulebook, champion, folder: Path) -> Desk:
    keys = FixedKeys().keys()
    return Desk(
        open_book=lambda: open_unit_of_work(engine, keys),
        clock=SandboxClock(),
        rulebook=lambda: rulebook,
        model=lambda: champion,
        data_dir=folder,
        sandbox=True,
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def book(request, tmp_path, sample_file, rulebook, champion) -> Iterator[Book]:
    if request.param == "sqlite":
        folder = tmp_path / "book"
        folder.mkdir()
        file = folder / "sandbox.sqlite3"
        file.write_bytes(sample_file.read_bytes())
        engine = make_engine(f"sqlite:///{file}")
        yield Book(engine, desk_on(engine, rulebook, champion, folder))
        engine.dispose()
        return
    server = request.getfixturevalue("postgres_server")

    def fill(url: str) -> None:
        filling = make_engine(url)
        data = migrations.ShippedData(shipped("rule-rows.json"), shipped("products.json"))
        migrations.upgrade(filling, data)
        desk = desk_on(filling, rulebook, champion, tmp_path)
        make_sample_book(MakeSampleBook(customers=20, applications=30), desk)
        filling.dispose()

    name = server.fresh(server.template("states of lists", fill))
    engine = make_engine(server.url(name))
    yield Book(engine, desk_on(engine, rulebook, champion, tmp_path), server, name)
    engine.dispose()
    server.drop(name)


@pytest.fixture
def runner(qapp) -> Iterator[TaskRunner]:
    """A runner whose cancel reaches the statement, as the program's own does."""
    made = TaskRunner(make_stop=StoppableWork)
    yield made
    assert made.shut_down(), "a lane did not end"


@pytest.fixture
def open_list(workbench, book, qtbot, monkeypatch) -> Iterator[Callable[[str], QWidget]]:
    """Open a page as the shell does, its ages of waiting shortened."""
    for name in ("BUSY_AFTER_MS", "SKELETON_AFTER_MS", "WORDS_AFTER_MS", "CANCEL_AFTER_MS"):
        monkeypatch.setattr(state_stack, name, getattr(state_stack, name) // 50)
    workbench.shell.desk = book.desk
    shown = []

    def opened(name: str) -> QWidget:
        who = MAKER if name == "today" else CHECKER
        workbench.shell.desk = workbench.shell.desk.acting(sandbox_actor(who))
        page = build_screen(name, workbench)
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        page.opened()
        page.refresh()
        shown.append(page)
        return page

    yield opened
    for page in shown:
        page.close()


def stack_of(page: QWidget) -> StateStack:
    """The list itself, not the small cards beside it."""
    return max(page.findChildren(StateStack), key=lambda each: each.width() * each.height())


def button(page: QWidget, words: str) -> QPushButton | None:
    found = page.findChildren(QPushButton)
    return next((each for each in found if each.text() == words and each.isVisible()), None)


@pytest.fixture
def until(qtbot):
    return lambda condition: qtbot.waitUntil(condition, timeout=WAIT_MS)


@pytest.mark.parametrize("name", LISTS)
def test_a_slow_read_is_cancelled_at_once_and_leaves_the_server(
    open_list, book, workbench, until, name
):
    with book.held(LISTS[name]):
        page = open_list(name)
        states = stack_of(page)
        until(lambda: "…" in states.words())
        until(lambda: button(page, "Cancel") is not None)
        if book.server is not None:
            until(lambda: book.waiting() > 0)
        button(page, "Cancel").click()
        # Answered in the same turn of the loop, whatever the lane still does.
        assert states.state is ViewState.STOPPED
        assert "nothing was changed" in states.words()
        until(lambda: not workbench.runner.active())
        if book.server is not None:
            assert book.waiting() == 0
        assert states.state is ViewState.STOPPED
    button(page, "Read again").click()
    until(lambda: states.state is ViewState.CONTENT)


@pytest.mark.parametrize("name", LISTS)
def test_old_rows_are_dimmed_while_they_are_read_again_and_stay_when_it_fails(
    open_list, book, workbench, until, name
):
    page = open_list(name)
    states = stack_of(page)
    until(lambda: states.state is ViewState.CONTENT and not workbench.runner.active())
    with book.held(LISTS[name]):
        page.refresh()
        until(lambda: states.busy_words() != "")
        assert states.words() == ""  # no cover: the old values are there
        button(page, "Cancel") or until(lambda: button(page, "Cancel") is not None)
        states.stop()
        assert states.state is ViewState.STOPPED
        assert states.busy_words() == ""
        until(lambda: not workbench.runner.active())
    with book.gone():
        page.refresh()
        until(lambda: states.state is ViewState.STALE)
        until(lambda: not workbench.runner.active())
        assert states.words() == ""
        assert "Data as of 30 Sep 2026" in states._bar.text()
        assert states._bar.text().endswith(", offline")
    page.refresh()
    until(lambda: states.state is ViewState.CONTENT)


@pytest.mark.parametrize("name", LISTS)
def test_a_first_read_that_fails_says_what_and_offers_to_try_again(
    open_list, book, workbench, until, name
):
    with book.gone():
        page = open_list(name)
        states = stack_of(page)
        until(lambda: states.state is ViewState.ERROR)
        until(lambda: not workbench.runner.active())
        assert states.words().startswith("The book cannot be reached")
        button(page, "Copy details").click()
        copied = QGuiApplication.clipboard().text()
        assert "SELECT" not in copied
        failed = [job for job in workbench.runner.jobs() if job.state is JobState.FAILED]
        assert copied.split(": ")[1] in {job.report_id for job in failed}
    button(page, "Try again").click()
    until(lambda: states.state is ViewState.CONTENT)


@pytest.mark.parametrize("name", ["customers", "applications", "loans"])
def test_the_latest_search_wins_over_one_that_still_waits(open_list, book, workbench, until, name):
    page = open_list(name)
    states = stack_of(page)
    until(lambda: states.state is ViewState.CONTENT and not workbench.runner.active())
    box = page.findChild(QWidget, "search_text")
    table = page.findChild(QWidget, f"table.{name}")
    everybody = table.model().rowCount()
    with book.held(LISTS[name]):
        for words in ("nobody is called this", "nor this"):
            box.setText(words)
            box._send()
        assert table.model().rowCount() == everybody
        box.setText("")
        box._send()
    until(lambda: not workbench.runner.active())
    until(lambda: states.state is ViewState.CONTENT)
    assert table.model().rowCount() == everybody


def test_a_crash_shows_in_its_panel_and_the_page_lives_on(
    open_list, book, workbench, until, caplog
):
    def crashing() -> object:
        raise ZeroDivisionError("pan ABCPE1234F")

    good = workbench.shell.desk
    workbench.shell.desk = replace(good, open_book=crashing)
    page = open_list("loans")
    states = stack_of(page)
    until(lambda: states.state is ViewState.ERROR)
    until(lambda: not workbench.runner.active())
    assert "did not work" in states.words()
    assert "ABCPE" not in states.words()
    workbench.shell.desk = good.acting(sandbox_actor(CHECKER))
    button(page, "Try again").click()
    until(lambda: states.state is ViewState.CONTENT)
