"""A stress run: equal to a computation loan by loan on both engines, repeatable, and harsher never
better.
"""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cli.compute_jobs import run_job
from app.rules.rulebook import Rulebook
from app.rules.typed_scenario import TypedShocks
from app.services.run_stress_test import RunStress, prepare_stress, scenario_of, stress_answer
from app.services.steps.desk import Desk
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.progress import StoppedError
from app.services.steps.refusal import Refused
from app.services.steps.sandbox_staff import MAKER, SANDBOX_BRANCH, sandbox_actor
from app.services.steps.stress_figures import SegmentBy, StressRun
from app.services.watch_classes import watch_classes
from app.services.watch_summary import watch_summary
from db.vocabulary.loan_life import EclStanding
from db.vocabulary.operations import StressPreset
from ml.sample.book_presets import SANDBOX_DAY
from tests.services.naive_stress import COMBINED, naive_stress
from tests.services.sample_desks import small_sandbox

PRESETS = {each: RunStress(preset=each) for each in StressPreset}


@pytest.fixture
def analyst(request) -> Desk:
    return small_sandbox(request)[0]


def run(request: RunStress, desk: Desk, folder: Path) -> StressRun:
    folder.mkdir(parents=True, exist_ok=True)
    prepare_stress(request, desk, folder)
    run_job(folder)
    return stress_answer(folder)


def test_a_run_equals_the_book_computed_loan_by_loan(sample_desk, rulebook, tmp_path):
    found = run(PRESETS[StressPreset.COMBINED], sample_desk, tmp_path / "job")
    roundings = {each.product_code: each.emi_rounding for each in rulebook.products_on(SANDBOX_DAY)}
    days = (SANDBOX_DAY, date(2025, 9, 30))
    with sample_desk.read_book() as book:
        naive = naive_stress(book, SANDBOX_BRANCH, days, COMBINED, roundings)
    summary = watch_summary(MonitorScope(), sample_desk)
    classes = watch_classes(MonitorScope(), sample_desk).classes
    assert naive.loans == found.loans > 40
    assert naive.outstanding == found.outstanding_paise == summary.total_outstanding_paise
    sides = (found.before, found.after)
    assert naive.losses == [each.expected_loss_paise for each in sides]
    assert naive.npas == [each.npa_paise for each in sides]
    assert naive.provisions == [each.provision_paise for each in sides]
    assert naive.above == [each.above_guide for each in sides]
    # Before the shock stand the figures of the other tabs.
    assert found.before.npa_paise == summary.total_npa_amount_paise
    assert found.before.provision_paise == sum(each.provision_required_paise for each in classes)
    assert naive.losses[1] > naive.losses[0]
    assert naive.npas[1] > naive.npas[0]
    assert naive.above[1] > naive.above[0]


def test_the_segments_of_each_cut_add_up_and_the_worst_stands_first(analyst, tmp_path):
    found = run(PRESETS[StressPreset.COMBINED], analyst, tmp_path / "job")
    for by in SegmentBy:
        cut = found.cut(by)
        assert sum(each.loans for each in cut) == found.loans
        assert sum(each.outstanding_paise for each in cut) == found.outstanding_paise
        assert sum(each.loss_before_paise for each in cut) == found.before.expected_loss_paise
        assert sum(each.loss_after_paise for each in cut) == found.after.expected_loss_paise
        assert sum(each.npa_after_paise for each in cut) == found.after.npa_paise
        added = [each.loss_added_paise for each in cut]
        assert added == sorted(added, reverse=True)


def test_the_same_random_state_gives_the_same_run_and_another_one_another(analyst, tmp_path):
    worst = TypedShocks(unemployment_ppm=300_000, random_state=42)
    one, again, other = (
        run(RunStress(shocks=shocks), analyst, tmp_path / name)
        for name, shocks in (
            ("one", worst),
            ("again", worst),
            ("other", replace(worst, random_state=43)),
        )
    )
    assert one == again
    assert (tmp_path / "one" / "result.json").read_bytes() == (
        tmp_path / "again" / "result.json"
    ).read_bytes()
    assert other.after.above_guide != one.after.above_guide
    assert other.before == one.before


def test_an_answer_says_how_it_was_made(analyst, tmp_path):
    found = run(replace(PRESETS[StressPreset.RATE_UP], random_state=7), analyst, tmp_path / "job")
    assert (found.name, found.scenario.random_state) == ("RATE_UP", 7)
    text = " ".join(found.method)
    assert "random state 7" in text
    assert "multiplied by 1.2" in text
    assert found.standing is EclStanding.SHADOW
    assert found.mark == "Shadow ECL, not the regulatory provision"
    assert found.foir_guide == Decimal(50)


@pytest.fixture(scope="module")
def prepared(request, tmp_path_factory) -> Path:
    """A job whose scenario a test may change: the loans are written once."""
    folder = tmp_path_factory.mktemp("stress")
    prepare_stress(PRESETS[StressPreset.RATE_UP], small_sandbox(request)[0], folder)
    return folder


SHOCKS = st.builds(
    TypedShocks,
    st.integers(0, 50_000),
    st.integers(-500_000, 0),
    st.integers(0, 500_000),
    st.integers(-500_000, 0),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SHOCKS, st.integers(0, 4), st.integers(1, 200_000))
