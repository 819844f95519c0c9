"""What needs attention: one line each, Enter goes where it is dealt with."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QSizePolicy

from app.rules.dates import date_shown
from app.rules.money import rupees_shown
from app.services.read_customer_overview import Attention, AttentionLine
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.theme import Theme
from app.ui.widgets.card import Card
from app.ui.widgets.labels import IconLabel
from app.ui.widgets.table_view import TableView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_ICONS = {
    Attention.OVERDUE: ("alert-circle", "bad"),
    Attention.KYC_EXPIRED: ("hourglass", "bad"),
    Attention.KYC_INCOMPLETE: ("circle-dashed", "warning"),
    Attention.KYC_SOON: ("hourglass", "warning"),
    Attention.CORRECTION: ("user-check", "warning"),
    Attention.RETURNED: ("arrow-back-up", "warning"),
    Attention.OUTDATED: ("history", "warning"),
    Attention.DRAFT: ("pencil", "accent"),
}
_MOST = 5
_FORMS = {"customer_form": "Edit of this customer", "application_form": "New application"}


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


def _filled(words: str, *values: object) -> str:
    for number, value in enumerate(values, start=1):
        words = words.replace(f"%{number}", str(value))
    return words


def attention_words(line: AttentionLine) -> str:
    """One line as a sentence."""
    day = date_shown(line.day) if line.day else ""
    amount, count = rupees_shown(line.amount_paise), line.count
    days = _tr("1 day") if count == 1 else _filled(_tr("%1 days"), count)
    where = _filled(_tr(" on %1"), line.subject) if line.subject else ""
    return {
        Attention.OVERDUE: _filled(_tr("%1 overdue%2, %3 late"), amount, where, days),
        Attention.KYC_EXPIRED: _filled(_tr("KYC expired on %1"), day),
        Attention.KYC_INCOMPLETE: _tr("KYC is not complete: papers are missing"),
        Attention.KYC_SOON: _filled(_tr("KYC has to be renewed by %1, in %2"), day, days),
        Attention.CORRECTION: _tr("A correction waits for a second person")
        if count == 1
        else _filled(_tr("%1 corrections wait for a second person"), count),
        Attention.RETURNED: _filled(_tr("%1 was returned with questions"), line.subject),
        Attention.OUTDATED: _filled(_tr("Score of %1 is outdated: facts changed"), line.subject),
        Attention.DRAFT: _filled(
            _tr("Your draft of %1: %2"), day, _tr(_FORMS.get(line.form, "Unsent typing"))
        ),
    }[line.what]


def attention_goal(line: AttentionLine) -> tuple[str, dict[str, Any]]:
    """Where a line is dealt with: a screen with its arguments, or a tab of this page."""
    if line.what in (Attention.RETURNED, Attention.OUTDATED):
        return "decision", {"application_id": line.record_id}
    if line.what is Attention.DRAFT:
        return line.form, {"draft_id": line.record_id}
    return "", {"tab": "loans" if line.what is Attention.OVERDUE else "profile"}


class AttentionCard(Card):
    """`opened` carries an `AttentionLine`."""

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(_tr("Needs attention"), tight=True)
        column: Column[AttentionLine] = Column(
            "what", _tr("What"), attention_words, 320, icon=lambda line: _ICONS[line.what]
        )
        self._rows: RecordsModel[AttentionLine] = RecordsModel((column,), theme)
        self.table = TableView("table.attention", _tr("Needs attention"))
        self.table.set_records(self._rows)
        self.table.hide_header()
        self.table.opened.connect(self.opened)
        self._calm: QWidget = IconLabel(
            "circle-check", _tr("Nothing: papers, dues and scores are in order"), "good"
        )
        self._calm.setContentsMargins(12, 2, 12, 8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.addWidget(self.table)
        self.body.addWidget(self._calm)

    def show_lines(self, lines: Sequence[AttentionLine]) -> None:
        """Show what needs attention, or that nothing does."""
        self._rows.set_rows(lines)
        self.table.setVisible(bool(lines))
        self._calm.setVisible(not lines)
        self.table.fit_rows(_MOST)
        self.set_detail(str(len(lines)) if lines else "")
