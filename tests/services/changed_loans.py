"""A loan that runs, and two people who change it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.services.decide_loan_change import DecideLoanChange, confirm_loan_change
from app.services.propose_loan_change import ProposeLoanChange, propose_loan_change
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.services.steps.loan_act_answer import LoanActAnswer
from app.services.steps.loan_change import LoanChange
from app.services.steps.loan_ledger import LoanLedger, read_ledger, replay_ledger, settled_rows
from db.records.loans import Loan
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import PaymentMethod
from tests.services.running_loans import LoanPlanned, running_loan


@dataclass(frozen=True)
class TwoPeople:
    """Maker and checker at one book, and the loan they work on."""

    maker: Desk
    checker: Desk
    loan_id: UUID

    @property
    def today(self) -> date:
        return self.maker.clock.today()

    def change(self, act: LoanAct, **fields: object) -> LoanChange:
        made = LoanChange(act=act, value_date=self.today, method=PaymentMethod.UPI)
        return replace(made, **fields)

    def propose(self, act: LoanAct, **fields: object) -> LoanActAnswer:
        reason = str(fields.pop("reason", "asked for by the borrower"))
        change = self.change(act, **fields)
        request = ProposeLoanChange(new_id(self.maker), self.loan_id, change, reason)
        return propose_loan_change(request, self.maker)

    def post(self, act: LoanAct, **fields: object) -> LoanActAnswer:
        waiting = self.propose(act, **fields)
        return confirm_loan_change(
            DecideLoanChange(new_id(self.checker), waiting.act_id), self.checker
        )

    @property
    def loan(self) -> Loan:
        with self.maker.read_book() as book:
            return book.loans.get(self.maker.person().branch_id, self.loan_id)

    @property
    def ledger(self) -> LoanLedger:
        with self.maker.read_book() as book:
            return read_ledger(book, self.loan)

    def check_laws(self) -> None:
        """Replay, ledger, loan, schedule and cells tell the same account."""
        loan, ledger = self.loan, self.ledger
        state = replay_ledger(ledger, self.today)
        for row in ledger.receipts():
            assert ledger.net_split(row.repayment_id) == state.splits[str(row.repayment_id)]
        assert settled_rows(ledger, state) == ()
        assert loan.outstanding_paise == ledger.balance_paise == state.principal_left_paise
        assert loan.advance_paise == state.advance_paise
        assert loan.overdue_paise == state.overdue_paise(self.today)
        assert [row.number for row in ledger.schedule] == list(range(1, len(ledger.schedule) + 1))
        joined = sum(
            row.closing_paise - row.opening_paise + row.principal_paise for row in ledger.schedule
        )
        early = sum(row.principal_paise for row in ledger.receipts() if row.kind == "Prepayment")
        asked = sum(row.principal_paise for row in ledger.schedule)
        assert asked + early == ledger.disbursed_paise + joined
        assert ledger.schedule[-1].closing_paise == 0
        with self.maker.read_book() as book:
            branch = loan.branch_id
            assert book.cells.all(branch) == book.cells.counted(branch)
            versions = book.accounts.versions(branch, loan.loan_id)
            assert [each.version for each in versions] == list(range(1, len(versions) + 1))


def two_people(desk: Desk, checker: Desk, application_id: UUID, planned: LoanPlanned) -> TwoPeople:
    loan = running_loan(desk, checker, application_id, planned)
    return TwoPeople(desk, checker, loan.loan_id)
