"""What a statement is made of: period, language, charges, file; and what it comes to."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.money import rupees
from app.services.read_statement import LoanStatement, MakeStatement, StatementFormat
from app.services.steps.loan_statement import StatementWanted
from app.ui.widgets.card import Card, PairList
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.form_row import Form
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.stacked_row import StackedRow
from db.vocabulary.loan_life import Language

_WIDTH = 300
_GAP = 12


class StatementForm(QWidget):
    """The fields under each other and, below, opening and closing of what they give.

    Signals:
        changed: another statement is wanted.
    """

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH)
        self.form = Form()
        card = Card(_tr("Period and language"))
        fields = (
            (_tr("First day"), DateEdit("from_date", today)),
            (_tr("Last day"), DateEdit("to_date", today)),
            (_tr("Language"), _languages()),
            (_tr("Charges"), CheckField("include_charges", _tr("With charges"))),
            (_tr("File"), _formats()),
        )
        for words, field in fields:
            row = StackedRow(words, field)
            card.body.addWidget(row, 0, Qt.AlignmentFlag.AlignLeft)
            self.form.register_row(row)
        self._sums = PairList()
        sums = Card(_tr("What it comes to"))
        sums.body.addWidget(self._sums)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(_GAP)
        self.form.add_widget(card)
        lines.addWidget(self.form)
        lines.addWidget(sums)
        lines.addStretch(1)
        self.form.edited.connect(self._edited)

    def start(self, begin: date, end: date) -> None:
        """Offer a period; with charges, in English, as PDF."""
        self.form.clear()
        self.form.set_values({"from_date": begin, "to_date": end, "include_charges": True})

    def wanted(self, loan_id: UUID) -> MakeStatement | None:
        """What is asked for; None while a day cannot be read, which its field then says."""
        problems = self.form.problems()
        values = self.form.values()
        for name in ("from_date", "to_date"):
            if values[name] is None:
                problems.setdefault(name, _tr("Enter the day"))
        self.form.show_errors(problems)
        if problems:
            return None
        return MakeStatement(
            StatementWanted(
                loan_id,
                values["from_date"],
                values["to_date"],
                charges=values["include_charges"],
            ),
            Language(values["language"]),
            StatementFormat(values["format"]),
        )

    def show_sums(self, statement: LoanStatement) -> None:
        """Show what the lines come to."""
        lines = statement.lines
        self._sums.set_pairs(
            (
                (_tr("Opening balance"), rupees(lines.opening_paise), "body"),
                (_tr("Debits"), rupees(sum(row.debit_paise for row in lines.rows)), "body"),
                (_tr("Credits"), rupees(sum(row.credit_paise for row in lines.rows)), "body"),
                (_tr("Closing balance"), rupees(lines.closing_paise), "strong"),
                (_tr("Lines"), str(len(lines.rows)), "body"),
            )
        )

    def _edited(self, _name: str) -> None:
        self.changed.emit()


def _languages() -> Segmented:
    choices = [Choice(each, word_of("language", each)) for each in (Language.EN, Language.HI)]
    made = Segmented("language", choices)
    made.setAccessibleName(_tr("Language"))
    return made


def _formats() -> Segmented:
    choices = [Choice(each, each.value.upper()) for each in StatementFormat]
    made = Segmented("format", choices)
    made.setAccessibleName(_tr("File"))
    return made


def _tr(words: str) -> str:
    return QCoreApplication.translate("StatementScreen", words)
