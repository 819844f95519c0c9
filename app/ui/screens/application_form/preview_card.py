"""The score preview in the side panel: the score and what moved it; never stored."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.steps.risk_estimate import RiskEstimate
from app.ui.charts.contribution_bars import ContributionBars
from app.ui.charts.factor_points import FactorPoints, ScoreParts
from app.ui.widgets.group_words import group_words
from app.ui.widgets.labels import FigureLabel, label
from db.vocabulary.operations import ModelGroup


class PreviewCard(QWidget):
    """A line with the score, then a bar a group, heaviest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._score = FigureLabel("figure.credit_score_preview", "strong")
        self._bars = ContributionBars("chart.preview")
        line = QHBoxLayout()
        line.addWidget(label(self.tr("Internal score, preview, not stored"), "muted", wrap=True), 1)
        line.addWidget(self._score)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self._bars)
        self.show_nothing()

    def show_estimate(self, estimate: RiskEstimate) -> None:
        """Show a score and its groups."""
        score = f"{estimate.credit_score:.0f}"
        self._score.show_figure(
            score, str(estimate.credit_score), self.tr("preview, not stored"), "strong"
        )
        self._bars.show_parts(
            ScoreParts(
                start=estimate.start_points,
                score=estimate.start_points + sum(each.shown_points for each in estimate.groups),
                rows=tuple(
                    FactorPoints(str(each.group), _name(each.group), each.shown_points)
                    for each in sorted(estimate.groups, key=lambda g: -abs(g.score_points))
                ),
            )
        )
        self._bars.setVisible(True)
        self.setVisible(True)

    def show_none(self, sentence: str) -> None:
        """Say why there is no preview; nothing stands in for it."""
        self._score.show_figure(self.tr("none"), "", sentence, "strong")
        self._bars.setVisible(False)
        self.setVisible(True)

    def show_nothing(self) -> None:
        """Hide everything: no preview is wanted."""
        self._score.show_figure("", "")
        self._bars.setVisible(False)
        self.setVisible(False)

    def dim(self) -> None:
        """Mark what is shown as being worked out anew; it has no value until then."""
        words = self._score.text() if self._bars.isVisibleTo(self) else self.tr("updating")
        self._score.show_figure(words, "", self.tr("being worked out"), "muted")
        self.setVisible(True)


def _name(group: ModelGroup) -> str:
    """The short name as a line begins with it."""
    words = group_words(group)
    return words[:1].upper() + words[1:]
