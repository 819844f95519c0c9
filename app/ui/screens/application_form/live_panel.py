"""The live figures and policy notes beside the form, recomputed at every key press."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.application_figures import ApplicationFigures
from app.rules.credit_policy import PolicyLine
from app.ui.actions.action_button import action_button
from app.ui.screens.application_form.preview_card import PreviewCard
from app.ui.widgets.card import rule
from app.ui.widgets.figure_words import (
    amount_words,
    percent_words,
    raw_amount,
    raw_number,
    two_places,
)
from app.ui.widgets.labels import FigureLabel, label
from app.ui.widgets.lending_cells import UNKNOWN
from app.ui.widgets.policy_notes import PolicyNote, PolicyNotes

_FIELD_WORDS = {
    "loan_amount": "the amount",
    "loan_tenure_months": "the tenure",
    "monthly_income": "the income",
    "product_code": "the product",
    "interest_rate": "the rate",
}


class LivePanel(QWidget):
    """EMI large, ratios below, notes last; unknown is a dash with what is missing."""

    def __init__(self, schedule_preview: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._emi = FigureLabel("figure.estimated_emi", "live")
        self._figures: dict[str, FigureLabel] = {}
        self._missing = label("", "muted")
        self._missing.setWordWrap(True)
        self.preview = PreviewCard()
        self.notes = PolicyNotes()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(6)
        self._add_head(column)
        for name, words in (
            ("fixed_obligation_to_income_ratio", self.tr("FOIR, all fixed dues")),
            ("debt_to_income_ratio", self.tr("DTI, debts only")),
            ("loan_to_income_ratio", self.tr("LTI, of yearly income")),
            ("loan_to_value_ratio", self.tr("LTV")),
            ("annual_percentage_rate", self.tr("APR, with fee and GST")),
            ("total_interest", self.tr("Total interest")),
            ("last_instalment", self.tr("Last instalment")),
        ):
            self._add_figure(column, name, words)
        column.addWidget(self.preview)
        column.addWidget(self._missing)
        column.addWidget(action_button(schedule_preview, style="link"))
        column.addWidget(rule())
        column.addWidget(label(self.tr("Policy notes"), "strong"))
        column.addWidget(self.notes)
        column.addWidget(label(self.tr("Notes never stop saving or scoring."), "muted"))
        column.addStretch(1)

    def show_figures(self, figures: ApplicationFigures) -> None:
        """Draw the figures of the present typing."""
        emi = figures.estimated_emi_paise
        self._emi.show_figure(amount_words(emi), raw_amount(emi), self._dues_words(figures))
        for name in (
            "fixed_obligation_to_income_ratio",
            "debt_to_income_ratio",
            "annual_percentage_rate",
        ):
            value = getattr(figures, name)
            self._figures[name].show_figure(percent_words(value), raw_number(value))
        self._show_loan_to_income(figures)
        self._show_loan_to_value(figures)
        for name in ("total_interest", "last_instalment"):
            paise: int | None = getattr(figures, f"{name}_paise")
            self._figures[name].show_figure(amount_words(paise), raw_amount(paise))
        missing = [self.tr(_FIELD_WORDS.get(f, f.replace("_", " "))) for f in figures.missing]
        self._missing.setText(
            self.tr("Still needed: %1").replace("%1", ", ".join(missing)) if missing else ""
        )
        self._missing.setVisible(bool(missing))

    def show_notes(self, lines: tuple[PolicyLine, ...]) -> None:
        """List what policy would note, refer or fail; never an error of the form."""
        self.notes.show_notes(
            [PolicyNote(line.text, str(line.rule)) for line in lines if line.breached]
        )

    def _dues_words(self, figures: ApplicationFigures) -> str:
        income = figures.monthly_income_paise
        if income is None:
            return ""
        return self.tr("Equal instalment at monthly rests; income %1 a month").replace(
            "%1", amount_words(income)
        )

    def _show_loan_to_income(self, figures: ApplicationFigures) -> None:
        years, months = figures.loan_to_income_ratio, figures.loan_to_income_months
        shown = UNKNOWN
        if years is not None and months is not None:
            shown = self.tr("%1 (%2 months)").replace("%1", str(two_places(years)))
            shown = shown.replace("%2", str(two_places(months)))
        self._figures["loan_to_income_ratio"].show_figure(shown, raw_number(years))

    def _show_loan_to_value(self, figures: ApplicationFigures) -> None:
        value = figures.loan_to_value_ratio
        shown = percent_words(value)
        if not figures.accepted_value_paise:
            shown, value = self.tr("not applicable, no security"), None
        self._figures["loan_to_value_ratio"].show_figure(shown, raw_number(value))

    def _add_head(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Live figures"), "strong"))
        head.addStretch(1)
        head.addWidget(label(self.tr("from what is typed"), "muted"))
        column.addLayout(head)
        emi = QHBoxLayout()
        emi.addWidget(label(self.tr("EMI"), "muted"))
        emi.addStretch(1)
        emi.addWidget(self._emi)
        column.addLayout(emi)

    def _add_figure(self, column: QVBoxLayout, name: str, words: str) -> None:
        figure = FigureLabel(f"figure.{name}", "body")
        figure.setAccessibleName(words)
        self._figures[name] = figure
        row = QHBoxLayout()
        row.addWidget(label(words, "muted", wrap=True), 1)  # beside a scroll bar there is less room
        row.addWidget(figure)
        column.addLayout(row)
