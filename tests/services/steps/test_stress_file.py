"""The files of a stress job: what goes in comes out, and a stop leaves no job."""

import json
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app.rules.stress import preset_scenario
from app.services.steps.progress import StoppedError, never, silent
from app.services.steps.stress_file import (
    StressTerms,
    borrower_key,
    job_rules,
    read_loans,
    salaried_keys,
    write_job,
    write_loans,
)
from db.records.stress import StressRow
from db.vocabulary.decisions import RiskLevel
from db.vocabulary.lending import EmiRounding
from db.vocabulary.loan_life import AssetClass, ProvisionSegment
from db.vocabulary.operations import StressPreset
from db.vocabulary.people import EmploymentType, State

DAY = date(2026, 9, 30)
ROW = StressRow(
    branch_id=412,
    loan_id=UUID(int=1),
    customer_id=UUID(int=2),
    product_code="GOLD",
    asset_class=AssetClass.SMA_1,
    npa_since=None,
    oldest_unpaid_due=date(2026, 8, 1),
    outstanding_paise=100,
    principal_paise=200,
    emi_paise=10,
    rate_ppm=100_000,
    first_due_date=date(2026, 1, 31),
    tenure_months=24,
    floating=True,
    restructured=False,
    provision_segment=ProvisionSegment.OTHER,
    risk_level=RiskLevel.LOW,
    income_paise=1_000,
    employment_type=EmploymentType.SALARIED,
    state=State.KARNATAKA,
    dues_paise=5,
    security_paise=7,
    gold_paise=7,
    security_start_paise=9,
)
BARE = ROW._replace(
    npa_since=date(2025, 1, 1), oldest_unpaid_due=None, risk_level=None, employment_type=None,
    state=None, income_paise=None,
)  # fmt: skip


def test_loans_come_out_as_they_went_in(tmp_path) -> None:
    assert write_loans([ROW, BARE], tmp_path, 2, (silent, never)) == 2
    found = list(read_loans(tmp_path))
    texts = {"loan_id": str(ROW.loan_id), "customer_id": str(ROW.customer_id)}
    assert found == [ROW._replace(**texts), BARE._replace(**texts)]
    assert list(salaried_keys(tmp_path)) == [borrower_key(ROW)]


def test_writing_tells_how_far_it_is_and_stops(tmp_path) -> None:
    told = []
    write_loans([ROW] * 4_001, tmp_path, 4_001, (lambda *step: told.append(step), never))
    assert told == [(2_000, 4_001), (4_000, 4_001)]
    with pytest.raises(StoppedError):
        write_loans([ROW] * 2_000, tmp_path, 2_000, (silent, lambda: True))


def test_a_job_carries_the_rules_of_its_day(tmp_path, rulebook) -> None:
    terms = StressTerms(
        name="RATE_UP",
        as_of=DAY,
        scenario=preset_scenario(StressPreset.RATE_UP, rulebook, DAY),
        loans=1,
        roundings={"GOLD": EmiRounding.RUPEE},
        pd_ppm={"Low": 10, "all": 30},
        method=("so",),
    )
    write_job(tmp_path, terms, rulebook)
    job = json.loads((tmp_path / "job.json").read_text())
    assert job["kind"] == "stress"
    rules = job_rules(job)
    for row in rulebook.rows:
        if row.in_force(DAY):
            assert rules.row(row.code, DAY, row.segment).value == row.value
    assert terms.rounding_of("GOLD", EmiRounding.PAISA) is EmiRounding.RUPEE
    assert terms.rounding_of("NEW", EmiRounding.PAISA) is EmiRounding.PAISA
    assert terms.probability_of(RiskLevel.LOW) == 10
    assert terms.probability_of(RiskLevel.HIGH) == terms.probability_of(None) == 30
    assert replace(terms, pd_ppm={}).probability_of(RiskLevel.LOW) is None
