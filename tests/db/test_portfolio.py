"""Portfolio sums against a plain count over the same records, and rows that add up to them."""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from db.records.applications import Collateral, DecisionRecord
from db.records.loans import Disbursement, Instalment, LoanBatch, NpaEntry, Repayment
from db.repositories.own_loans import NPA_CLASSES
from db.unit_of_work import UnitOfWork
from db.vocabulary.decisions import Decision
from db.vocabulary.lending import AppropriationOrder, CollateralType, LoanPurpose
from db.vocabulary.loan_life import (
    ApplicationStatus,
    AssetClass,
    DisbursementMode,
    LoanStatus,
    PaymentMethod,
)

BRANCH = 412
AS_OF = date(2026, 9, 30)
AT = datetime(2026, 9, 30, 12, tzinfo=UTC)


class SmallBook:
    """Forty random loans, kept as records beside the book."""

    def __init__(self, samples, make_loan) -> None:
        self.samples = samples
        self.chance = random.Random(11)  # noqa: S311  # test data
        self.new = samples.customer()
        self.applications, self.loans = [], []
        self.instalments, self.repayments, self.disbursements = [], [], []
        self.entries, self.decisions = [], []
        for number in range(40):
            self._add(number, make_loan)

    def _add(self, number: int, make_loan) -> None:
        chance, samples = self.chance, self.samples
        kinds = chance.sample(list(CollateralType), chance.randrange(3))
        application = samples.application(
            self.new.customer,
            1001 + number,
            status=chance.choice(list(ApplicationStatus)),
            collateral=tuple(
                Collateral(samples.new_id(), kind, chance.randrange(1, 200_000), None, 800_000)
                for kind in kinds
            ),
            guarantors=(),
        )
        self.applications.append(application)
        lent = chance.randrange(50_000, 200_000)
        loan = make_loan(
            application,
            1001 + number,
            principal_paise=lent,
            outstanding_paise=chance.randrange(lent),
            loan_purpose=chance.choice(list(LoanPurpose)),
            status=chance.choice([LoanStatus.ACTIVE, LoanStatus.ACTIVE, *LoanStatus]),
            asset_class=chance.choice(list(AssetClass)),
            disbursement_date=AS_OF - timedelta(days=chance.randrange(700)),
            oldest_unpaid_due=chance.choice(
                [None, *(AS_OF - timedelta(days=n) for n in (0, 29, 30, 31, 59, 60, 89, 90, 400))]
            ),
            defaulted_on=chance.choice([None, AS_OF - timedelta(days=chance.randrange(300))]),
        )
        self.loans.append(loan)
        self._add_parts(loan, application)

    def _add_parts(self, loan, application) -> None:
        chance, new_id = self.chance, self.samples.new_id
        self.disbursements.append(
            Disbursement(
                new_id(),
                loan.loan_id,
                loan.principal_paise,
                loan.disbursement_date,
                DisbursementMode.CHEQUE,
            )
        )
        for number in range(1, 5):
            due = AS_OF + timedelta(days=chance.randrange(-60, 20))
            paid_on = chance.choice([None, due, due - timedelta(days=3), due + timedelta(days=1)])
            paid = (10, 90) if paid_on else (chance.randrange(10), 0)
            self.instalments.append(
                Instalment(loan.loan_id, number, due, 100, 10, 90, 10, *paid, paid_on)
            )
        self.repayments.append(
            Repayment(
                new_id(),
                loan.loan_id,
                AS_OF - timedelta(days=chance.randrange(60)),
                AT,
                *(1115, 100, 1000, 10, 5),
                balance_after_paise=0,
                method=chance.choice(list(PaymentMethod)),
                reference="",
                policy=AppropriationOrder.FIFO_IPC,
            )
        )
        for age in (200, 40, 40):
            day = AS_OF - timedelta(days=age)
            self.entries.append(
                NpaEntry(
                    new_id(),
                    loan.loan_id,
                    day,
                    AT + timedelta(seconds=len(self.entries)),
                    chance.choice(list(AssetClass)),
                    None,
                    None,
                    chance.randrange(1000),
                    "",
                )
            )
        self.decisions.append(
            DecisionRecord(
                new_id(),
                application.application_id,
                chance.choice(list(Decision)),
                UUID(int=1),
                UUID(int=2),
                AT - timedelta(days=chance.randrange(500)),
                "R",
            )
        )

    def write(self, book: UnitOfWork) -> None:
        book.customers.add(self.new)
        book.applications.add_many(self.applications)
        book.applications.add_decisions(BRANCH, self.decisions)
        book.loans.add_many(
            BRANCH,
            LoanBatch(
                tuple(self.loans),
                tuple(self.instalments),
                tuple(self.disbursements),
                tuple(self.repayments),
                tuple(self.entries),
            ),
        )

    def newest_entry(self, loan, until: date = AS_OF) -> NpaEntry | None:
        own = [e for e in self.entries if e.loan_id == loan.loan_id and e.business_date <= until]
        return max(own, key=lambda e: (e.business_date, e.recorded_at), default=None)

    def days_past_due(self, loan) -> int:
        due = loan.oldest_unpaid_due
        return 0 if due is None or due > AS_OF else (AS_OF - due).days + 1


@pytest.fixture
def small(book: UnitOfWork, samples, make_loan) -> SmallBook:
    made = SmallBook(samples, make_loan)
    made.write(book)
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
