"""The drift page: every verdict in words, unknown apart from zero, and a reason instead of it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.report_drift import drift_or_reason, drift_page
from db.vocabulary.operations import AlertLevel, PsiStatus
from tests.services.made_report import drift


def table(page, title):
    (found,) = (each for each in page.tables if each.title == title)
    return found.rows


def test_each_value_has_its_index_in_millionths_and_its_state():
    rows = table(drift_page(drift()), "Score and inputs")
    assert rows == (
        ("Score", 54_130, 60_000, 500, "Stable"),
        ("Months in work", 2_398_285, 60_000, 500, "Shifted"),
    )


def test_what_chance_explains_and_what_has_nothing_to_compare_says_so():
    score = drift().lines[0]
    moved = replace(score, state=PsiStatus.WATCH)
    far = replace(moved, index=Decimal("0.2"))
    lines = (moved, far, replace(score, index=None, chance=None))
    rows = table(drift_page(replace(drift(), lines=lines)), "Score and inputs")
    assert [row[4] for row in rows] == ["Watch, may be chance", "Watch", "Nothing to compare"]
    assert rows[2][1:3] == (None, None)


def test_outcomes_stand_with_what_they_are_held_against():
    assert table(drift_page(drift()), "Outcomes") == (
        ("Mean debt to income", "31.64 %", "31.67 %, at most 10.00 % off", "Sound"),
        ("Accuracy on outcomes", "80.32 %", "at least 90.00 %", "Alert"),
        ("AUC", "0.766", "0.790 in its own test", "Sound"),
        ("KS", "—", "0.453 in its own test", "Too few"),
        ("Brier", "0.134", "0.029 in its own test", "Alert"),
    )


def test_without_enough_loans_there_is_no_verdict():
    few = replace(drift().outcomes, enough=False, own_test=None)
    rows = table(drift_page(replace(drift(), outcomes=few, mean_dti=None)), "Outcomes")
    assert {row[3] for row in rows} == {"Too few"}
    assert rows[2][2] == "— in its own test"
    assert rows[0][1:3] == (None, None)


def test_a_mean_that_moved_is_an_alert():
    shift = replace(drift().mean_dti, level=AlertLevel.WARNING)
    rows = table(drift_page(replace(drift(), mean_dti=shift)), "Outcomes")
    assert rows[0][3] == "Alert"


def test_levels_and_decisions_carry_their_shares():
    page = drift_page(drift())
    assert table(page, "Calibration by level") == (
        ("Low (too few)", 46, 1, 2_727, 21_739),
        ("Medium", 288, 26, None, 90_278),
    )
    assert table(page, "Approvals and overrides") == (
        ("Approve", 15, 1, 1, 62_500),
        ("Reject", 0, 0, 0, None),
    )


def test_the_note_says_how_it_was_measured():
    note = drift_page(drift()).note
    assert note.startswith("500 applications scored in 12 months; 432 matured loans, 67 of them")
    assert "Compared with drawn ones." in note
    assert note.endswith("no evidence of any bank.")
    own = replace(drift(), bands_synthetic=False, of_rows=501)
    assert drift_page(own).note.startswith("The newest 500 of 501 applications")
    assert "evidence" not in drift_page(own).note


def test_a_book_without_scores_says_what_it_needs():
    none = replace(drift(), of_rows=0, outcomes=replace(drift().outcomes, rows=0))
    page = drift_page(none)
    assert (page.tables, page.note[:24]) == ((), "Drift needs applications")


def test_a_model_that_may_not_be_used_is_a_sentence_and_any_other_refusal_stays_one():
    def refused(kind):
        def read():
            raise Refused(kind, "The model's file was changed.")

        return read

    assert drift_or_reason(drift) == drift()
    sentence = drift_or_reason(refused(RefusalKind.MODEL))
    assert drift_page(sentence).note == sentence == "The model's file was changed."
    with pytest.raises(Refused):
        drift_or_reason(refused(RefusalKind.NOT_PERMITTED))
