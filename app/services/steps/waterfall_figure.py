"""The waterfall of a stored estimate as a figure for files and letters."""

from app.file_formats.figure_out import Waterfall
from app.rules.wording import Wording
from app.services.steps.estimate_risk import shown_score
from app.services.steps.risk_estimate import RiskEstimate
from app.services.steps.shipped_words import shipped_words


def waterfall_of(estimate: RiskEstimate, title: str, wording: Wording | None = None) -> Waterfall:
    """The picture of an estimate: shown points by group, named in a language."""
    words = wording or shipped_words()
    return Waterfall(
        title=title,
        start=estimate.start_points,
        steps=tuple(
            (words.label("model_group", each.group), each.shown_points) for each in estimate.groups
        ),
        score=shown_score(estimate),
    )
