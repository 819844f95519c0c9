"""Portfolio sums against a plain count over the same records, and rows that add up to them."""

from datetime import UTC, date, datetime

import pytest

from db.repositories.own_loans import NPA_CLASSES
from db.unit_of_work import UnitOfWork
from db.vocabulary.decisions import Decision
from db.vocabulary.loan_life import ApplicationStatus, AssetClass, LoanStatus
from tests.db.portfolio_book import AS_OF, BRANCH, SmallBook


@pytest.fixture
def small(unguarded: UnitOfWork, samples, make_loan) -> SmallBook:
    made = SmallBook(samples, make_loan)
    made.write(unguarded)
    return made


def advances(small: SmallBook) -> list:
    return [one for one in small.loans if one.status is not LoanStatus.WRITTEN_OFF]


def owed(loans) -> int:
    return sum(one.outstanding_paise for one in loans)


def test_loan_sums(book: UnitOfWork, small: SmallBook) -> None:
    sums = book.portfolio.sums(BRANCH, AS_OF)
    npa = [one for one in advances(small) if one.asset_class in NPA_CLASSES]
    assert sums.loans == 40
    assert sums.active_loans == sum(one.status is LoanStatus.ACTIVE for one in small.loans)
    assert sums.defaulted_loans == sum(one.defaulted_on is not None for one in small.loans)
    assert sums.outstanding_paise == owed(advances(small))
    assert sums.npa_outstanding_paise == owed(npa)
    assert sums.npa_provision_paise == sum(small.newest_entry(one).provision_paise for one in npa)
    for days in (30, 60, 90):
        late = [one for one in advances(small) if small.days_past_due(one) > days]
        assert getattr(sums, f"outstanding_above_{days}_paise") == owed(late)
    assert sums.disbursed_paise == sum(one.amount_paise for one in small.disbursements)
    assert sums.repaid_paise == 40 * 1115
    assert sums.late_fees_paise == 40 * 10


def test_instalment_and_application_sums(book: UnitOfWork, small: SmallBook) -> None:
    sums = book.portfolio.sums(None, AS_OF)
    due = [one for one in small.instalments if one.due_date <= AS_OF]
    on_time = [one for one in due if one.paid_on and one.paid_on <= one.due_date]
    unpaid = [one for one in due if one.paid_on is None]
    assert sums.instalments_due == len(due)
    assert (sums.instalments_on_time, sums.instalments_unpaid) == (len(on_time), len(unpaid))
    assert sums.instalments_late == len(due) - len(on_time) - len(unpaid)
    month = [one for one in due if one.due_date >= date(2026, 9, 1)]
    assert sums.current_demand_paise == 100 * len(month)
    assert sums.collected_on_current_paise == sum(
        one.paid_interest_paise + one.paid_principal_paise for one in month
    )
    statuses = [one.status for one in small.applications]
    approved = sum(s in (ApplicationStatus.APPROVED, ApplicationStatus.DISBURSED) for s in statuses)
    assert (sums.applications, sums.approved) == (40, approved)
    assert sums.decided == approved + statuses.count(ApplicationStatus.REJECTED)


def test_classes_carry_the_latest_provision(book: UnitOfWork, small: SmallBook) -> None:
    lines = book.portfolio.classes(BRANCH, AS_OF)
    still_open = [
        one for one in small.loans if one.status in (LoanStatus.ACTIVE, LoanStatus.DEFAULTED)
    ]
    for line in lines:
        own = [one for one in still_open if one.asset_class is line.asset_class]
        assert (line.loans, line.outstanding_paise) == (len(own), owed(own))
        assert line.provision_paise == sum(small.newest_entry(one).provision_paise for one in own)
    assert sum(line.loans for line in lines) == len(still_open)
    order = list(AssetClass)
    assert [line.asset_class for line in lines] == sorted(
        (line.asset_class for line in lines), key=order.index
    )


def test_rows_add_up_to_their_figure(book: UnitOfWork, small: SmallBook) -> None:
    portfolio = book.portfolio
    sums = portfolio.sums(BRANCH, AS_OF)
    for figure, expected in (
        ("outstanding", sums.outstanding_paise),
        ("npa", sums.npa_outstanding_paise),
        ("disbursed", sums.disbursed_paise),
        ("par30", sums.outstanding_above_30_paise),
        ("par60", sums.outstanding_above_60_paise),
        ("par90", sums.outstanding_above_90_paise),
    ):
        rows = portfolio.rows(BRANCH, AS_OF, figure)
        assert sum(row.amount_paise for row in rows) == expected
    for figure, count in (
        ("loans", sums.loans),
        ("active_loans", sums.active_loans),
        ("defaulted_loans", sums.defaulted_loans),
    ):
        assert len(portfolio.rows(BRANCH, AS_OF, figure)) == count
    breakdowns = (
        *((f"class:{c.asset_class}", c.loans, c.outstanding_paise)
          for c in portfolio.classes(BRANCH, AS_OF)),
        *((f"purpose:{p.key}", p.loans, p.amount_paise) for p in portfolio.by_purpose(BRANCH)),
        *((f"collateral:{k.key}", k.loans, k.amount_paise)
          for k in portfolio.collateral_by_kind(BRANCH)),
    )  # fmt: skip
    for figure, count, amount in breakdowns:
        rows = portfolio.rows(BRANCH, AS_OF, figure)
        assert (len(rows), sum(row.amount_paise for row in rows)) == (count, amount)
    for unknown in ("nothing", "class:Gold", "purpose:x"):
        with pytest.raises(ValueError, match=r".+"):
            portfolio.rows(BRANCH, AS_OF, unknown)


