"""The view that every policy check looks at."""

from datetime import date
from decimal import Decimal

from app.rules.application_figures import figures_of
from app.rules.policy_findings import NOT_APPLICABLE, CaseView, within
from tests.rules.case_samples import SHOWN, WORKED
from tests.rules.lending_vectors import RULEBOOK


def test_a_row_out_of_force_is_none_and_per_cent_meets_ppm() -> None:
    view = CaseView(WORKED, figures_of(WORKED, RULEBOOK), RULEBOOK, SHOWN)
    assert view.row("breach_notice_hours") is None
    row = view.row("new_emi_ratio_refer_from")
    assert row is not None
    assert within(row, Decimal(40))
    assert not within(row, Decimal("39.9999"))
    assert view.label("loan_purpose", "Home Renovation") == "home renovation"
    assert not NOT_APPLICABLE.applies
    assert row.effective_from <= date(2026, 9, 30)
