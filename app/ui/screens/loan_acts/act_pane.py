"""One act that waits: what is asked, what it moves, and the word of the second person."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.bank_time import bank_day
from app.rules.dates import date_shown
from app.services.read_loan_acts import ActFigure, WaitingAct
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.loan_acts.act_words import act_word, figure_line, term_pairs, tr
from app.ui.theme import Theme
from app.ui.widgets.card import Card, PairList
from app.ui.widgets.labels import label
from app.ui.widgets.stacked_row import StackedRow
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text_edit import NoteEdit

_LONGEST = 500
_GAP = 12
_ASKED_WIDTH = 292


class ActPane(QWidget):
    """Asked at the left, moved at the right, the word why below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = label("", "strong")
        self._who = label("", "muted", wrap=True)
        self._terms = PairList()
        self._words = label("", "body", wrap=True)
        self._figures: RecordsModel[ActFigure] = RecordsModel(_columns(), theme)
        self._table = TableView("table.act_figures", tr("What it moves"))
        self._table.set_records(self._figures)
        self._moved = StateStack(self._table)
        self.why = StackedRow(tr("Why it is declined"), NoteEdit("decide_reason", _LONGEST))
        self._standing = label("", "small", wrap=True)
        self._build()

    def show_act(self, row: WaitingAct) -> None:
        """Show one act."""
        self._title.setText(act_word(row))
        made = date_shown(bank_day(row.made_at))
        words = tr("%1, %2. Proposed by %3 on %4.").replace("%1", row.reference)
        words = words.replace("%2", row.full_name).replace("%3", row.maker_name)
        self._who.setText(words.replace("%4", made))
        self._terms.set_pairs(term_pairs(row))
        said = "\n".join(text for text in (row.reason, row.note) if text)
        self._words.setText(said)
        self._words.setVisible(bool(said))
        self._figures.set_rows(row.figures)
        if row.figures:
            self._moved.content()
        else:
            self._moved.empty(tr("Nothing of the loan's terms moves."))
        self.why.setVisible(row.decides)
        self.why.field.set_value("")
        self.why.set_error("")
        self._standing.setText("" if row.decides else _standing(row))

    def _build(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 12, 16, 16)
        lines.setSpacing(6)
        lines.addWidget(self._title)
        lines.addWidget(self._who)
        cards = QHBoxLayout()
        cards.setSpacing(_GAP)
        asked = Card(tr("What is asked"))
        asked.setFixedWidth(_ASKED_WIDTH)
        asked.body.addWidget(self._terms)
        asked.body.addWidget(self._words)
        asked.body.addStretch(1)
        moved = Card(tr("What it moves"), tight=True)
        moved.body.addWidget(self._moved, 1)
        cards.addWidget(asked)
        cards.addWidget(moved, 1)
        lines.addSpacing(6)
        lines.addLayout(cards, 1)
        lines.addWidget(self.why)
        lines.addWidget(self._standing)


def _standing(row: WaitingAct) -> str:
    if row.own:
        return tr("You proposed this: another person decides it. You may withdraw it.")
    return tr("Your role does not decide this.")


def _columns() -> tuple[Column[ActFigure], ...]:
    return (
        Column("name", tr("Figure"), lambda row: figure_line(row)[0], 168),
        Column("before", tr("Before"), lambda row: figure_line(row)[1], 116, "right"),
        Column("after", tr("After"), lambda row: figure_line(row)[2], 116, "right", strong=True),
    )