def test_bands(book: UnitOfWork, small: SmallBook) -> None:
    edges = (500_000, 800_000, 1_000_000)
    bands = book.portfolio.ltv_bands(BRANCH, edges)
    keys = ["none", "0-500000", "500000-800000", "800000-1000000", "1000000-"]
    assert [band.key for band in bands] == keys
    expected = dict.fromkeys(keys, 0)
    for loan, application in zip(small.loans, small.applications, strict=True):
        if loan.status not in (LoanStatus.ACTIVE, LoanStatus.DEFAULTED):
            continue
        accepted = sum(one.value_paise * 800_000 // 1_000_000 for one in application.collateral)
        if not accepted:
            key = "none"
        else:
            place = sum(loan.outstanding_paise * 1_000_000 > edge * accepted for edge in edges)
            key = keys[1 + place]
        expected[key] += 1
    assert {band.key: band.loans for band in bands} == expected
    sizes = book.portfolio.ticket_sizes(BRANCH, (100_000,))
    small_ones = sum(one.principal_paise <= 100_000 for one in small.loans)
    assert [size.loans for size in sizes] == [small_ones, 40 - small_ones]
    methods = book.portfolio.by_method(BRANCH, AS_OF)
    assert sum(one.amount_paise for one in methods) == 40 * 1115


def test_months(book: UnitOfWork, small: SmallBook) -> None:
    months = book.portfolio.months(BRANCH, AS_OF)
    assert [one.month_end for one in months][-2:] == [date(2026, 8, 31), AS_OF]
    assert len(months) == 12
    for one in months:
        until = one.month_end
        lent = sum(d.amount_paise for d in small.disbursements if d.disbursement_date <= until)
        back = [r for r in small.repayments if r.value_date <= until]
        assert one.outstanding_paise == lent - 1000 * len(back)
        assert one.loans_to_date == sum(x.disbursement_date <= until for x in small.loans)
        assert one.defaulted_to_date == sum(
            x.defaulted_on is not None and x.defaulted_on <= until for x in small.loans
        )
        first = until.replace(day=1)
        assert one.disbursed_paise == book.portfolio.disbursed_between(BRANCH, first, until)
        npa = 0
        for loan in small.loans:
            entry = small.newest_entry(loan, until)
            if entry and entry.asset_class in NPA_CLASSES:
                lent = loan.principal_paise if loan.disbursement_date <= until else 0
                npa += lent - 1000 * sum(r.loan_id == loan.loan_id for r in back)
        assert one.npa_outstanding_paise == npa
    final = (Decision.APPROVE, Decision.APPROVE_WITH_CHANGES, Decision.REJECT)
    starts = datetime(2025, 9, 30, 18, 30, tzinfo=UTC)  # midnight in India
    inside = [d for d in small.decisions if d.decided_at >= starts]
    assert sum(one.decided for one in months) == sum(d.decision in final for d in inside)
    assert sum(one.approved for one in months) == sum(d.decision in final[:2] for d in inside)
    assert book.portfolio.months(BRANCH, AS_OF, 0) == ()


def test_statement_counts(book: UnitOfWork, small: SmallBook, statements: list[str]) -> None:
    for expected, call in (
        (1, lambda: book.portfolio.sums(BRANCH, AS_OF)),
        (1, lambda: book.portfolio.classes(BRANCH, AS_OF)),
        (4, lambda: book.portfolio.months(BRANCH, AS_OF)),
        (1, lambda: book.portfolio.ltv_bands(BRANCH, (500_000,))),
        (1, lambda: book.portfolio.rows(BRANCH, AS_OF, "npa")),
    ):
        statements.clear()
        call()
        assert len(statements) == expected


def test_another_branch_has_nothing(book: UnitOfWork, small: SmallBook) -> None:
    sums = book.portfolio.sums(413, AS_OF)
    assert (sums.loans, sums.outstanding_paise, sums.disbursed_paise) == (0, 0, 0)
    assert book.portfolio.classes(413, AS_OF) == ()
    assert {one.outstanding_paise for one in book.portfolio.months(413, AS_OF)} == {0}
