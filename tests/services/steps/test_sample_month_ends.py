from collections import defaultdict
from datetime import timedelta

from app.services.steps.sample_month_ends import MONTHS
from db.vocabulary.loan_life import LoanStatus
from ml.sample.book_presets import SANDBOX_DAY
from tests.services.sample_desks import built_book


def test_the_last_month_end_is_the_book_itself(rulebook) -> None:
    made = built_book(rulebook)[0]
    kept = {each.loan_id: each for each in made.month_ends if each.month_end == SANDBOX_DAY}
    still_open = {x.loan_id: x for x in made.loans.loans if x.status is not LoanStatus.CLOSED}
    assert kept.keys() == still_open.keys()
    for loan_id, loan in still_open.items():
        for name in ("asset_class", "dpd_bucket", "outstanding_paise", "overdue_paise",
                     "provision_paise"):  # fmt: skip
            assert getattr(kept[loan_id], name) == getattr(loan, name), name


def test_every_month_end_keeps_what_was_open_then(rulebook) -> None:
    made = built_book(rulebook)[0]
    by_day = defaultdict(dict)
    for each in made.month_ends:
        by_day[each.month_end][each.loan_id] = each
    assert len(by_day) == MONTHS
    for day, kept in by_day.items():
        assert (day + timedelta(days=1)).day == 1
        for loan in made.loans.loans:
            was_open = loan.disbursement_date <= day and not (
                loan.closed_on and loan.closed_on <= day
            )
            assert (loan.loan_id in kept) == was_open
            if was_open:
                back = sum(
                    row.principal_paise
                    for row in made.loans.repayments
                    if row.loan_id == loan.loan_id and row.value_date <= day
                )
                assert kept[loan.loan_id].outstanding_paise == loan.principal_paise - back
                assert kept[loan.loan_id].provision_paise > 0
