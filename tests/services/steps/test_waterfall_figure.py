from app.file_formats.figure_out import waterfall_svg
from app.services.steps.estimate_risk import shown_score
from app.services.steps.waterfall_figure import waterfall_of


def test_the_figure_is_the_stored_points(submitted):
    estimate = submitted.estimate
    found = waterfall_of(estimate, "A-1001")
    assert found.title == "A-1001"
    assert found.start + sum(points for _, points in found.steps) == found.score
    assert found.score == shown_score(estimate)
    assert [label for label, _ in found.steps] == [each.label for each in estimate.groups]
    assert waterfall_svg(found) == waterfall_svg(found)
