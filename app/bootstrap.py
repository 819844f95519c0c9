"""The composition root: the one file that knows every part and wires them.

Rooms are imported when they are first needed, so that the window paints before SQLAlchemy,
numpy or the model have been loaded, and so that a verb never loads Qt.
"""

import faulthandler
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.logging_setup import start_logging
from app.resource_files import resource
from app.services.steps.desk import Desk
from app.services.steps.refusal import RefusalKind, Refused
from app.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.cli.verb import DeskRequest
    from app.rules.rulebook import Rulebook
    from app.ui.main_window import MainWindow
    from app.ui.tasks.task import TaskControl
    from db.migrations.runner import ShippedData
    from db.security.key_store import BookKeys
    from db.unit_of_work import UnitOfWork
    from ml.runtime.risk_model import RiskModel

BANK_TIME = ZoneInfo("Asia/Kolkata")
SANDBOX_BOOK = "sandbox.sqlite3"
DESK_BOOK = "kasauti.sqlite3"


class BookPorts:
    """Opens the book, its rules and the model, each when it is first asked for.

    Attributes:
        url: address of the book.
        standing_day: the sandbox's day, known once the book has been opened.
    """

    def __init__(self, url: str, data_dir: Path, model_dir: Path) -> None:
        self.url = url
        self.standing_day: date | None = None
        self.sandbox = False
        self._data_dir = data_dir
        self._model_dir = model_dir
        self._rules: Rulebook | None = None
        self._model: RiskModel | None = None

    @cached_property
    def engine(self) -> "Engine":
        """The one engine of this process, its schema brought to this version first."""
        from db.engine import make_engine
        from db.migrations import runner
        from db.unit_of_work import open_unit_of_work

        engine = make_engine(self.url)
        if runner.current(engine) is None:
            runner.upgrade(engine, shipped_rules())
        runner.ensure_current(engine)
        with open_unit_of_work(engine, self.keys, reading=True) as book:
            kind = book.reference.book()
        self.sandbox, self.standing_day = kind.sandbox, kind.as_of
        return engine

    @cached_property
    def keys(self) -> "BookKeys":
        """The keys of this desk, made at first use."""
        from db.security.key_store import open_key_store

        return open_key_store(self._data_dir).keys()

    def open_book(self) -> "UnitOfWork":
        """Start a unit of work."""
        from db.unit_of_work import open_unit_of_work

        return open_unit_of_work(self.engine, self.keys)

    def rulebook(self) -> "Rulebook":
        """The rules of the book, read once."""
        if self._rules is None:
            from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows

            with self.open_book() as book:
                rows = parse_rule_rows(book.reference.rule_rows_json())
                products = parse_products(book.reference.products_json())
            self._rules = Rulebook(rows, products)
        return self._rules

    def model(self) -> "RiskModel":
        """The champion, verified before use.

        Raises:
            Refused: its files, signature or golden vectors are not as they must be.
        """
        if self._model is None:
            from ml.runtime.model_file import load_model, read_keys
            from ml.runtime.model_refused import ModelRefused

            try:
                keys = read_keys(resource("models/keys.json"), BookClock(self).today())
                self._model = load_model(self._model_dir, keys)
            except ModelRefused as refusal:
                logging.getLogger(__name__).exception("model refused")
                raise Refused(RefusalKind.MODEL, refusal.sentence) from refusal
        return self._model

    def desk(self, as_of: date | None = None) -> Desk:
        """A desk on this book with nobody at it; opens nothing by itself."""
        return Desk(
            open_book=self.open_book,
            clock=BookClock(self, as_of),
            rulebook=self.rulebook,
            model=self.model,
            data_dir=self._data_dir,
            sandbox=self.sandbox,
        )


