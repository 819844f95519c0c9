"""The estimate: internal score, gauge, risk level, band and what the model is (X9, X10, X17)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.rules.score_bands import ScoreScale
from app.services.steps.risk_estimate import RiskEstimate
from app.ui.charts.score_gauge import Gauge, ScoreGauge
from app.ui.widgets.card import Card
from app.ui.widgets.labels import Badge, FigureLabel, label
from app.ui.widgets.lending_cells import word_of
from db.vocabulary.decisions import Band, RecommendationText, RiskLevel

_SAID_WIDTH = 164
_LEVEL_ICONS = {RiskLevel.LOW: "arrow-down", RiskLevel.MEDIUM: "equal", RiskLevel.HIGH: "arrow-up"}


class EstimateCard(Card):
    """What the model says, never what to do."""

    def __init__(self) -> None:
        super().__init__(self.tr("Estimate"), "")
        self.setObjectName("panel.estimate")
        self.setAccessibleName(self.tr("Estimate of the model"))
        self._figures = {
            name: FigureLabel(f"figure.{name}", kind)
            for name, kind in (
                ("credit_score", "score"),
                ("risk_probability", "muted"),
                ("risk_level", "body"),
                ("band", "strong"),
                ("recommendation", "strong"),
                ("probability_of_default", "muted"),
                ("base_score", "muted"),
                ("model_id", "muted"),
            )
        }
        self._gauge = ScoreGauge("chart.gauge")
        self._badge = Badge("", "equal")
        self._build()

    def show_estimate(self, estimate: RiskEstimate, scale: ScoreScale) -> None:
        """Draw a stored or fresh estimate on the scale of its day."""
        score = f"{estimate.credit_score:.0f}"
        self._set("credit_score", score, str(estimate.credit_score), self.tr("internal score"))
        self._set(
            "risk_probability",
            self.tr("probability %1 (model scale)").replace(
                "%1", f"{estimate.risk_probability:.2f}"
            ),
            repr(estimate.risk_probability),
        )
        level = estimate.risk_level
        self._set("risk_level", self._level_words(level), str(level))
        self._badge.show_badge(self._level_words(level), _LEVEL_ICONS[level])
        self._set("band", self._band_words(estimate.band), str(estimate.band))
        self._set(
            "recommendation",
            self._recommendation_words(estimate.recommendation_text),
            str(estimate.recommendation),
        )
        self._show_default_probability(estimate.probability_of_default)
        low, medium, high = (word_of("risk_level", each) for each in RiskLevel)
        self._set(
            "base_score",
            self.tr("starting point %1").replace("%1", str(estimate.start_points)),
            str(estimate.base_score),
        )
        self._set(
            "model_id",
            self.tr("Model %1").replace("%1", estimate.model_label),
            estimate.model_id,
        )
        cutoffs = ((scale.high_at, high, medium), (scale.medium_at, medium, low))
        self._gauge.show_score(
            Gauge(float(estimate.credit_score), scale.least, scale.most, cutoffs)
        )

    def _show_default_probability(self, probability: float | None) -> None:
        if probability is None:
            words, raw = (
                self.tr("No probability of default yet: calibrated on synthetic data only"),
                "",
            )
        else:
            words = self.tr("%1 of 100 such loans went bad").replace(
                "%1", f"{probability * 100:.0f}"
            )
            raw = repr(probability)
        self._set("probability_of_default", words, raw)

    def _set(self, name: str, shown: str, raw: str, describe: str = "") -> None:
        self._figures[name].show_figure(shown, raw, describe)

    def _build(self) -> None:
        number = QVBoxLayout()
        number.setSpacing(0)
        number.addWidget(self._figures["credit_score"])
        number.addWidget(label(self.tr("internal score"), "muted"))
        number.addStretch(1)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self._figures["recommendation"])
        said.addWidget(self._badge)
        said.addWidget(self._figures["band"])
        said.addWidget(self._figures["risk_level"])
        self._figures["risk_level"].hide()
        for name in ("recommendation", "band"):
            self._figures[name].setWordWrap(True)
            self._figures[name].setFixedWidth(_SAID_WIDTH)
        said.addStretch(1)
        for figure in self._figures.values():
            figure.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addLayout(number)
        top.addWidget(self._gauge, 1)
        top.addLayout(said)
        self.body.addLayout(top)
        self._add_foot()

    def _add_foot(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(12)
        for name in ("risk_probability", "base_score", "model_id"):
            foot.addWidget(self._figures[name])
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.body.addWidget(self._figures["probability_of_default"])

    def _level_words(self, level: RiskLevel) -> str:
        return {
            RiskLevel.LOW: self.tr("Low risk"),
            RiskLevel.MEDIUM: self.tr("Medium risk"),
            RiskLevel.HIGH: self.tr("High risk"),
        }[level]

    def _band_words(self, band: Band) -> str:
        return {
            Band.CLEAR: self.tr("The model is clear here"),
            Band.BORDERLINE: self.tr("Borderline"),
            Band.OUT_OF_RANGE: self.tr("Model not designed for this case"),
        }[band]

    def _recommendation_words(self, text: RecommendationText) -> str:
        return {
            RecommendationText.SUPPORTS: self.tr("Supports approval"),
            RecommendationText.BORDERLINE: self.tr("Needs your judgement"),
            RecommendationText.JUDGEMENT: self.tr("Needs your judgement"),
            RecommendationText.DOES_NOT_SUPPORT: self.tr("Does not support approval"),
            RecommendationText.NOT_ENOUGH: self.tr("Not enough information"),
            RecommendationText.OUT_OF_RANGE: self.tr("Needs your judgement"),
        }[text]
