"""Who has a label: disbursed and matured loans only; a rejection is never a bad."""

import pytest

from ml.monitoring.outcome_labels import (
    BAD,
    GOOD,
    INDETERMINATE,
    UNLABELLED,
    LabelRule,
    LoanOutcome,
    label_of,
    labels_of,
)

RULE = LabelRule(window_months=12, bad_from_dpd=90, good_below_dpd=30)


def test_500_rejected_rows_give_0_labels() -> None:
    rejected = [LoanOutcome(disbursed=False, months_on_book=40, worst_dpd=400, bad_event=True)]
    assert labels_of(rejected * 500, RULE) == [UNLABELLED] * 500


@pytest.mark.parametrize(
    ("outcome", "label"),
    [
        (LoanOutcome(disbursed=True, months_on_book=11, worst_dpd=200), UNLABELLED),
        (LoanOutcome(disbursed=True, months_on_book=12), GOOD),
        (LoanOutcome(disbursed=True, months_on_book=12, worst_dpd=29), GOOD),
        (LoanOutcome(disbursed=True, months_on_book=12, worst_dpd=30), INDETERMINATE),
        (LoanOutcome(disbursed=True, months_on_book=12, worst_dpd=89), INDETERMINATE),
        (LoanOutcome(disbursed=True, months_on_book=12, worst_dpd=90), BAD),
        (LoanOutcome(disbursed=True, months_on_book=30, bad_event=True), BAD),
    ],
)
def test_boundaries(outcome: LoanOutcome, label: int) -> None:
    assert label_of(outcome, RULE) == label
