"""The cards of the decision page: facts and policy, then the estimate and its reasons."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.score_bands import ScoreScale
from app.services.read_application import ApplicationView
from app.services.steps.risk_estimate import RiskEstimate
from app.ui.cards.estimate_card import EstimateCard
from app.ui.cards.policy_card import PolicyCard
from app.ui.cards.reasons_card import ReasonsCard
from app.ui.screens.decision.factors_card import FactorsCard
from app.ui.screens.decision.facts_card import FactsCard
from app.ui.widgets.workbench import Workbench

_LEAST_TABLE, _LEAST_CHART = 150, 190  # below these the page scrolls, as over an open proposal


class JudgedCase(QWidget):
    """Facts before the model, sentences before charts.

    Attributes:
        factors: how the score was built, with its copy and its source.
    """

    def __init__(
        self, workbench: Workbench, correct: QWidget, source: QWidget, copy: QWidget
    ) -> None:
        super().__init__()
        self._facts = FactsCard(correct)
        self._policy = PolicyCard(workbench)
        self._estimate = EstimateCard()
        self._reasons = ReasonsCard(workbench, source)
        self.factors = FactorsCard(workbench, copy)
        self._policy.setMinimumHeight(_LEAST_TABLE)
        self.factors.setMinimumHeight(_LEAST_CHART)
        self._build()

    def show_scored(self, view: ApplicationView, estimate: RiskEstimate, scale: ScoreScale) -> None:
        """Show facts, policy and what the model says."""
        self._show_model(shown=True)
        self._facts.show_facts(view.facts, estimate.figures)
        self._policy.show_lines(estimate.policy)
        self._estimate.show_estimate(estimate, scale)
        self._reasons.show_reasons(estimate)
        self.factors.show_factors(estimate, scale)

    def show_unscored(self, view: ApplicationView) -> None:
        """Show the facts and the policy; nothing stands in for the estimate."""
        self._show_model(shown=False)
        self._facts.show_plain(view.facts)
        self._policy.show_lines(view.policy)

    def _show_model(self, *, shown: bool) -> None:
        for card in (self._estimate, self._reasons, self.factors):
            card.setVisible(shown)

    def _build(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (left, ((self._facts, 0), (self._policy, 1))),
            (right, ((self._estimate, 0), (self._reasons, 0), (self.factors, 1))),
        ):
            column.setSpacing(12)
            for card, stretch in cards:
                card.setMinimumWidth(1)  # the columns share the width, their contents do not
                column.addWidget(card, stretch)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(12)
        columns.addLayout(left, 8)
        columns.addLayout(right, 7)
