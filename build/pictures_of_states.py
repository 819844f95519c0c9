"""Every state of lists and panels, photographed on real books: slow, empty, failing, forbidden.

Nothing is put into a widget by hand. Slow: the book opens and does not go on. Empty: a
book with one user and nothing else. Failing: the book's file is taken away. Forbidden: an officer
opens what supervisors see. `python3 build/pictures.py --states FOLDER` takes them.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from picture_studio import Studio
from pictures_of_monitor_states import RareBooks

if TYPE_CHECKING:
    from app.services.steps.desk import Actor, Desk
    from app.ui.main_window import MainWindow

LISTS = (
    "today", "customers", "applications", "queue", "loans", "follow_up", "rules", "products",
)  # fmt: skip
PANELS = ("monitor", "customer", "decision", "documents", "disbursement")
TABS = ("profile", "loans", "applications", "timeline", "notes")
NARROWED = ("customers", "applications", "loans", "follow_up", "rules", "products")
LARGE = ("customers", "monitor")
SIZES = ((1366, 768), (1920, 1080))
THEMES = ("light", "dark")
SEARCHED = "redy"
PROPOSABLE, QUEUED = 40, 3
# A little after each age at which the sign of waiting changes.
SKELETON_MS, WORDS_MS, CANCEL_MS, BUSY_MS = 400, 1_300, 5_600, 300


def empty_desk(desk: "Desk", home: Path) -> "Desk":
    """A desk on a new book with one officer and nothing else."""
    from app.book_ports import BookPorts
    from app.services.sign_in import CreateFirstUser, create_first_user

    ports = BookPorts(f"sqlite:///{home / 'empty.sqlite3'}", home, Path())
    made = replace(ports.desk(), model=desk.model)
    request = CreateFirstUser("anita", "Anita Desai", "0412", "a long enough phrase")
    return made.acting(create_first_user(request, made).actor)


def propose_some(desk: "Desk") -> None:
    """Three cases for the queue, proposed by the officer; the book is made without any."""
    from app.rules.maker_checker import Verdict
    from app.services.find_applications import FindApplications, find_applications
    from app.services.propose_decision import ProposeDecision, propose_decision
    from app.services.read_application import read_application
    from app.services.steps.ids import new_id
    from app.services.steps.sandbox_staff import MAKER, sandbox_actor
    from db.records.lists import ApplicationFilter
    from db.vocabulary.decisions import Decision, RiskLevel
    from db.vocabulary.loan_life import ApplicationStatus

    maker = desk.acting(sandbox_actor(MAKER))
    wanted = ApplicationFilter(status=ApplicationStatus.PENDING)
    rows = find_applications(FindApplications(wanted, PROPOSABLE, None), maker).page.rows
    verdict = Verdict(
        Decision.APPROVE, reasons=("APP-JUDGEMENT",), note="Income seen on three payslips."
    )
    for row in [each for each in rows if each.risk_level is RiskLevel.MEDIUM][:QUEUED]:
        seen = read_application(row.application_id, maker).application
        request = ProposeDecision(new_id(maker), row.application_id, seen.version, verdict)
        propose_decision(request, maker)


def first_reads(
    studio: Studio, screens: tuple[str, ...], ids: dict[str, dict[str, object]]
) -> None:
    """Skeleton, words, Cancel, and what Cancel says, of reads that wait for another writer."""
    from app.services.sign_in import sandbox_person
    from app.services.steps.sandbox_staff import CHECKER

    for screen in screens:
        studio.seat(sandbox_person(CHECKER, studio.desk).actor)
        with studio.slow():
            studio.window.navigate(screen, **ids.get(screen, {}))
            studio.wait(SKELETON_MS)
            studio.keep(screen, "loading_skeleton")
            studio.wait(WORDS_MS - SKELETON_MS)
            studio.keep(screen, "loading_words")
        studio.settle()
        studio.keep(screen, "content")


def cancelled(studio: Studio) -> None:
    """After five seconds Cancel is offered; pressed, it answers at once."""
    from app.services.sign_in import sandbox_person
    from app.services.steps.sandbox_staff import CHECKER

    studio.seat(sandbox_person(CHECKER, studio.desk).actor)
    with studio.slow():
        studio.window.navigate("customers")
        studio.wait(CANCEL_MS)
        studio.keep("customers", "loading_cancel")
        studio.press("app.jobs")
        studio.wait(200)
        studio.keep("customers", "jobs_running")
        studio.press("app.jobs")
        studio.stack().stop()
        studio.wait(BUSY_MS)
        studio.keep("customers", "stopped")
    studio.settle()


def reads_again(studio: Studio) -> None:
    """Old values dimmed while they are read again; old values kept when that fails."""
    from app.services.sign_in import sandbox_person
    from app.services.steps.sandbox_staff import CHECKER

    for screen in ("customers", "monitor"):
        studio.seat(sandbox_person(CHECKER, studio.desk).actor)
        studio.window.navigate(screen)
        studio.settle()
        page = studio.page()
        with studio.slow():
            page.refresh()
            studio.wait(BUSY_MS)
            studio.keep(screen, "updating")
            studio.wait(WORDS_MS)
            studio.keep(screen, "updating_words")
        studio.settle()
        with studio.gone():
            page.refresh()
            studio.settle()
            studio.keep(screen, "stale_offline")


def failures(studio: Studio, screens: tuple[str, ...], ids: dict[str, dict[str, object]]) -> None:
    """The first read of each fails; then the tray, with Retry."""
    from app.services.steps.sandbox_staff import CHECKER, sandbox_actor

    for screen in screens:
        studio.seat(sandbox_actor(CHECKER))
        with studio.gone():
            studio.window.sign_in(sandbox_actor(CHECKER))
            studio.settle()
            studio.window.navigate(screen, **ids.get(screen, {}))
            studio.settle()
            studio.keep(screen, "error")
            if screen == "customers":
                studio.press("app.jobs")
                studio.wait(200)
                studio.keep(screen, "jobs_failed")
                studio.press("app.jobs")


def empties(studio: Studio, empty: "Desk") -> None:
    """First use of each list."""
    for screen in ("today", "customers", "applications", "loans"):
        studio.seat(empty.person(), empty)
        studio.window.navigate(screen)
        studio.settle()
        studio.keep(screen, "first_use")
    supervisor = _with_roles(empty)
    studio.seat(supervisor, empty)
    for screen in ("monitor", "queue"):
        studio.window.navigate(screen)
        studio.settle()
        studio.keep(screen, "first_use")


def _with_roles(desk: "Desk") -> "Actor":
    from db.vocabulary.people import Role

    return replace(desk.person(), roles=frozenset({Role.SUPERVISOR}))


def narrowed(studio: Studio) -> None:
    """A search that nothing matches."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    from app.services.sign_in import sandbox_person
    from app.services.steps.sandbox_staff import MAKER

    studio.seat(sandbox_person(MAKER, studio.desk).actor)
    for screen in NARROWED:
        studio.window.navigate(screen)
        studio.settle()
        page = studio.page()
        box = page.findChild(QLineEdit, "search_text")
        QTest.keyClicks(box, SEARCHED)
        studio.wait(400)
        studio.settle()
        studio.keep(screen, "no_match")


