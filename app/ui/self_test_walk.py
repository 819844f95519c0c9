"""Walks the real window through every screen, as `self-test` and the packaging tests do."""

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.services.find_applications import FindApplications, find_applications
from app.services.score_application import replay_assessment
from app.services.sign_in import sandbox_person
from app.services.steps.sandbox_staff import CHECKER, MAKER
from app.ui.main_window import MainWindow
from app.ui.screen_catalogue import PLACES
from app.ui.self_test import ScreenState
from app.ui.tasks.task import TaskControl
from db.records.lists import ApplicationFilter

_POLL_MS = 20
_NEEDS_SUPERVISOR = frozenset({"portfolio"})
_NEEDS_RECORD = {"decision": "application_id", "customer": "customer_id"}


class SelfTestWalk:
    """Opens the sandbox, then every screen, then replays one stored assessment."""

    def __init__(self, window: MainWindow, wait_ms: int) -> None:
        self._window = window
        self._wait_ms = wait_ms

    def run(self) -> list[ScreenState]:
        """Visit everything; a screen that fails names the class of the fault."""
        window, opener = self._window, self._window.workbench.open_sandbox
        window.show()
        self._settle()
        if opener is None:
            return [ScreenState("sandbox", "fail")]
        desk = opener(TaskControl(lambda _progress: None))
        window.use_desk(desk)
        found = find_applications(FindApplications(ApplicationFilter(), 1, None), desk).page.rows[0]
        records = {"application_id": found.application_id, "customer_id": found.customer_id}
        states = [self._open(name, records) for name in PLACES]
        replayed = replay_assessment(found.application_id, desk)
        states.append(ScreenState("replayed score", "ok" if replayed.replayed_equal else "fail"))
        window.close()
        return states

    def _open(self, name: str, records: dict[str, object]) -> ScreenState:
        staff = CHECKER if name in _NEEDS_SUPERVISOR else MAKER
        self._window.sign_in(sandbox_person(staff, self._window.desk).actor)
        needed = _NEEDS_RECORD.get(name)
        arguments = {needed: records[needed]} if needed else {}
        if name != "sign_in":
            self._window.navigate(name, **arguments)
        else:
            self._window.sign_in(None)
        self._settle()
        shown = self._window.parts.pages.shown()
        opened = shown is not None and shown.name == name
        faults = [job.sentence for job in self._window.workbench.runner.jobs() if job.sentence]
        return ScreenState(name, "ok" if opened and not faults else "fail")

    def _settle(self) -> None:
        """Let the window work until no task waits or the time is up."""
        deadline = QDeadlineTimer(self._wait_ms)
        while not deadline.hasExpired():
            QApplication.processEvents()
            if not self._window.workbench.runner.active():
                return
            pause = QEventLoop()
            QTimer.singleShot(_POLL_MS, pause.quit)
            pause.exec()
