"""The waterfall of a stored estimate as a figure for files and letters."""

from app.file_formats.figure_out import Waterfall
from app.services.steps.estimate_risk import shown_score
from app.services.steps.risk_estimate import RiskEstimate


def waterfall_of(estimate: RiskEstimate, title: str) -> Waterfall:
    """The picture of an estimate: shown points by group."""
    return Waterfall(
        title=title,
        start=estimate.start_points,
        steps=tuple((each.label, each.shown_points) for each in estimate.groups),
        score=shown_score(estimate),
    )
