"""The files of a day: its journal, and the report of what was closed."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.services.close_day import DaysClosed
from app.services.steps.day_report import day_report
from app.services.steps.desk import Desk
from app.services.steps.letter_file import check_target, write_letter
from app.services.write_journal import write_journal
from app.ui.screens.day_end.day_end_words import tr
from app.ui.tasks.task import Lane, Task, TaskControl, TaskFailed, Work
from app.ui.widgets.workbench import Workbench

_ENDING = ".csv"


def save_journal(day: date, target: Path, desk: Desk, _control: TaskControl) -> Path:
    """Make the journal of a day and write it (database lane).

    Raises:
        Refused: not permitted, it does not balance, or the file cannot be written there.
    """
    check_target(target, _ENDING)
    write_letter(target, write_journal(day, desk).content)
    return target


def save_report(done: DaysClosed, target: Path, _control: TaskControl) -> Path:
    """Write the report of what was closed (database lane).

    Raises:
        Refused: the file cannot be written there.
    """
    check_target(target, _ENDING)
    write_letter(target, day_report(done.days))
    return target


class DayFiles(QObject):
    """Asks for a place and writes the file beside the window's work.

    Signals:
        said: carries a level and a sentence.
    """

    said = Signal(str, str)

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__(page)
        self._workbench, self._page = workbench, page

    def ask_journal(self, day: date) -> None:
        """The postings of a day."""
        target = self._chosen(f"journal-{day.isoformat()}")
        if target is not None:
            self.write(partial(save_journal, day, target, self._workbench.desk))

    def ask_report(self, done: DaysClosed) -> None:
        """What closing came to."""
        target = self._chosen(f"day-end-{done.day.isoformat()}")
        if target is not None:
            self.write(partial(save_report, done, target))

    def write(self, work: Work) -> None:
        """Write one of the two files."""
        task = Task(tr("Saving the file"), Lane.DATABASE, work, owner="day_end", writes=True)
        self._workbench.runner.submit(task, self._saved, self._not_saved)

    def _chosen(self, name: str) -> Path | None:
        words = tr("Save as CSV")
        chosen, _ = QFileDialog.getSaveFileName(self._page, words, name + _ENDING, f"*{_ENDING}")
        return Path(chosen) if chosen else None

    def _saved(self, target: Path) -> None:
        self.said.emit("good", tr("Saved as %1").replace("%1", target.name))

    def _not_saved(self, failure: TaskFailed) -> None:
        self.said.emit("bad", failure.sentence)