def tabs(studio: Studio, ids: dict[str, dict[str, object]]) -> None:
    """Each tab of a customer: waiting, read, and failing for the first time."""
    from app.services.sign_in import sandbox_person
    from app.services.steps.sandbox_staff import MAKER

    for tab in TABS:
        studio.seat(sandbox_person(MAKER, studio.desk).actor)
        studio.window.navigate("customer", **ids["customer"])
        studio.settle()
        page = studio.page()
        with studio.slow():
            page.opened(tab=tab)
            studio.wait(CANCEL_MS)
            studio.keep(f"customer_{tab}", "loading_cancel")
        studio.settle()
        studio.keep(f"customer_{tab}", "content")
        with studio.gone():
            page.refresh()
            studio.settle()
            studio.keep(f"customer_{tab}", "stale_offline")


def forbidden(studio: Studio) -> None:
    """What an officer may not see."""
    from app.services.sign_in import sandbox_person
    from app.services.steps.sandbox_staff import MAKER

    studio.seat(sandbox_person(MAKER, studio.desk).actor)
    studio.window.navigate("monitor")
    studio.settle()
    studio.keep("monitor", "no_permission")


def photograph_states(
    window: "MainWindow", desk: "Desk", folder: Path, ids: dict[str, dict[str, object]]
) -> None:
    """Take every state in both themes; the main lists at both usual sizes."""
    home = desk.data_dir
    studio = Studio(window, desk, home, folder)
    empty = empty_desk(desk, home)
    propose_some(desk)
    rare = RareBooks(desk, home)
    window.show()
    for theme in THEMES:
        studio.dress(theme, SIZES[0])
        first_reads(studio, (*LISTS, *PANELS), ids)
        tabs(studio, ids)
        for part in (cancelled, reads_again, narrowed, forbidden):
            part(studio)
        failures(studio, (*LISTS, *PANELS), ids)
        empties(studio, empty)
        rare.photograph(studio)
        studio.dress(theme, SIZES[1])
        first_reads(studio, LARGE, ids)
        forbidden(studio)
        failures(studio, LARGE, ids)
