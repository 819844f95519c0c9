"""The composition root: the one file that knows every part and wires them.

Rooms are imported when they are first needed, so that the window paints before SQLAlchemy,
numpy or the model have been loaded, and so that a verb never loads Qt.
"""

import faulthandler
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.book_ports import BookPorts, shipped_rulebook
from app.logging_setup import start_logging
from app.resource_files import resource
from app.services.steps.desk import Desk
from app.services.steps.file_kinds import limits_of
from app.services.steps.refusal import RefusalKind
from app.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from app.cli.verb import DeskRequest
    from app.ui.main_window import MainWindow
    from app.ui.tasks.task import TaskControl

_WINDOW_OPTIONS = frozenset({"--data-dir", "--database", "--config", "--theme", "--lang"})
_VALUE_OPTIONS = _WINDOW_OPTIONS | {"--branch", "--as", "--as-of"}
_MONITOR = "--monitor"  # the portfolio monitor opens at sign-in
SANDBOX_BOOK = "sandbox.sqlite3"
DESK_BOOK = "kasauti.sqlite3"


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
        return _ports(f"sqlite:///{file}", folder, settings)
    return desk


def desk_ports(settings: Settings) -> BookPorts:
    """The ports of the address given, else of the desk's own SQLite file."""
    folder = settings.data_dir
    folder.mkdir(parents=True, exist_ok=True)
    url = settings.text("database") or f"sqlite:///{folder / DESK_BOOK}"
    return _ports(url, folder, settings)


def _ports(url: str, folder: Path, settings: Settings) -> BookPorts:
    ports = BookPorts(url, folder, _model_dir(settings))
    ports.attachment_limits = limits_of(settings)
    return ports


def _model_dir(settings: Settings) -> Path:
    chosen = settings.text("model_dir")
    return Path(chosen) if chosen else resource("models/champion")


def _has_users(ports: BookPorts, file: Path) -> bool:
    if not file.exists():
        return False
    with ports.open_book().for_reading() as book:
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
    """The desk of a verb, its book opened unless the verb needs none."""
    settings = settings_of(request)
    start_logging(settings.data_dir, settings.text("log_level"))
    if not request.opens_book:
        return replace(desk_ports(settings).desk(request.as_of), rulebook=shipped_rulebook)
    ports = ports_of(settings, sandbox=request.sandbox)
    ports.lift = request.migrates
    _ = ports.engine
    return ports.desk(request.as_of)


def open_sandbox(settings: Settings, control: "TaskControl") -> Desk:
    """Open the sample book, making it when it is empty (database lane)."""
    from app.services.make_sample_book import MakeSampleBook, make_sample_book
    from app.services.sign_in import sandbox_person
    from app.services.steps.sandbox_staff import MAKER

    ports = ports_of(settings, sandbox=True)
    with ports.open_book().for_reading() as book:
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
    verb = verb_in(words)
    if verb == "self-test":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from app.ui.self_test import self_test

        return self_test(list(words), window_of)
    if verb or {"-h", "--help"} & set(words):
        from app.cli.verb_table import run_verb

        return run_verb(list(words), build_desk)
    return open_window(words)


def verb_in(words: Sequence[str]) -> str:
    """The first word that is neither an option nor the value of one; empty for the window.

    >>> verb_in(["--data-dir", "desk", "customers"]), verb_in(["--data-dir", "desk"])
    ('customers', '')
    """
    waiting = iter(words)
    for word in waiting:
        if word in _VALUE_OPTIONS:
            next(waiting, None)
        elif not word.startswith("-"):
            return word
    return ""


def window_settings(words: Sequence[str]) -> Settings:
    """Settings of the window, with the options of its command line.

    Raises:
        SettingsError: an option is not one of the window, or a setting cannot be used.
    """
    given: dict[str, str] = {}
    waiting = (word for word in words if word != _MONITOR)
    for word in waiting:
        option, equals, value = word.partition("=")
        if option not in _WINDOW_OPTIONS:
            raise SettingsError(f"The window has no option {option}")
        given[option[2:].replace("-", "_")] = value if equals else next(waiting, "")
    config = given.pop("config", "")
    return read_settings(os.environ, given, Path(config) if config else None)


def window_of(settings: Settings) -> "MainWindow":
    """The main window on the desk's own book; nothing is opened before its lanes start."""
    from PySide6.QtWidgets import QApplication

    from app.ui.main_window import MainWindow
    from app.ui.tasks.task import Lane, Task
    from app.ui.theme import Theme
    from db.running_work import StoppableWork

    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["kasauti"])
    app.setApplicationName("Kasauti")
    theme = Theme(app)
    theme.apply(app, settings.text("theme"))
    ports = desk_ports(settings)
    window = MainWindow(
        ports.desk(), lambda control: open_sandbox(settings, control), StoppableWork
    )
    window.workbench.runner.submit(
        Task("Loading the model", Lane.COMPUTE, lambda _control: ports.model().label, quiet=True),
        window.parts.status.show_model,
    )
    return window


def open_window(words: Sequence[str]) -> int:
    """Open the window for people; one program a data folder."""
    from PySide6.QtCore import QLockFile
    from PySide6.QtWidgets import QApplication

    try:
        settings = window_settings(words)
        limits_of(settings)
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
    if _MONITOR in words:
        window.parts.windows.at_sign_in = "monitor"
    window.open_on_screen()
    code = app.exec()
    lock.unlock()
    return code
