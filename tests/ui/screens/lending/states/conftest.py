"""Books that are slow, fail or go away, on real SQLite and PostgreSQL, and pages opened on them.

Slow: SQLite stalls in the middle of each statement as over a disk that does not answer; on
PostgreSQL another connection holds the table. Failing: the server's connections are ended and
refused, the file is taken away. Ages of waiting are shortened, nothing sleeps.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from sqlalchemy import Connection, Engine, create_engine, event, text

from app.services.make_sample_book import MakeSampleBook, make_sample_book
from app.services.steps.desk import Desk
from app.services.steps.sandbox_staff import CHECKER, MAKER, sandbox_actor
from app.ui.screen_catalogue import build_screen
from app.ui.tasks.task_runner import TaskRunner
from app.ui.widgets import state_stack
from db.engine import make_engine
from db.migrations import runner as migrations
from db.running_work import StoppableWork, was_stopped
from db.security.key_store import FixedKeys
from db.unit_of_work import open_unit_of_work
from tests.ui.screens.conftest import shipped
from tests.ui.screens.lending.conftest import SandboxClock

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
        """No reading ends: of this table, or of anything on SQLite: its readers await no writer."""
        if self.server is None:
            with stalled(self.engine):
                yield
            return
        other = create_engine(self.engine.url)
        with other.connect() as connection:
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


@contextmanager
def stalled(engine: Engine) -> Iterator[None]:
    """The database file stops answering in the middle of every statement while the block runs."""
    answers = threading.Event()

    def wait() -> bool:
        while not answers.wait(0.01) and not was_stopped():
            pass
        return False  # the interrupt that comes with a stop ends the statement, not we

    def stall(connection: Connection) -> None:
        connection.connection.driver_connection.set_progress_handler(wait, 1)

    event.listen(engine, "begin", stall)
    try:
        yield
    finally:
        event.remove(engine, "begin", stall)
        answers.set()


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
def book(request, tmp_path, sample_book, rulebook, champion) -> Iterator[Book]:
    if request.param == "sqlite":
        folder = tmp_path / "book"
        folder.mkdir()
        file = folder / "sandbox.sqlite3"
        file.write_bytes(sample_book)
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
def open_page(workbench, book, qtbot, monkeypatch) -> Iterator[Callable[..., QWidget]]:
    """Open a page as the shell does, its ages of waiting shortened."""
    for name in ("BUSY_AFTER_MS", "SKELETON_AFTER_MS", "WORDS_AFTER_MS", "CANCEL_AFTER_MS"):
        monkeypatch.setattr(state_stack, name, getattr(state_stack, name) // 50)
    workbench.shell.desk = book.desk
    shown = []

    def opened(name: str, **arguments: object) -> QWidget:
        who = MAKER if name == "today" else CHECKER
        workbench.shell.desk = workbench.shell.desk.acting(sandbox_actor(who))
        page = build_screen(name, workbench)
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        page.opened(**arguments)
        page.refresh()
        shown.append(page)
        return page

    yield opened
    for page in shown:
        page.close()


@pytest.fixture
def until(qtbot):
    return lambda condition: qtbot.waitUntil(condition, timeout=WAIT_MS)
