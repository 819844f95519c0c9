"""Only an NPA leaves the books or becomes a loss, and only on the day itself."""

from dataclasses import replace
from datetime import date

import pytest

from app.services.steps.change_books import loss, write_off
from app.services.steps.loan_change import LoanChange
from app.services.steps.refusal import Refused
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import AssetClass, LoanStatus
from tests.rules.lending_vectors import RULEBOOK
from tests.services.running_loans import LoanPlanned, owed_sample

TODAY = date(2026, 11, 23)
ACTS = [(write_off, LoanAct.WRITE_OFF), (loss, LoanAct.LOSS)]


def owed(asset_class: AssetClass = AssetClass.DOUBTFUL_1, on: date = TODAY):
    found = owed_sample(LoanPlanned(disbursed_on=date(2024, 2, 5), paid=4), on, TODAY, RULEBOOK)
    return replace(found, loan=replace(found.loan, asset_class=asset_class))


def test_a_write_off_inside_the_first_year_gives_a_default_its_day() -> None:
    fresh = owed_sample(LoanPlanned(disbursed_on=date(2026, 2, 5), paid=2), TODAY, TODAY, RULEBOOK)
    npa = replace(fresh, loan=replace(fresh.loan, asset_class=AssetClass.SUB_STANDARD))
    plan = write_off(LoanChange(LoanAct.WRITE_OFF, TODAY), npa, RULEBOOK, TODAY)
    assert plan.loan_fields["defaulted_on"] == TODAY
    older = write_off(LoanChange(LoanAct.WRITE_OFF, TODAY), owed(), RULEBOOK, TODAY)
    assert older.loan_fields["defaulted_on"] is None
    assert older.after.status is LoanStatus.WRITTEN_OFF
    assert older.after.written_off_paise == older.before.outstanding_paise


def test_an_advance_is_used_first() -> None:
    found = owed()
    held = replace(found, state=replace(found.state, advance_paise=1))
    with pytest.raises(Refused, match="advance"):
        write_off(LoanChange(LoanAct.WRITE_OFF, TODAY), held, RULEBOOK, TODAY)


@pytest.mark.parametrize(("plan", "act"), ACTS)
def test_refusals(plan, act) -> None:
    for asset_class in (AssetClass.STANDARD, AssetClass.SMA_2):
        with pytest.raises(Refused, match="NPA"):
            plan(LoanChange(act, TODAY), owed(asset_class), RULEBOOK, TODAY)
    other = date(2026, 11, 20)
    with pytest.raises(Refused) as refusal:
        plan(LoanChange(act, other), owed(on=other), RULEBOOK, TODAY)
    assert set(refusal.value.fields) == {"value_date"}
    assert plan(LoanChange(act, TODAY), owed(), RULEBOOK, TODAY).rows == ()


def test_a_loss_is_identified_once() -> None:
    with pytest.raises(Refused, match="already"):
        loss(LoanChange(LoanAct.LOSS, TODAY), owed(AssetClass.LOSS), RULEBOOK, TODAY)
