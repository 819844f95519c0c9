"""What the history of an edit holds; the acts around it have tests of their own."""

from dataclasses import replace

from app.services.read_customer import read_customer
from app.services.steps.fact_changes import changes_between, kept_numbers
from db.vocabulary.people import FactSource


def test_each_fact_that_changed_is_one_row_with_both_values(desk, registered):
    before = read_customer(registered.customer_id, desk).customer
    after = replace(
        before,
        city="Hubballi",
        employment=replace(before.employment, monthly_income_paise=1),
        bureau=replace(before.bureau, score=None),
    )
    rows = changes_between(before, after, desk.person(), desk)
    assert [(row.fact, row.old_value, row.new_value, row.source) for row in rows] == [
        ("city", "Mysuru", "Hubballi", FactSource.TOLD),
        ("monthly_income", "6000000", "1", FactSource.TOLD),
        ("bureau_score", "762", None, FactSource.BUREAU),
    ]
    assert len({row.correction_id for row in rows}) == 3
    assert changes_between(before, before, desk.person(), desk) == ()


def test_numbers_on_record_may_stay_untyped(desk, registered):
    before = read_customer(registered.customer_id, desk).customer
    assert kept_numbers(before) == {"pan_number", "other_id_number"}
    assert kept_numbers(replace(before, pan_masked=None)) == {"other_id_number"}
