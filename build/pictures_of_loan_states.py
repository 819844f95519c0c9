"""Every state of the pages of loans, on real books; `build/pictures.py --loan-states FOLDER`.

As in pictures_of_states.py nothing is put into a widget by hand. Beside waiting, failing, stopped
and stale pages it shows what only these pages have: a payment refused and posted with its receipt,
money beyond what is due, a contact being written down, a day-end that runs.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from picture_studio import Studio
from pictures_of_states import (
    BUSY_MS,
    CANCEL_MS,
    SIZES,
    SKELETON_MS,
    THEMES,
    WORDS_MS,
    empty_desk,
)

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from app.ui.main_window import MainWindow

PAGES = (
    "loans",
    "loan",
    "payment",
    "disbursement",
    "statement",
    "loan_change",
    "loan_acts",
    "day_end",
)
FIRST_USE = ("loans", "payment", "loan_acts", "day_end")
UPI = "431277881200"
Ids = dict[str, dict[str, object]]


def waiting(studio: Studio, ids: Ids) -> None:
    """Skeleton, words, Cancel, what Cancel says, and the page once it is read."""
    from app.services.steps.sandbox_staff import CHECKER, sandbox_actor

    for screen in PAGES:
        studio.seat(sandbox_actor(CHECKER))
        with studio.slow():
            studio.window.navigate(screen, **ids.get(screen, {}))
            studio.wait(SKELETON_MS)
            studio.keep(screen, "loading_skeleton")
            studio.wait(WORDS_MS - SKELETON_MS)
            studio.keep(screen, "loading_words")
            studio.wait(CANCEL_MS - WORDS_MS)
            studio.keep(screen, "loading_cancel")
            studio.stack().stop()
            studio.wait(BUSY_MS)
            studio.keep(screen, "stopped")
        studio.settle()
        studio.page().refresh()
        studio.settle()
        studio.keep(screen, "content")


def failing(studio: Studio, ids: Ids) -> None:
    """A page that was read and can no longer be, and one that was never read."""
    from app.services.steps.sandbox_staff import CHECKER, sandbox_actor

    for screen in PAGES:
        studio.seat(sandbox_actor(CHECKER))
        studio.window.navigate(screen, **ids.get(screen, {}))
        studio.settle()
        with studio.gone():
            studio.page().refresh()
            studio.settle()
            studio.keep(screen, "stale")
        studio.seat(sandbox_actor(CHECKER))
        with studio.gone():
            studio.window.sign_in(sandbox_actor(CHECKER))
            studio.settle()
            studio.window.navigate(screen, **ids.get(screen, {}))
            studio.settle()
            studio.keep(screen, "error")


def first_use(studio: Studio, empty: "Desk") -> None:
    """A branch without any loan."""
    from db.vocabulary.people import Role

    supervisor = replace(empty.person(), roles=frozenset({Role.SUPERVISOR}))
    for screen in FIRST_USE:
        studio.seat(supervisor, empty)
        studio.window.navigate(screen)
        studio.settle()
        studio.keep(screen, "first_use")


def payments(studio: Studio, ids: Ids) -> None:
    """Refused for what is missing, more than is due, posted with its receipt."""
    from app.services.steps.sandbox_staff import MAKER, sandbox_actor

    studio.seat(sandbox_actor(MAKER))
    studio.window.navigate("payment", **ids["payment"])
    studio.settle()
    _post(studio)
    studio.keep("payment", "refused")
    _fill(studio, "amount", "2,00,000")
    studio.settle()
    studio.keep("payment", "more_than_due")
    _fill(studio, "amount", "12,003")
    _choose(studio, "UPI")
    _fill(studio, "reference", UPI)
    studio.settle()
    _post(studio)
    studio.keep("payment", "posted")


def contacts(studio: Studio, ids: Ids) -> None:
    """A contact on an account, a promise in it, and one with a customer."""
    from app.services.read_loan import ReadLoan, read_loan
    from app.services.steps.sandbox_staff import MAKER, sandbox_actor
    from app.ui.widgets.picker import Picker
    from db.vocabulary.operations import CallOutcome

    studio.seat(sandbox_actor(MAKER))
    found = read_loan(ReadLoan(ids["loan"]["loan_id"]), studio.window.desk)  # type: ignore[arg-type]  # an id
    customer = {"customer_id": found.loan.customer_id}
    for screen, arguments in (("loan", ids["loan"]), ("customer", customer)):
        studio.window.navigate(screen, **arguments)
        studio.settle()
        studio.press(f"{screen}.log_contact")
        studio.settle()
        studio.keep(screen, "contact")
        studio.page().findChild(Picker, "outcome").set_value(CallOutcome.PROMISE)
        studio.settle()
        studio.keep(screen, "promise")
        studio.press("contact.save")
        studio.settle()
        studio.keep(screen, "contact_refused")


def day_ends(studio: Studio) -> None:
    """A dry run of ten days, running and done."""
    from app.services.steps.sandbox_staff import CHECKER, sandbox_actor

    studio.seat(sandbox_actor(CHECKER))
    studio.window.navigate("day_end")
    studio.settle()
    _fill(studio, "date", "10 Oct 2026")
    studio.press("day_end.preview")
    studio.wait(SKELETON_MS)
    studio.keep("day_end", "running")
    studio.settle()
    studio.keep("day_end", "dry_run")


def _post(studio: Studio) -> None:
    studio.press("payment.post")
    studio.settle()
    studio.wait(SKELETON_MS)


def _fill(studio: Studio, name: str, text: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QWidget

    field = studio.page().findChild(QWidget, name)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Tab)


def _choose(studio: Studio, method: str) -> None:
    from app.ui.widgets.picker import Picker
    from db.vocabulary.loan_life import PaymentMethod

    studio.page().findChild(Picker, "method").set_value(PaymentMethod(method))


def photograph_loan_states(window: "MainWindow", desk: "Desk", folder: Path, ids: Ids) -> None:
    """Take every state in both themes; what only these pages have at both sizes."""
    studio = Studio(window, desk, desk.data_dir, folder)
    home = desk.data_dir / "loans"
    home.mkdir()
    empty = empty_desk(desk, home)
    window.show()
    for theme in THEMES:
        studio.dress(theme, SIZES[0])
        waiting(studio, ids)
        failing(studio, ids)
        first_use(studio, empty)
        for size in SIZES:
            studio.dress(theme, size)
            payments(studio, ids)
            contacts(studio, ids)
            day_ends(studio)