def test_a_harsher_shock_on_a_book_never_lowers_a_figure(
    prepared: Path, rulebook: Rulebook, shocks: TypedShocks, which: int, more: int
):
    harder = [
        replace(shocks, rate_shock_ppm=shocks.rate_shock_ppm + more),
        replace(shocks, income_shock_ppm=shocks.income_shock_ppm - more),
        replace(shocks, unemployment_ppm=shocks.unemployment_ppm + more),
        replace(shocks, property_shock_ppm=shocks.property_shock_ppm - more),
        TypedShocks(
            shocks.rate_shock_ppm + more,
            shocks.income_shock_ppm - more,
            shocks.unemployment_ppm + more,
            shocks.property_shock_ppm - more,
        ),
    ][which]
    mild, hard = (_rerun(prepared, each, rulebook) for each in (shocks, harder))
    assert mild.before == hard.before
    for name in ("expected_loss_paise", "npa_paise", "provision_paise", "above_guide"):
        base, less, worse = (getattr(each, name) for each in (mild.before, mild.after, hard.after))
        assert base <= less <= worse, name


def _rerun(folder: Path, shocks: TypedShocks, rulebook: Rulebook) -> StressRun:
    scenario = scenario_of(RunStress(shocks=shocks), rulebook, SANDBOX_DAY)
    job = json.loads((folder / "job.json").read_text())
    plain = {name: getattr(scenario, name) for name in job["terms"]["scenario"]}
    job["terms"]["scenario"] = {**plain, "pd_multiplier": str(scenario.pd_multiplier)}
    (folder / "job.json").write_text(json.dumps(job))
    run_job(folder)
    return stress_answer(folder)


def test_only_the_loans_asked_for_are_taken(analyst, tmp_path):
    whole = run(PRESETS[StressPreset.RATE_UP], analyst, tmp_path / "whole")
    product = whole.cut(SegmentBy.PRODUCT)[0]
    request = replace(PRESETS[StressPreset.RATE_UP], scope=MonitorScope(product_code=product.key))
    part = run(request, analyst, tmp_path / "part")
    assert (part.loans, part.outstanding_paise) == (product.loans, product.outstanding_paise)
    assert part.before.expected_loss_paise == product.loss_before_paise
    with analyst.read_book() as book:
        officer = book.loans.get(SANDBOX_BRANCH, _any_loan(tmp_path / "whole")).officer_id
    own = run(
        replace(PRESETS[StressPreset.RATE_UP], scope=MonitorScope(officer_id=officer)),
        analyst,
        tmp_path / "own",
    )
    assert 0 < own.loans <= whole.loans


def _any_loan(folder: Path):
    with (folder / "loans.jsonl").open() as file:
        return UUID(json.loads(file.readline())[1])


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (RunStress(), "scenario"),
        (RunStress(preset=StressPreset.RATE_UP, shocks=TypedShocks()), "scenario"),
        (RunStress(shocks=TypedShocks(income_shock_ppm=1)), "income_shock_percent"),
        (RunStress(preset=StressPreset.RATE_UP, random_state=-1), "random_state"),
    ],
)
def test_what_is_no_scenario_is_refused(analyst, tmp_path, request_, field):
    with pytest.raises(Refused) as refused:
        prepare_stress(request_, analyst, tmp_path)
    assert list(refused.value.fields) == [field]
    assert not list(tmp_path.iterdir())


def test_without_loans_there_is_nothing_to_stress(analyst, tmp_path):
    with pytest.raises(Refused, match="nothing to stress"):
        prepare_stress(
            RunStress(StressPreset.RATE_UP, scope=MonitorScope(product_code="NO_SUCH")),
            analyst,
            tmp_path,
        )
    assert not (tmp_path / "job.json").exists()


def test_a_kept_month_end_is_no_book_to_stress(analyst, tmp_path):
    past = RunStress(StressPreset.RATE_UP, scope=MonitorScope(as_of=date(2026, 8, 31)))
    with pytest.raises(Refused) as refused:
        prepare_stress(past, analyst, tmp_path)
    assert list(refused.value.fields) == ["as_of"]


def test_the_whole_bank_is_its_branches_together(analyst, tmp_path):
    own = run(PRESETS[StressPreset.RATE_UP], analyst, tmp_path / "own")
    whole = run(
        RunStress(StressPreset.RATE_UP, scope=MonitorScope(whole_bank=True)),
        analyst,
        tmp_path / "whole",
    )
    assert whole == own  # of one branch


def test_a_maker_may_not_run_it(analyst, tmp_path):
    with pytest.raises(Refused):
        prepare_stress(
            PRESETS[StressPreset.RATE_UP], analyst.acting(sandbox_actor(MAKER)), tmp_path
        )


def test_a_stopped_run_leaves_no_answer(analyst, tmp_path):
    prepare_stress(PRESETS[StressPreset.RATE_UP], analyst, tmp_path)
    with pytest.raises(StoppedError):
        run_job(tmp_path, cancelled=lambda: True)
    with pytest.raises(Refused, match="not finished"):
        stress_answer(tmp_path)
