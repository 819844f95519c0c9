"""What we were told: facts with their source, and the ratios that follow from them (X1)."""

from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.application_figures import ApplicationFigures
from app.rules.dates import date_shown
from app.services.read_application import FactLine
from app.ui.widgets.card import Card, Fact, FactList, rule
from app.ui.widgets.figure_words import percent_words, raw_number, two_places
from app.ui.widgets.labels import FigureLabel, label


class FactsCard(Card):
    """Facts first, model later."""

    def __init__(self, corner: QWidget | None = None) -> None:
        super().__init__(self.tr("Facts"), self.tr("what we were told"), corner)
        self.setObjectName("panel.facts")
        self.setAccessibleName(self.tr("Facts, what we were told"))
        self._facts = FactList()
        self.body.addWidget(self._facts)
        self.body.addWidget(rule())
        self._ratios = {
            name: FigureLabel(f"figure.{name}", "strong")
            for name in (
                "fixed_obligation_to_income_ratio",
                "debt_to_income_ratio",
                "loan_to_income_ratio",
                "loan_to_value_ratio",
                "annual_percentage_rate",
            )
        }
        self.body.addLayout(self._ratio_row())

    def show_facts(self, facts: tuple[FactLine, ...], figures: ApplicationFigures) -> None:
        """Draw the facts and the five ratios."""
        self._facts.set_facts(
            [Fact(line.label, line.value_text, line.checked, _source(line)) for line in facts]
        )
        secured = bool(figures.accepted_value_paise)
        self._show("fixed_obligation_to_income_ratio", figures.fixed_obligation_to_income_ratio)
        self._show("debt_to_income_ratio", figures.debt_to_income_ratio)
        self._show("annual_percentage_rate", figures.annual_percentage_rate)
        lti = figures.loan_to_income_ratio
        self._ratios["loan_to_income_ratio"].show_figure(
            "—" if lti is None else str(two_places(lti)),
            raw_number(lti),
            self.tr("Loan to yearly income"),
        )
        if secured:
            self._show("loan_to_value_ratio", figures.loan_to_value_ratio)
        else:
            self._ratios["loan_to_value_ratio"].show_figure(self.tr("no security"), "")

    def show_plain(self, facts: tuple[FactLine, ...]) -> None:
        """Draw the facts of an unscored application; the ratios stay unknown."""
        self.show_facts(facts, ApplicationFigures())

    def _show(self, name: str, value: Decimal | None) -> None:
        self._ratios[name].show_figure(percent_words(value), raw_number(value))

    def _ratio_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        heads = ("FOIR", "DTI", "LTI", "LTV", "APR")
        for head, figure in zip(heads, self._ratios.values(), strict=True):
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(label(head, "muted"))
            pair.addWidget(figure)
            row.addLayout(pair)
            row.addStretch(1)
        return row


def _source(line: FactLine) -> str:
    return f"{line.source_text}, {date_shown(line.date)}" if line.date else line.source_text
