from datetime import date

import pytest

from app.ui.widgets.bureau_fields import BureauFields, BureauScoreEdit
from db.records.people import NO_REPORT, BureauReport
from db.vocabulary.people import BureauName, BureauScoreState

REPORT = BureauReport(BureauName.EXPERIAN, 741, BureauScoreState.SCORED, date(2026, 11, 2), 0, 3)


@pytest.fixture
def fields(qtbot) -> BureauFields:
    made = BureauFields(lambda: date(2026, 11, 23))
    for _, field in made.labelled():
        qtbot.addWidget(field)
    return made


@pytest.mark.parametrize(
    "report", [NO_REPORT, REPORT, BureauReport(score_state=BureauScoreState.THIN)]
)
def test_a_report_goes_in_and_comes_out(fields, report):
    fields.set_value(report)
    assert fields.value() == report


@pytest.mark.parametrize(
    ("typed", "score", "state"),
    [
        ("300", 300, "SCORED"), ("900", 900, "SCORED"), ("nh", None, "NO_HISTORY"),
        ("-1", None, "NO_HISTORY"), ("0", None, "THIN"), ("NA", None, "THIN"),
        ("7", None, "OLD_INDEX"), ("", None, None), ("299", None, None), ("901", None, None),
        ("7.5", None, None), ("१२", None, None),
    ],
)  # fmt: skip
def test_scores_and_codes_of_reports(qtbot, typed, score, state):
    edit = BureauScoreEdit("bureau_score")
    qtbot.addWidget(edit)
    edit.setText(typed)
    assert (edit.score(), edit.state()) == (score, state)
    wrong = bool(typed) and state is None
    assert bool(edit.problem()) is wrong
