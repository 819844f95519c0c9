"""Photograph the real window on a fresh sample book: `python3 build/pictures.py [FOLDER]`.

Without a folder the pictures of README.md are taken anew. With one, every screen is photographed
there in both themes and at both usual sizes; `--only payment,loan` leaves the others out.
`--states FOLDER` takes every state of lists and panels instead (see pictures_of_states.py), and
`--scale FOLDER` the monitor on a large bank (see pictures_at_scale.py). People and records are
those of the sample book, so the same program takes the same pictures; an application is typed in by
key presses.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import environment
from picture_records import records_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from app.services.steps.desk import Desk
    from app.ui.main_window import MainWindow

README_FOLDER = environment.ROOT / "resources" / "help" / "pictures"
SIZES = ((1366, 768), (1920, 1080))
THEMES = ("light", "dark")
LOAN_TABS = ("", "ledger", "payments", "security", "class", "provision", "documents", "timeline")
SUPERVISED = frozenset({"monitor", "queue", "loan_acts", "day_end"})
TYPED = {
    "loan_purpose": "Home renovation",
    "loan_amount": "10L",
    "loan_tenure_months": "60",
    "interest_rate": "12.25",
}
WAIT_MS = 60_000
_MOST_LOOKS = 20
PAUSE_MS = 400  # longer than the pause in typing after which figures are asked for


class Shot(NamedTuple):
    """One picture: a screen, how it looks, the name of its file, and which tab is chosen."""

    screen: str
    file: str
    theme: str = "light"
    size: tuple[int, int] = SIZES[0]
    tab: str = ""


README_SHOTS = (
    Shot("decision", "decision"),
    Shot("customers", "customers"),
    Shot("application_form", "application_form"),
    Shot("decision", "decision_dark", "dark"),
    Shot("monitor", "portfolio"),
    Shot("loan", "loan"),
    Shot("disbursement", "disbursement"),
)


def every_screen(only: str) -> list[Shot]:
    """All screens, or those named with commas between; both themes, both sizes.

    Raises:
        SystemExit: there is no such screen.
    """
    from app.ui.screen_catalogue import PLACES

    names = only.split(",") if only else list(PLACES)
    unknown = [name for name in names if name not in PLACES]
    if unknown:
        raise SystemExit(f"No such screen: {', '.join(unknown)}; there are {', '.join(PLACES)}")
    return [
        Shot(name, f"{'_'.join(filter(None, (name, tab)))}_{theme}_{size[0]}", theme, size, tab)
        for size in SIZES
        for theme in THEMES
        for name in names
        for tab in _tabs_of(name)
    ]


def _tabs_of(screen: str) -> tuple[str, ...]:
    """Every tab of the monitor and of a loan's account; any other screen as it opens."""
    if screen == "loan":
        return LOAN_TABS
    if screen != "monitor":
        return ("",)
    from app.ui.screens.monitor.monitor_tabs import tab_places

    return tuple(place.name for place in tab_places())


