"""The families of a running loan refuse what does not fit, by the name of the field."""

from typing import Any

import pytest

from tests.rules.lending_vectors import RULEBOOK, TODAY, VECTORS, calculate

BASE: dict[str, dict[str, Any]] = {}
for _vector in VECTORS:
    BASE.setdefault(_vector["family"], _vector["input"])


def _answer(family: str, **changed: object) -> dict[str, Any]:
    answer = calculate(family, {**BASE[family], **changed}, RULEBOOK, TODAY)
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize(
    ("family", "field", "changed"),
    [
        ("part_prepayment", "amount", {"prepaid": "0.00"}),
        ("part_prepayment", "amount", {"prepaid": "-1.00"}),
        ("part_prepayment", "amount", {"prepaid": "835955.23"}),
        ("part_prepayment", "prepaid", {"prepaid": "NaN"}),
        ("part_prepayment", "after_instalment", {"after_instalment": 60}),
        ("part_prepayment", "after_instalment", {"after_instalment": -1}),
        ("part_prepayment", "after_instalment", {"after_instalment": "1.5"}),
        ("part_prepayment", "loan_amount", {"principal": "0.00"}),
        ("part_prepayment", "interest_rate", {"rate": "-1"}),
        ("part_prepayment", "months", {"months": "12.5"}),
        ("foreclosure", "principal", {"principal": "Infinity"}),
        ("foreclosure", "interest_rate", {"rate": "-0.01"}),
        ("foreclosure", "paid_instalments", {"paid_instalments": 60}),
        ("foreclosure", "days_after_due", {"days_after_due": -1}),
        ("foreclosure", "days_after_due", {"days_after_due": 10**9}),
        ("foreclosure", "days_after_due", {"days_after_due": "2.5"}),
        ("foreclosure", "fee_percent", {"fee_percent": "-1"}),
        ("foreclosure", "gst_percent", {"gst_percent": "-1"}),
        ("foreclosure", "fee_permitted", {"fee_permitted": "no"}),
        ("document_release", "handed_over_on", {"handed_over_on": "2026-01-01"}),
        ("document_release", "closed_on", {"closed_on": "9999-12-31"}),
        ("document_release", "closed_on", {"closed_on": "soon"}),
        ("document_release", "originals_lost", {"originals_lost": 1}),
        ("penal_charge", "overdue", {"overdue": "0.00"}),
        ("penal_charge", "overdue", {"overdue": "NaN"}),
        ("penal_charge", "days_overdue", {"days_overdue": -1}),
        ("penal_charge", "rate", {"rate": None}),
        ("penal_charge", "interest_rate", {"rate": "-1"}),
        ("penal_charge", "flat_amount", {"method": "FLAT"}),
        ("penal_charge", "method", {"method": "COMPOUND"}),
        ("cooling_off", "loan_amount", {"principal": "0"}),
        ("cooling_off", "interest_rate", {"apr": "-1"}),
        ("cooling_off", "days", {"days": -1}),
        ("cooling_off", "days", {"days": 4}),
        ("cooling_off", "days", {"days": "1.5"}),
        ("rate_reset", "loan_amount", {"outstanding": "0.00"}),
        ("rate_reset", "interest_rate", {"old_rate": "-1"}),
        ("rate_reset", "interest_rate", {"new_rate": "-1"}),
        ("rate_reset", "new_rate", {"new_rate": "NaN"}),
        ("rate_reset", "loan_tenure_months", {"instalments_left": 0}),
        ("rate_reset", "instalments_left", {"instalments_left": "0.5"}),
        ("rate_reset", "rounding", {"rounding": "FLOOR"}),
    ],
)
def test_a_misfit_is_refused_with_its_field(
    family: str, field: str, changed: dict[str, object]
) -> None:
    answer = _answer(family, **changed)
    assert (answer["refused"], answer["field"]) == (True, field)
    assert answer["message"]


def test_papers_before_the_rule_are_refused() -> None:
    answer = _answer("document_release", closed_on="2023-11-30")
    assert answer["refused"]
    assert "in force on 30 Nov 2023" in answer["message"]


def test_a_loan_closed_on_its_due_date_owes_no_interest() -> None:
    found = _answer("foreclosure", days_after_due=0)
    assert (found["accrued_interest"], found["total"]) == ("0.00", "835955.23")


def test_a_prepayment_may_come_before_the_first_instalment() -> None:
    found = _answer("part_prepayment", after_instalment=0)
    assert (found["balance_before"], found["balance_after"]) == ("1000000.00", "800000.00")
