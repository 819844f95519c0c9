"""The real window on a bank of as many loans as wished, on either engine, with a supervisor at it.

KASAUTI_BENCH_SCALE is the number of loans (20,000 without it; the targets are 1,000,000 on
PostgreSQL and 100,000 on SQLite); a branch has 2,000. The book lies in the folder for temporary
files and goes when the work ends, when it fails, and when it is asked to stop (Ctrl+C, SIGTERM).
"""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from benchmark_books import migrated, server
from benchmark_life import MORE, LivedBank
from benchmark_portfolio import DAY, fill_bank
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from app.services.steps.desk import Actor, Desk
    from app.ui.main_window import MainWindow
    from app.ui.widgets.screen import Screen

LOANS = int(os.environ.get("KASAUTI_BENCH_SCALE", "20000"))
A_BRANCH = 2_000
BYTES_A_LOAN = 30_000
"""Room that a loan with its dues, receipts and month ends needs while its book is filled, both
files of SQLite or the server's log among it; two thirds of it, or half, stay."""
PERSON = UUID("07000000-0000-7000-8000-000000000001")
GIVE_UP_S = 60
_LOOK_MS = 2
Driver = Any
"""What SQLAlchemy hands over; it is not imported before it is needed."""


class NoRoomError(RuntimeError):
    """The disc has no room for a book of that size."""


@contextmanager
def scale_book(engine_name: str) -> Iterator[str]:
    """The address of a filled book.

    Raises:
        NoRoomError: it would not fit.
    """
    free, needed = shutil.disk_usage(tempfile.gettempdir()).free, LOANS * BYTES_A_LOAN
    if free < needed:
        message = f"{LOANS:,} loans need {needed >> 30} GB in {tempfile.gettempdir()}"
        raise NoRoomError(message)
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    try:
        if engine_name == "postgresql":
            with server() as url:
                _fill(url)
                yield url
            return
        with tempfile.TemporaryDirectory(prefix="kv-bench-") as folder:
            url = f"sqlite:///{folder}/book.sqlite3"
            _fill(url)
            yield url
    finally:
        signal.signal(signal.SIGTERM, before)


def person() -> "Actor":
    """The supervisor of the first branch."""
    from app.services.steps.desk import Actor
    from db.vocabulary.people import Role

    return Actor(PERSON, "bench", "Anand Kulkarni", 1, frozenset({Role.SUPERVISOR}))


def _fill(url: str) -> None:
    from db.engine import make_engine

    server_too = {} if url.startswith("sqlite") else {"statement_timeout_ms": 0}
    engine = make_engine(url, **server_too)
    began = time.monotonic()
    migrated(engine)
    branches = max(LOANS // A_BRANCH, 2)  # else there is no whole bank to choose
    fill_bank(engine, LOANS, branches, LivedBank, MORE)
    with tempfile.TemporaryDirectory(prefix="kv-bench-") as folder:
        _raise_alerts(_desk(url, Path(folder)), branches)
    size = _size(engine, url)
    engine.dispose()
    took = time.monotonic() - began
    sys.stderr.write(f"{LOANS:,} loans, {branches} branches: {took:,.0f} s, {size >> 20:,} MB\n")


def _size(engine: Driver, url: str) -> int:
    """How large the book is, in bytes."""
    if url.startswith("sqlite"):
        return Path(url.removeprefix("sqlite:///")).stat().st_size
    with engine.connect() as connection:
        found: int = connection.exec_driver_sql("SELECT pg_database_size('postgres')").scalar()
    return found


def _raise_alerts(desk: "Desk", branches: int) -> None:
    """The alerts that a day-end of every branch raises, and those of the bank."""
    from app.services.steps.open_account import row_maker
    from app.services.steps.settle_alerts import measured, settle_alerts, settle_values
    from db.records.monitor import WHOLE_BANK

    rulebook = desk.rulebook()
    for branch_id in range(1, branches + 1):
        with desk.open_book() as book:
            settle_alerts(book, branch_id, DAY, rulebook, row_maker(desk))
            book.commit()
    with desk.open_book() as book:
        values = measured(book, None, DAY)
        settle_values(book, WHOLE_BANK, DAY, values, (rulebook, row_maker(desk)))
        book.commit()


def _desk(url: str, folder: Path) -> "Desk":
    """The program's own desk on the book, on the day of the book."""
    from app.bootstrap import desk_ports
    from app.settings import read_settings

    settings = read_settings({}, {"data_dir": str(folder), "database": url})
    return desk_ports(settings).desk(DAY).acting(person())


class ScaleWindow:
    """The program's window on the book, the supervisor signed in.

    Attributes:
        window: the main window.
    """

    def __init__(self, url: str, folder: Path, theme: str = "light") -> None:
        from app.bootstrap import window_of
        from app.settings import read_settings

        given = {"data_dir": str(folder), "database": url, "theme": theme}
        self.window: MainWindow = window_of(read_settings({}, given))
        self.window.use_desk(_desk(url, folder))
        self.window.show()
        self.window.sign_in(person())
        self.settle()

    def page(self) -> "Screen":
        """The monitor.

        Raises:
            RuntimeError: it is not open.
        """
        page = self.window.parts.windows.page("monitor")
        if page is None:
            message = "the monitor did not open"
            raise RuntimeError(message)
        return page

    def settle(self) -> None:
        """Let the window work until no task waits."""
        loop, timer = QEventLoop(), QTimer(interval=_LOOK_MS)
        timer.timeout.connect(lambda: self.window.workbench.runner.active() or loop.quit())
        timer.start()
        loop.exec()
        timer.stop()

    def wait(self, holds: Callable[[], bool]) -> None:
        """Let the window work until something holds, without a pause.

        Raises:
            TimeoutError: it does not within a minute.
        """
        until = time.monotonic() + GIVE_UP_S
        while not holds():
            QApplication.processEvents()
            if time.monotonic() > until:
                raise TimeoutError

    def close(self) -> None:
        """Let go of the book and the lanes."""
        self.window.parts.forget_pages()
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()


if __name__ == "__main__":
    sys.exit("This is a part of build/bench.py")