class Photographer:
    """Walks the window through its screens on the sample book."""

    def __init__(self, window: "MainWindow", desk: "Desk") -> None:
        self._window = window
        window.use_desk(desk)
        window.show()
        self._ids = records_of(desk)

    def take(self, shot: Shot, folder: Path) -> None:
        """Open the screen as the person whose work it is, and keep its picture."""
        from PySide6.QtWidgets import QApplication

        from app.services.sign_in import sandbox_person
        from app.services.steps.sandbox_staff import CHECKER, MAKER

        window = self._window
        running = QApplication.instance()
        if isinstance(running, QApplication):
            window.workbench.theme.apply(running, shot.theme)
        window.resize(*shot.size)
        staff = CHECKER if shot.screen in SUPERVISED else MAKER
        window.sign_in(sandbox_person(staff, window.desk).actor)
        self._settle()
        if shot.screen == "sign_in":
            window.sign_in(None)
        else:
            window.navigate(shot.screen, **self._ids.get(shot.screen, {}))
        self._shown().resize(*shot.size)  # a window of its own came up no larger than its screen
        self._settle()
        self._prepare(shot)
        self._still().save(str(folder / f"{shot.file}.png"))
        sys.stderr.write(f"{shot.file}.png\n")
        if shot.screen == "application_form":
            self._forget_typing()

    def _prepare(self, shot: Shot) -> None:
        """Do on the screen what its picture shows."""
        if shot.screen == "application_form":
            self._type()
        if shot.screen == "day_end":
            self._press("action.day_end.preview")
        if shot.tab:
            self._choose(shot.tab)

    def _still(self) -> "QPixmap":
        """The window once nothing in it moves any more: layouts follow what was read."""
        from PySide6.QtTest import QTest

        window = self._shown()
        before, now = None, window.grab()
        for _ in range(_MOST_LOOKS):
            if before is not None and before.toImage() == now.toImage():
                break
            QTest.qWait(PAUSE_MS)
            before, now = now, window.grab()
        return now

    def _shown(self) -> "QWidget":
        """The main window, or the monitor's own."""
        page = self._window.parts.windows.page("monitor")
        return self._window if page is None else page.window()

    def _choose(self, tab: str) -> None:
        from PySide6.QtWidgets import QAbstractButton

        window = self._shown()
        window.findChild(QAbstractButton, f"tab.{tab}").click()
        self._settle()
        if tab == "stress":
            window.findChild(QAbstractButton, "action.monitor.run_stress").click()
            self._settle()

    def _type(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QWidget

        for name, text in TYPED.items():
            field = self._window.findChildren(QWidget, name)[-1]
            target = field.focusProxy() or field
            target.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClicks(target, text)
            QTest.keyClick(target, Qt.Key.Key_Tab)
        self._settle()

    def _press(self, name: str) -> None:
        """Do what a key of the page does."""
        from PySide6.QtGui import QAction

        actions = self._window.findChildren(QAction, name)
        next(each for each in actions if each.isEnabled()).trigger()
        self._settle()

    def _forget_typing(self) -> None:
        """Leave the form behind without the question what to do with the draft."""
        self._window.parts.forget_pages()

    def _settle(self) -> None:
        """Let the window work until no task waits, timers of a pause in typing among them."""
        from PySide6.QtTest import QTest

        waited = 0
        QTest.qWait(PAUSE_MS)
        while self._window.workbench.runner.active() and waited < WAIT_MS:
            QTest.qWait(20)
            waited += 20
        QTest.qWait(PAUSE_MS)


def photograph(folder: Path, shots: "list[Shot]", *, states: str = "") -> None:
    """Make the sample book in a folder of its own and take the pictures."""
    import pictures_of_loan_states
    import pictures_of_states

    from app.bootstrap import open_sandbox, window_of
    from app.settings import read_settings
    from app.ui.tasks.task import TaskControl

    with tempfile.TemporaryDirectory(prefix="kasauti-pictures-") as home:
        settings = read_settings({}, {"data_dir": home, "theme": "light"})
        window = window_of(settings)
        desk = open_sandbox(settings, TaskControl(lambda _progress: None))
        if states:
            ids = records_of(desk)
            if states == "all":
                pictures_of_states.photograph_states(window, desk, folder, ids)
            pictures_of_loan_states.photograph_loan_states(window, desk, folder, ids)
        photographer = Photographer(window, desk)
        for shot in shots:
            photographer.take(shot, folder)
        window.parts.forget_pages()
        window.close()


def main() -> int:
    """Take the pictures of README.md, or of everything in the folder named."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("folder", nargs="?", type=Path, help="every screen, photographed there")
    reader.add_argument("--only", default="", metavar="NAMES", help="these screens, in FOLDER")
    reader.add_argument("--states", type=Path, metavar="FOLDER", help="every state, there")
    reader.add_argument("--loan-states", type=Path, metavar="FOLDER", help="those of loans, there")
    reader.add_argument("--scale", type=Path, metavar="FOLDER", help="the monitor of a bank, there")
    given = reader.parse_args()
    folder = given.states or given.loan_states or given.scale or given.folder
    if Path(sys.prefix) != environment.VENV:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        return subprocess.call([str(environment.PYTHON), __file__, *sys.argv[1:]])
    sys.path.insert(0, str(environment.ROOT))
    (folder or README_FOLDER).mkdir(parents=True, exist_ok=True)
    if given.scale:
        from pictures_at_scale import photograph_at_scale

        photograph_at_scale(given.scale)
        return 0
    stated = given.states or given.loan_states
    shots = [] if stated else every_screen(given.only) if folder else list(README_SHOTS)
    which = "all" if given.states else "loans" if given.loan_states else ""
    photograph(folder or README_FOLDER, shots, states=which)
    return 0


if __name__ == "__main__":
    sys.exit(main())
