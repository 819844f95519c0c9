from datetime import date

import pytest

from app.services.steps.customer_facts import CustomerFacts
from app.services.steps.fact_fields import FACT_BY_NAME, FACT_FIELDS, with_text
from app.services.steps.refusal import Refused
from db.vocabulary.people import EmploymentType


def test_every_correctable_fact_has_its_place_in_the_form():
    for fact in FACT_FIELDS:
        assert not fact.typed or hasattr(CustomerFacts(), fact.typed), fact.name


@pytest.mark.parametrize(
    ("name", "text", "attribute", "value"),
    [
        ("full_name", " Asha ", "full_name", "Asha"),
        ("date_of_birth", "1985-04-03", "date_of_birth", date(1985, 4, 3)),
        ("monthly_income", "100", "monthly_income_paise", 100),
        ("employment_type", "Self-Employed", "employment_type", EmploymentType.SELF_EMPLOYED),
        ("income_source", "", "income_source", None),
        ("ifsc_code", "", "ifsc_code", None),
        ("email", "", "email", ""),
    ],
)
def test_a_text_becomes_the_typed_value(name, text, attribute, value):
    assert getattr(with_text(CustomerFacts(), FACT_BY_NAME[name], text), attribute) == value


@pytest.mark.parametrize(
    ("name", "text"), [("date_of_birth", "3/4"), ("monthly_income", "1.5"), ("state", "Nowhere")]
)
def test_another_text_is_refused_with_how_it_is_written(name, text):
    with pytest.raises(Refused) as refused:
        with_text(CustomerFacts(), FACT_BY_NAME[name], text)
    assert list(refused.value.fields) == ["value"]
