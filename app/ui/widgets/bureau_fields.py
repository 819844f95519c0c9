"""The facts of a credit bureau's report, typed from the paper (`form.bureau`).

Missing means unknown, never zero. Used by the customer form and the application form. Codes of
reports without a score: lending-rules.md 15 (-1 and NH no history, 0 and NA too little history,
1 to 10 an old index).
"""

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from PySide6.QtCore import QCoreApplication

from app.ui.widgets.count_edit import CountEdit
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.line_field import FieldTextError, LineField
from app.ui.widgets.picker import Choice, Picker
from db.records.people import NO_REPORT, BureauReport
from db.vocabulary.people import BureauName, BureauScoreState

_CODES = {
    "-1": BureauScoreState.NO_HISTORY,
    "NH": BureauScoreState.NO_HISTORY,
    "0": BureauScoreState.THIN,
    "NA": BureauScoreState.THIN,
}
_OLD_INDEX = range(1, 11)
_SCORES = range(300, 901)


class BureauScoreEdit(LineField):
    """A score of 300 to 900, or the report's own code for "no score"."""

    field_width: ClassVar[int] = 180
    right_aligned: ClassVar[bool] = True

    def read_text(self, text: str) -> object:
        """Return the score, or the state that a code stands for.

        Raises:
            FieldTextError: it is neither.
        """
        plain = text.strip().upper()
        if plain in _CODES:
            return _CODES[plain]
        if plain.isascii() and plain.isdigit():
            number = int(plain)
            if number in _OLD_INDEX:
                return BureauScoreState.OLD_INDEX
            if number in _SCORES:
                return number
        raise FieldTextError(
            self.tr("A bureau score is 300 to 900, or the report's code, such as NH or -1")
        )

    def write_value(self, value: object) -> str:
        """Return the score, or the code of a state."""
        codes = {state: code for code, state in reversed(_CODES.items())}
        if isinstance(value, BureauScoreState):
            return codes.get(value, "")
        return str(value)

    def tidy(self) -> None:
        """Leave codes as typed: NH and NA say the same as -1 and 0."""

    def set_value(self, value: int | BureauScoreState | None) -> None:
        """Show a score or a state."""
        self.put_value(value)

    def score(self) -> int | None:
        """The score, None if there is none."""
        raw = self.raw_value()
        return raw if isinstance(raw, int) else None

    def state(self) -> BureauScoreState | None:
        """SCORED, the state of a code, or None while nothing is typed."""
        raw = self.raw_value()
        if isinstance(raw, BureauScoreState):
            return raw
        return BureauScoreState.SCORED if isinstance(raw, int) else None

    def echo(self) -> str:
        """What a code means, for the note column."""
        state = self.state()
        if state in (None, BureauScoreState.SCORED):
            return ""
        return word_of("bureau_score_state", str(state))


class BureauFields:
    """The five fields and their one value; the form lays them out."""

    def __init__(self, today: Callable[[], date]) -> None:
        self.name = Picker(
            "bureau_name", [Choice(name, word_of("bureau_name", name)) for name in BureauName]
        )
        self.score = BureauScoreEdit("bureau_score")
        self.report_date = DateEdit("bureau_report_date", today)
        self.late_payments = CountEdit("bureau_late_payments")
        self.active_loans = CountEdit("bureau_active_loans")

    def value(self) -> BureauReport:
        """The report as typed."""
        name = self.name.value()
        return BureauReport(
            bureau_name=name if isinstance(name, BureauName) else None,
            score=self.score.score(),
            score_state=self.score.state(),
            report_date=self.report_date.value(),
            late_payments=self.late_payments.value(),
            active_loans=self.active_loans.value(),
        )

    def set_value(self, report: BureauReport = NO_REPORT) -> None:
        """Show a report."""
        self.name.set_value(report.bureau_name)
        state = report.score_state
        scored = state in (None, BureauScoreState.SCORED)
        self.score.set_value(report.score if scored else state)
        self.report_date.set_value(report.report_date)
        self.late_payments.set_value(report.late_payments)
        self.active_loans.set_value(report.active_loans)

    def suggest(self, report: BureauReport = NO_REPORT) -> None:
        """Offer a report that is known already; it counts until another one is typed."""
        self.name.suggest(report.bureau_name)
        state = report.score_state
        scored = state in (None, BureauScoreState.SCORED)
        self.score.suggest(report.score if scored else state)
        self.report_date.suggest(report.report_date)
        self.late_payments.suggest(report.late_payments)
        self.active_loans.suggest(report.active_loans)

    def labelled(self) -> tuple[tuple[str, LineField | Picker], ...]:
        """Fields in tab order, each with its label."""
        return (
            (_tr("Credit bureau"), self.name),
            (_tr("Bureau score"), self.score),
            (_tr("Report date"), self.report_date),
            (_tr("Late payments"), self.late_payments),
            (_tr("Active loans"), self.active_loans),
        )


def _tr(words: str) -> str:
    return QCoreApplication.translate("BureauFields", words)
