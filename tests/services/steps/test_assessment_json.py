from app.rules.application_figures import ApplicationFigures
from app.services.steps.assessment_json import assessment_json, factors_json


def test_unknown_is_null_never_zero():
    plain = factors_json(ApplicationFigures())
    unknown = {name for name, value in plain.items() if value is None}
    assert set(plain) - unknown == {"existing_emi"}


def test_points_and_impacts_are_the_stored_ones(submitted):
    plain = assessment_json(submitted.estimate)
    assert plain["credit_score"] == float(submitted.estimate.credit_score)
    assert [each["impact"] for each in plain["contributors"]] == [
        each.impact for each in submitted.estimate.contributors
    ]
    assert all(line["value"] != "" and line["limit"] != "" for line in plain["policy"])
