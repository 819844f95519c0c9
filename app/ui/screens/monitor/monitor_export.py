"""Saves every tab of the part looked at as one file: PDF with a page a tab, or a workbook."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.rules.money import count_shown
from app.services.steps.desk import Desk
from app.services.steps.monitor_scope import MonitorScope
from app.ui.tasks.task import Lane, Task, TaskControl, TaskFailed
from app.ui.widgets.screen import Screen
from app.ui.widgets.state_buttons import state_button

if TYPE_CHECKING:
    from app.services.save_portfolio_report import ReportSaved

ENDINGS = ("pdf", "xlsx")
_SAVING = "app.services.save_portfolio_report"  # loaded with the first export


class MonitorExport(QObject):
    """Asks for a file, writes it, and says on the page what came of it."""

    def __init__(self, page: Screen, scope: Callable[[], MonitorScope]) -> None:
        super().__init__(page)
        self._page = page
        self._scope = scope

    def ask(self) -> None:
        """Ask where to; nothing happens when nothing is chosen."""
        kinds = ";;".join(f"{ending.upper()} (*.{ending})" for ending in ENDINGS)
        name = f"portfolio.{ENDINGS[0]}"
        chosen, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Save the portfolio report"), name, kinds
        )
        if chosen:
            self.save(Path(chosen), self._scope())

    def save(self, target: Path, scope: MonitorScope) -> None:
        """Write the file; the tray of the main window shows how far it is."""
        if target.suffix.lower().removeprefix(".") not in ENDINGS:
            self._tell("bad", self.tr("Name a file that ends in .pdf or .xlsx."))
            return
        desk = self._page.workbench.desk
        task = Task(
            self.tr("Saving the portfolio report"),
            Lane.DATABASE,
            partial(_save, scope, target, desk),
            owner=self._page.name,
            writes=True,
        )
        self._page.workbench.runner.submit(task, self._saved, self._failed)

    def _saved(self, saved: "ReportSaved") -> None:
        words = self.tr("Saved as %1, %2 open loans.").replace("%1", saved.target.name)
        self._tell("good", words.replace("%2", count_shown(saved.loans)))

    def _failed(self, failure: TaskFailed) -> None:
        self._tell("bad", failure.sentence)

    def _tell(self, level: str, words: str) -> None:
        page = self._page
        page.clear_messages()
        close = state_button(self.tr("Close"), page.clear_messages, "link")
        page.show_message(level, words, (close,))


def _save(scope: MonitorScope, target: Path, desk: Desk, control: TaskControl) -> "ReportSaved":
    act = import_module(_SAVING)
    request = act.SavePortfolioReport(scope, target)
    saved: ReportSaved = act.save_portfolio_report(request, desk, control.progress)
    return saved
