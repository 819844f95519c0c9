"""A small random book kept as plain records too, so that sums can be counted beside it."""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from db.records.applications import Collateral, DecisionRecord
from db.records.loans import Disbursement, Instalment, LoanBatch, NpaEntry, Repayment
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
