"""The score preview: a moment after the last key, on the compute lane, never stored."""

from PySide6.QtCore import QObject, QTimer

from app.rules.case_facts import CaseFacts
from app.services.preview_score import preview_score
from app.services.steps.risk_estimate import RiskEstimate
from app.ui.screens.application_form.preview_card import PreviewCard
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.workbench import Workbench

# Issue 4 wants score and bars within 100 ms of a key: only the letters of a paste, a held key or a
# bar-code reader come closer together than this and share one preview.
_PAUSE_MS = 15


class LivePreview(QObject):
    """Asks for a preview when wanted and possible; a newer case replaces an older one."""

    def __init__(self, workbench: Workbench, card: PreviewCard, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._card = card
        self._case: CaseFacts | None = None
        self._asked: CaseFacts | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._start)

    def queue(self, case: CaseFacts, *, wanted: bool) -> None:
        """Preview this case soon, or show none."""
        self._timer.stop()
        self._case = case if wanted else None
        if wanted:
            self._card.dim()
            self._timer.start()
        else:
            self._card.show_nothing()

    def _start(self) -> None:
        case, desk = self._case, self._workbench.desk
        if case is None:
            return
        self._asked = case
        self._workbench.runner.submit(
            Task(
                self.tr("Previewing the score"),
                Lane.COMPUTE,
                lambda _control: preview_score(case, desk),
                key="application_form.preview",
                owner="application_form",
                quiet=True,
            ),
            self._show,
            self._failed,
        )

    def _show(self, estimate: RiskEstimate) -> None:
        if self._is_answered():
            self._card.show_estimate(estimate)

    def _failed(self, failure: TaskFailed) -> None:
        if self._is_answered():
            self._card.show_none(failure.sentence)

    def _is_answered(self) -> bool:
        """Whether the case on the screen is the one that was asked about."""
        return self._case is not None and self._case is self._asked
