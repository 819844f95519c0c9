"""The day to close, how far the run is, and what the day comes to."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from app.rules.money import rupees, rupees_text
from app.services.close_day import DaysClosed
from app.services.read_closing import ClosingState
from app.ui.screens.day_end.day_end_words import standing_words, tr
from app.ui.widgets.card import Card, hair
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.labels import FigureLabel, label

_WIDTH = 360


class DayCard(Card):
    """Fields `date` and `dry_run`, the state of the run, four figures.

    Signals:
        edited: the day or the wish for a dry run is another one.
    """

    edited = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(tr("Day to close"))
        self.setFixedWidth(_WIDTH)
        self.day = DateEdit("date", today)
        self.day.setAccessibleName(tr("Day to close"))
        self._dry = CheckField("dry_run", tr("Close only after a dry run of that day"))
        self._dry.set_value(True)
        self._problem = label("", "small-bad", wrap=True)
        self._problem.hide()
        self._standing = label("", "muted", wrap=True)
        self.progress = label("", "strong", wrap=True, name="status.progress")
        self.progress.setAccessibleName(tr("How far the run is"))
        self._figures: dict[str, FigureLabel] = {}
        self._last: date | None = None  # today, once it has been read
        self.day.value_changed.connect(self._note)
        self.day.left.connect(self._say_problem)
        self._dry.value_changed.connect(self._note)
        for part in (self.day, self._problem, self._dry, self._standing, hair(), self.progress):
            self.body.addWidget(part)
        self.body.addLayout(self._grid())
        self.body.addStretch(1)

    @property
    def may_close(self) -> bool:
        """Whether the day stands and has come."""
        day = self.day.value()
        return day is not None and self._last is not None and day <= self._last

    @property
    def asks_dry_run(self) -> bool:
        """Whether a day is closed only after it has been looked at."""
        return self._dry.value()

    def show_state(self, state: ClosingState) -> None:
        """Say up to which day the branch is closed; a day is offered where none stands."""
        self._standing.setText(standing_words(state))
        self._last = state.today
        if self.day.value() is None:
            self.day.set_value(state.offered)

    def show_done(self, done: DaysClosed) -> None:
        """Show what the day comes to."""
        self._figures["loans"].show_figure(f"{done.loans:,}", str(done.loans))
        self._show("provision", done.provision_paise)
        if done.days:
            self._show("suspense", done.days[-1].suspense_paise)
            self._show("penal", done.penal.paise)

    def _show(self, name: str, paise: int) -> None:
        self._figures[name].show_figure(rupees(paise), rupees_text(paise))

    def _say_problem(self) -> None:
        """Say what does not fit once the field is left; it goes when the day fits."""
        words = self.day.problem()
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.day.set_wrong(wrong=bool(words))

    def _note(self, _value: object) -> None:
        if not self.day.problem():
            self._say_problem()
        self.edited.emit()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        names = {
            "loans": tr("Open loans"),
            "provision": tr("Provision required"),
            "suspense": tr("Interest in suspense"),
            "penal": tr("Penal charges levied"),
        }
        for row, (name, words) in enumerate(names.items()):
            self._figures[name] = FigureLabel(f"figure.{name}", "strong", words)
            grid.addWidget(label(words, "muted"), row, 0)
            grid.addWidget(self._figures[name], row, 1)
        return grid