@dataclass(frozen=True, slots=True)
class BookClock:
    """The clock of one book: real, or standing at the sandbox's day once the book is known."""

    ports: BookPorts
    as_of: date | None = None

    def today(self) -> date:
        """The business date in the bank's time zone."""
        standing = self._standing()
        return standing or self._instant().astimezone(BANK_TIME).date()

    def now(self) -> datetime:
        """The present instant in UTC; on a standing day, that day at the present time."""
        standing, instant = self._standing(), self._instant()
        return instant if standing is None else datetime.combine(standing, instant.timetz())

    def _standing(self) -> date | None:
        return self.as_of or self.ports.standing_day

    def _instant(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251  # this is the Clock port


def shipped_rules() -> "ShippedData":
    """The rule rows and products as shipped, for the first rows of a new book."""
    import json

    from db.migrations.runner import ShippedData

    def loaded(name: str) -> dict[str, object]:
        content: dict[str, object] = json.loads(
            resource(f"rules/{name}").read_text(encoding="utf-8")
        )
        return content

    return ShippedData(loaded("rule-rows.json"), loaded("products.json"))


def ports_of(settings: Settings, *, sandbox: bool = False) -> BookPorts:
    """The ports of the book that the settings mean.

    An address given beats everything. Otherwise the desk's own SQLite file is the book, or the
    sandbox beside it: when asked for, or while the desk has nobody of its own yet.
    """
    desk, folder = desk_ports(settings), settings.data_dir
    if settings.text("database"):
        return desk
    file = folder / SANDBOX_BOOK
    unused = file.exists() and not _has_users(desk, folder / DESK_BOOK)
    if sandbox or unused:
        return BookPorts(f"sqlite:///{file}", folder, _model_dir(settings))
    return desk


def desk_ports(settings: Settings) -> BookPorts:
    """The ports of the address given, else of the desk's own SQLite file."""
    folder = settings.data_dir
    folder.mkdir(parents=True, exist_ok=True)
    url = settings.text("database") or f"sqlite:///{folder / DESK_BOOK}"
    return BookPorts(url, folder, _model_dir(settings))


def _model_dir(settings: Settings) -> Path:
    chosen = settings.text("model_dir")
    return Path(chosen) if chosen else resource("models/champion")


def _has_users(ports: BookPorts, file: Path) -> bool:
    if not file.exists():
        return False
    with ports.open_book() as book:
        return book.users.any()


def settings_of(request: "DeskRequest") -> Settings:
    """Settings with what a verb was given on the command line."""
    given = {
        name: value
        for name in ("data_dir", "database", "branch", "lang")
        if (value := getattr(request, name)) is not None
    }
    config = Path(request.config) if request.config else None
    return read_settings(os.environ, given, config)


def build_desk(request: "DeskRequest") -> Desk:
    """The desk of a verb, its book opened."""
    settings = settings_of(request)
    start_logging(settings.data_dir, settings.text("log_level"))
    ports = ports_of(settings, sandbox=request.sandbox)
    _ = ports.engine
    return ports.desk(request.as_of)


def open_sandbox(settings: Settings, control: "TaskControl") -> Desk:
    """Open the sample book, making it when it is empty (database lane)."""
    from app.services.make_sample_book import MakeSampleBook, make_sample_book
    from app.services.sign_in import sandbox_person
    from app.services.steps.sandbox_staff import MAKER

    ports = ports_of(settings, sandbox=True)
    with ports.open_book() as book:
        empty = not book.users.any()
    if empty:
        make_sample_book(MakeSampleBook(), ports.desk(), control.progress, control.cancelled)
        ports = ports_of(settings, sandbox=True)
        _ = ports.engine
    return ports.desk().acting(sandbox_person(MAKER, ports.desk()).actor)


def main(words: Sequence[str]) -> int:
    """Answer a verb without Qt, or open the window.

    Args:
        words: the arguments after the program's name.

    Returns:
        The exit code of `commands.md`.
    """
    faulthandler.enable()
    if words and words[0] == "self-test":
        from app.ui.self_test import self_test

        return self_test(list(words[1:]), window_of)
    if any(not word.startswith("-") for word in words) or {"-h", "--help"} & set(words):
        from app.cli.verb_table import run_verb

        return run_verb(list(words), build_desk)
    return open_window()


def window_of(settings: Settings) -> "MainWindow":
    """The main window on the desk's own book; nothing is opened before its lanes start."""
    from PySide6.QtWidgets import QApplication

    from app.ui.main_window import MainWindow
    from app.ui.tasks.task import Lane, Task
    from app.ui.theme import Theme

    app = QApplication.instance() or QApplication(["kasauti"])
    app.setApplicationName("Kasauti")
    theme = Theme(app)
    theme.apply(app, settings.text("theme"))
    ports = desk_ports(settings)
    window = MainWindow(ports.desk(), lambda control: open_sandbox(settings, control))
    window.workbench.runner.submit(
        Task("Loading the model", Lane.COMPUTE, lambda _control: ports.model().label, quiet=True),
        window.show_model,
    )
    return window


def open_window() -> int:
    """Open the window for people; one program a data folder."""
    from PySide6.QtCore import QLockFile
    from PySide6.QtWidgets import QApplication

    try:
        settings = read_settings(os.environ, {})
    except SettingsError as refusal:
        sys.stderr.write(f"{refusal.sentence}\n")
        return RefusalKind.CONFIGURATION
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(settings.data_dir / "kasauti.lock"))
    if not lock.tryLock(0):
        sys.stderr.write("Kasauti is already open on this desk.\n")
        return RefusalKind.CONFLICT
    start_logging(settings.data_dir, settings.text("log_level"))
    app = QApplication(["kasauti"])
    window = window_of(settings)
    window.show()
    code = app.exec()
    lock.unlock()
    return code
