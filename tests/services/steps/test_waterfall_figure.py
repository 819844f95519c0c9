from app.file_formats.figure_out import waterfall_svg
from app.services.steps.estimate_risk import shown_score
from app.services.steps.shipped_words import shipped_words
from app.services.steps.waterfall_figure import waterfall_of


def test_the_figure_is_the_stored_points(submitted):
    estimate = submitted.estimate
    found = waterfall_of(estimate, "A-1001")
    assert found.title == "A-1001"
    assert found.start + sum(points for _, points in found.steps) == found.score
    assert found.score == shown_score(estimate)
    assert [label for label, _ in found.steps] == [each.label for each in estimate.groups]
    assert waterfall_svg(found) == waterfall_svg(found)


def test_groups_are_named_in_the_language(submitted):
    hindi = shipped_words("hi")
    found = waterfall_of(submitted.estimate, "A-1001", hindi)
    groups = [each.group for each in submitted.estimate.groups]
    assert [label for label, _ in found.steps] == [
        hindi.label("model_group", group) for group in groups
    ]
