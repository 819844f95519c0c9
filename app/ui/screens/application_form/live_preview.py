"""The score preview: a moment after the last key, on the compute lane, never stored."""

from PySide6.QtCore import QObject, QTimer

from app.rules.case_facts import CaseFacts
from app.services.preview_score import preview_score
from app.services.steps.risk_estimate import RiskEstimate
from app.ui.screens.application_form.live_panel import LivePanel
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.workbench import Workbench

_PAUSE_MS = 150


class LivePreview(QObject):
    """Asks for a preview when wanted and possible; a newer case replaces an older one."""

    def __init__(self, workbench: Workbench, panel: LivePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._panel = panel
        self._case: CaseFacts | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._start)

    def queue(self, case: CaseFacts, *, wanted: bool) -> None:
        """Preview this case soon, or show none."""
        self._timer.stop()
        self._case = case if wanted else None
        if wanted:
            self._panel.dim_preview()
            self._timer.start()
        else:
            self._panel.show_preview(None)

    def _start(self) -> None:
        case, desk = self._case, self._workbench.desk
        if case is None:
            return
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
        if self._case is not None:
            self._panel.show_preview(estimate)

    def _failed(self, failure: TaskFailed) -> None:
        self._panel.show_no_preview(failure.sentence)
