"""The live preview: where the money goes, and what it does to days late and class."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.services.post_repayment import RepaymentPreview
from app.services.steps.receipt_effect import Parts, ReceiptEffect
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.record_payment.effect_words import (
    as_of_words,
    change_words,
    class_words,
    dues_words,
    moved_words,
    need_words,
    tr,
)
from app.ui.tasks.task import TaskFailed
from app.ui.widgets.card import Card
from app.ui.widgets.figure_words import amount_words, raw_amount
from app.ui.widgets.labels import FigureLabel, label
from app.ui.widgets.loan_cells import exact_amount
from app.ui.widgets.policy_notes import PolicyNote, PolicyNotes
from app.ui.widgets.state_stack import Cancellable, StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench


class Share(NamedTuple):
    """One line of the allocation, in paise."""

    words: str
    paise: int


class EffectCard(Card):
    """Interest, principal, charges, advance; then days late and class as of the next day-end."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(tr("What this payment does"))
        self._rows: RecordsModel[Share] = RecordsModel(_columns(), workbench.theme)
        self._table = TableView(
            "table.allocation", tr("Where the money goes"), row_height=24, edge=1
        )
        self._table.set_records(self._rows)
        self._dues = label("", "strong", wrap=True)
        self._need = label("", "body", wrap=True)
        self._moved = label("", "muted", wrap=True)
        self._figures = {
            name: FigureLabel(f"figure.{name}", "strong", words)
            for name, words in (
                ("days_past_due_after", tr("Days late")),
                ("asset_class_after", tr("Class")),
                ("advance", tr("Advance held then")),
                ("outstanding_after", tr("Outstanding after it")),
            )
        }
        self._notes = PolicyNotes()
        self._states = StateStack(self._content(), None, tr("Working it out…"))
        self.body.addWidget(self._states)
        self.show_nothing(tr("Choose a loan and enter an amount."))

    def show_nothing(self, words: str) -> None:
        """Nothing to work out yet, or the field that does not do says why."""
        self._states.forget()
        self._states.empty(words)
        self.set_detail("")

    def working(self, cancel: Cancellable, retry: Callable[[], object]) -> None:
        """It is being worked out; what is shown is marked as old."""
        self.show()
        self._states.loading(cancel, retry)

    def failed(self, failure: TaskFailed, retry: Callable[[], object]) -> None:
        """Say why it could not be worked out."""
        self._states.failed(failure, retry, tr("Nothing is posted."))

    def show_preview(self, preview: RepaymentPreview) -> None:
        """Show what the payment would do."""
        effect = preview.effect
        self.set_detail(as_of_words(effect))
        self._rows.set_rows(_shares(effect.split))
        self._table.fit_rows()
        self._dues.setText(dues_words(effect))
        self._show_line(self._need, need_words(effect))
        self._show_line(self._moved, moved_words(effect))
        self._show_figures(effect)
        self._notes.show_notes([PolicyNote(words, "") for words in preview.warnings])
        self._notes.setVisible(bool(preview.warnings))
        self._states.content()

    def _show_figures(self, effect: ReceiptEffect) -> None:
        before, after = effect.before, effect.after
        days = str(after.days_past_due)
        self._figures["days_past_due_after"].show_figure(
            change_words(str(before.days_past_due), days), days
        )
        self._figures["asset_class_after"].show_figure(
            change_words(class_words(before.asset_class), class_words(after.asset_class)),
            str(after.asset_class),
        )
        for name, paise in (
            ("advance", effect.advance_paise),
            ("outstanding_after", effect.outstanding_paise),
        ):
            self._figures[name].show_figure(amount_words(paise), raw_amount(paise))

    def _show_line(self, line: QWidget, words: str) -> None:
        line.setText(words)  # type: ignore[attr-defined]  # a label
        line.setVisible(bool(words))

    def _content(self) -> QWidget:
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        lines.addWidget(self._table)
        lines.addWidget(self._dues)
        lines.addWidget(self._need)
        figures = QGridLayout()
        figures.setHorizontalSpacing(12)
        figures.setVerticalSpacing(4)
        figures.setColumnStretch(0, 1)
        for row, (name, words) in enumerate(
            (
                ("days_past_due_after", tr("Days late")),
                ("asset_class_after", tr("Class")),
                ("advance", tr("Advance held then")),
                ("outstanding_after", tr("Outstanding after it")),
            )
        ):
            figures.addWidget(label(words, "muted"), row, 0)
            figures.addWidget(self._figures[name], row, 1)
        lines.addLayout(figures)
        lines.addWidget(self._moved)
        lines.addWidget(self._notes)
        lines.addStretch(1)
        return content


def _columns() -> tuple[Column[Share], ...]:
    return (
        Column("part", tr("Part"), lambda row: row.words, 200),
        Column(
            "amount",
            tr("Amount ₹"),
            lambda row: exact_amount(row.paise),
            120,
            "right",
            muted=lambda row: not row.paise,
        ),
    )


def _shares(split: Parts) -> list[Share]:
    return [
        Share(tr("Interest"), split.interest_paise),
        Share(tr("Principal"), split.principal_paise),
        Share(tr("Charges"), split.charges_paise),
        Share(tr("Kept for the next due date"), split.excess_paise),
    ]
