"""Saves every tab of the part looked at as one file: PDF with a page a tab, or a workbook."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.services.drill_figure import drill_figure
from app.services.make_portfolio_report import (
    MakePortfolioReport,
    ReportFormat,
    make_portfolio_report,
)
from app.services.steps.desk import Desk
from app.services.steps.letter_file import check_target, write_letter
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.report_parts import MOST_LOANS, PRINTED_KEYS, ReportParts, scope_words
from app.services.watch_classes import watch_classes
from app.services.watch_cohorts import watch_cohorts
from app.services.watch_concentration import watch_concentration
from app.services.watch_repayment import watch_repayment
from app.services.watch_roll_rates import watch_roll_rates
from app.services.watch_security import watch_security
from app.services.watch_summary import watch_summary
from app.services.watch_tiles import monitor_tiles, monitor_trend
from app.ui.tasks.task import Lane, Task, TaskControl, TaskFailed
from app.ui.widgets.workbench import Workbench

_STEPS = 3  # read, made, written


@dataclass(frozen=True, slots=True)
class Saved:
    """The file that was written."""

    target: Path
    loans: int


def save_report(scope: MonitorScope, target: Path, desk: Desk, control: TaskControl) -> Saved:
    """Read every tab, make the file, write it (database lane).

    Raises:
        Refused: the person may not export, or the file cannot be written there.
    """
    chosen = ReportFormat(target.suffix.lower().removeprefix("."))
    check_target(target, f".{chosen}")
    parts = _read(scope, desk)
    control.progress(1, _STEPS)
    words = scope_words(scope, parts.tiles.head, desk)
    made = make_portfolio_report(MakePortfolioReport(parts, words, chosen), desk)
    control.progress(2, _STEPS)
    write_letter(target, made.content)
    return Saved(target, parts.loans.count)


def _read(scope: MonitorScope, desk: Desk) -> ReportParts:
    return ReportParts(
        tiles=monitor_tiles(scope, desk),
        trend=monitor_trend(scope, desk),
        alerts=watch_summary(scope, desk).alerts,
        classes=watch_classes(scope, desk),
        cohorts=watch_cohorts(scope, desk),
        rolls=watch_roll_rates(scope, desk),
        concentrations=tuple(watch_concentration(scope, desk, key) for key in PRINTED_KEYS),
        security=watch_security(scope, desk),
        repayment=watch_repayment(scope, desk),
        loans=drill_figure("outstanding", scope, desk, MOST_LOANS),
    )


class MonitorExport(QObject):
    """Asks for a file and writes it.

    Signals:
        told: what came of it; carries the level of the message and its words.
    """

    told = Signal(str, str)

    def __init__(self, bench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self._bench = bench
        self._window = window

    def ask(self, scope: MonitorScope) -> None:
        """Ask where to; nothing happens when nothing is chosen."""
        kinds = ";;".join(f"{kind.value.upper()} (*.{kind.value})" for kind in ReportFormat)
        name = f"portfolio.{ReportFormat.PDF.value}"
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save the portfolio report"), name, kinds
        )
        if chosen:
            self.save(Path(chosen), scope)

    def save(self, target: Path, scope: MonitorScope) -> None:
        """Write the file; the tray of the main window shows how far it is."""
        if target.suffix.lower().removeprefix(".") not in list(ReportFormat):
            self.told.emit("bad", self.tr("Name a file that ends in .pdf or .xlsx."))
            return
        task = Task(
            self.tr("Saving the portfolio report"),
            Lane.DATABASE,
            partial(save_report, scope, target, self._bench.desk),
            owner="monitor",
            writes=True,
        )
        self._bench.runner.submit(task, self._saved, self._failed)

    def _saved(self, saved: Saved) -> None:
        words = self.tr("Saved as %1, %2 open loans.").replace("%1", saved.target.name)
        self.told.emit("good", words.replace("%2", f"{saved.loans:,}"))

    def _failed(self, failure: TaskFailed) -> None:
        self.told.emit("bad", failure.sentence)
