"""Adding a book up, borrower by borrower. Equality with a naive book: test_run_stress_test.py."""

import json
from datetime import date

import pytest

from app.rules.stress import preset_scenario
from app.services.steps.progress import StoppedError, never, silent
from app.services.steps.stress_figures import SegmentBy
from app.services.steps.stress_file import StressTerms, write_job, write_loans
from app.services.steps.stress_job import run_of, running_loan, stress_job
from db.vocabulary.lending import EmiRounding
from db.vocabulary.operations import StressPreset
from tests.services.steps.test_stress_file import BARE, DAY, ROW


def job_of(folder, rulebook, rows, pd_ppm) -> dict:
    terms = StressTerms(
        name="COMBINED",
        as_of=DAY,
        scenario=preset_scenario(StressPreset.COMBINED, rulebook, DAY),
        loans=len(rows),
        roundings={},
        pd_ppm=pd_ppm,
        method=(),
    )
    write_loans(rows, folder, len(rows), (silent, never))
    write_job(folder, terms, rulebook)
    return json.loads((folder / "job.json").read_text())


def answered(folder, job):
    (folder / "result.json").write_text(json.dumps(stress_job(job, folder)))
    return run_of(folder)


def test_a_borrower_counts_once_with_all_loans(tmp_path, rulebook) -> None:
    found = answered(tmp_path, job_of(tmp_path, rulebook, [ROW, ROW], {"all": 100_000}))
    assert (found.loans, found.borrowers, found.outstanding_paise) == (2, 1, 200)
    # 10 + 10 here and 5 elsewhere over 1,000: far below the guide, before and after.
    assert (found.before.above_guide, found.after.above_guide) == (0, 0)
    assert found.after.above_guide_share == 0


def test_a_borrower_without_income_stands_above_the_guide(tmp_path, rulebook) -> None:
    found = answered(tmp_path, job_of(tmp_path, rulebook, [BARE], {"all": 100_000}))
    assert (found.before.above_guide, found.after.above_guide) == (1, 1)
    assert {each.key for each in found.segments} == {"GOLD", "unknown"}


def test_no_loss_is_known_where_nothing_is(tmp_path, rulebook) -> None:
    large = ROW._replace(outstanding_paise=100_000)
    found = answered(tmp_path, job_of(tmp_path, rulebook, [large, large], {}))
    assert found.before.expected_loss_paise is None
    assert found.after.expected_loss_paise is None
    assert found.cut(SegmentBy.PRODUCT)[0].loss_added_paise is None
    assert found.before.provision_paise > 0


def test_it_tells_how_far_it_is_and_stops(tmp_path, rulebook) -> None:
    rows = [ROW._replace(customer_id=f"c{number:04}") for number in range(501)]
    job = job_of(tmp_path, rulebook, rows, {"all": 100_000})
    told = []
    stress_job(job, tmp_path, lambda *step: told.append(step))
    assert told == [(0, 501), (500, 501), (501, 501)]
    with pytest.raises(StoppedError):
        stress_job(job, tmp_path, cancelled=lambda: True)


@pytest.mark.parametrize(
    ("day", "left"),
    [(date(2026, 9, 30), 16), (date(2027, 12, 31), 1), (date(2030, 1, 1), 1)],
)
def test_months_left_are_counted_to_the_end_of_the_term(tmp_path, rulebook, day, left) -> None:
    terms = StressTerms(
        "x", day, preset_scenario(StressPreset.RATE_UP, rulebook, day), 1, {}, {}, ()
    )
    assert running_loan(ROW, terms, rulebook, EmiRounding.RUPEE).months_left == left
