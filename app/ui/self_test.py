"""The `self-test` verb: open every screen of the real window offscreen and replay a score.

Run after an installation, with an empty environment and a new home: everything it needs must be
in the program itself.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.services.find_applications import FindApplications, find_applications
from app.services.find_loans import FindLoans, find_loans
from app.services.score_application import replay_assessment
from app.services.sign_in import sandbox_person
from app.services.steps.sandbox_staff import CHECKER, MAKER
from app.settings import Settings, read_settings
from app.ui.main_window import MainWindow
from app.ui.screen_catalogue import PLACES
from app.ui.tasks.task import JobState, TaskControl
from db.records.lists import ApplicationFilter, LoanFilter

WAIT_MS = 120_000
_POLL_MS = 20
_SUPERVISED = frozenset({"monitor", "queue", "loan_acts", "day_end"})
_NEEDS_RECORD = {
    "decision": "application_id",
    "customer": "customer_id",
    "documents": "application_id",
    "loan": "loan_id",
    "statement": "loan_id",
    "payment": "loan_id",
    "loan_change": "loan_id",
}


@dataclass(frozen=True, slots=True)
class ScreenState:
    """One screen and whether it opened."""

    name: str
    state: str


def self_test(words: Sequence[str], window_of: Callable[[Settings], MainWindow]) -> int:
    """Open every screen on a fresh sample book and replay a score; 0 when all are well.

    Args:
        words: `--json` prints the answer as one document.
        window_of: makes the main window.
    """
    with tempfile.TemporaryDirectory(prefix="kasauti-self-test-") as folder:
        settings = read_settings({}, {"data_dir": folder, "theme": "light"})
        states = SelfTestWalk(window_of(settings)).run()
    well = all(state.state == "ok" for state in states)
    answer = {
        "screens": [{"name": s.name, "state": s.state} for s in states],
        "state": "ok" if well else "fail",
    }
    if "--json" in words:
        sys.stdout.write(json.dumps(answer) + "\n")
    else:
        sys.stdout.writelines(f"{state.name:<24}{state.state}\n" for state in states)
    return 0 if well else 1


class SelfTestWalk:
    """Opens the sandbox, then every screen, then replays one stored assessment."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def run(self) -> list[ScreenState]:
        """Visit everything."""
        window, opener = self._window, self._window.workbench.open_sandbox
        window.show()
        self._settle()
        if opener is None:
            return [ScreenState("sandbox", "fail")]
        desk = opener(TaskControl(lambda _progress: None))
        window.use_desk(desk)
        found = find_applications(FindApplications(ApplicationFilter(), 1, None), desk).page.rows[0]
        loan = find_loans(FindLoans(LoanFilter(), 1, None), desk).page.rows[0]
        records = {
            "application_id": found.application_id,
            "customer_id": found.customer_id,
            "loan_id": loan.loan_id,
        }
        states = [self._open(name, records) for name in PLACES]
        replayed = replay_assessment(found.application_id, desk)
        states.append(ScreenState("replayed score", "ok" if replayed.replayed_equal else "fail"))
        window.close()
        return states

    def _open(self, name: str, records: dict[str, UUID]) -> ScreenState:
        window = self._window
        staff = CHECKER if name in _SUPERVISED else MAKER
        window.sign_in(sandbox_person(staff, window.desk).actor)
        self._settle()
        if name == "sign_in":
            window.sign_in(None)
        else:
            needed = _NEEDS_RECORD.get(name)
            window.navigate(name, **({needed: records[needed]} if needed else {}))
        self._settle()
        shown = window.parts.windows.page(name) or window.parts.pages.shown()
        opened = shown is not None and shown.name == name
        runner = window.workbench.runner
        failed = any(job.state is JobState.FAILED for job in runner.jobs())
        return ScreenState(name, "ok" if opened and not failed else "fail")

    def _settle(self) -> None:
        """Let the window work until no task waits or the time is up."""
        deadline = QDeadlineTimer(WAIT_MS)
        while not deadline.hasExpired():
            QApplication.processEvents()
            if not self._window.workbench.runner.active():
                return
            pause = QEventLoop()
            QTimer.singleShot(_POLL_MS, pause.quit)
            pause.exec()
