"""One unit of work = one connection = one transaction, rolled back unless committed.

Lock order: loan, cells, audit head (data-and-sync.md 2). References are numbered under the audit
head's lock, so two desks never hand out the same one.
"""

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, func, select, text

from db.audit_chain import lock_head
from db.command_receipts import Receipts
from db.engine import open_connection
from db.identifiers import FIRST_REFERENCE, format_reference
from db.repositories.alerts import Alerts
from db.repositories.applications import Applications
from db.repositories.attachments import Attachments
from db.repositories.audit import Audit
from db.repositories.bank_roll_up import BankRollUp
from db.repositories.cases import Cases
from db.repositories.closing_days import ClosingDays
from db.repositories.contacts import Contacts
from db.repositories.corrections import Corrections
from db.repositories.customer_notes import CustomerNotes
from db.repositories.customer_timeline import CustomerTimeline
from db.repositories.customers import Customers
from db.repositories.day_ends import DayEnds
from db.repositories.documents import Documents
from db.repositories.drafts import Drafts
from db.repositories.follow_ups import FollowUps
from db.repositories.imports import Imports
from db.repositories.loan_accounts import LoanAccounts
from db.repositories.loan_acts import LoanActs
from db.repositories.loans import Loans
from db.repositories.models import Models
from db.repositories.monitor import Monitor
from db.repositories.portfolio import Portfolio
from db.repositories.portfolio_cells import PortfolioCells
from db.repositories.reference import Reference
from db.repositories.rules import Rules
from db.repositories.session import Session
from db.repositories.summaries import Summaries
from db.repositories.users import Users
from db.running_work import refuse_if_stopped
from db.security.key_store import BookKeys
from db.tables.applications import applications
from db.tables.customers import customers
from db.tables.loans import loans

_NUMBERED = {"C": customers, "A": applications, "L": loans}


class UnitOfWork:
    """The book, open for one act. Use it in a `with`; call `commit` to keep what was written.

    Raises (on entering and while working):
        BookUnreachable, BookBusy, BookDamaged: see db/records/refusals.py.
    """

    customers: Customers
    notes: CustomerNotes
    corrections: Corrections
    timeline: CustomerTimeline
    applications: Applications
    cases: Cases
    attachments: Attachments
    loans: Loans
    accounts: LoanAccounts
    acts: LoanActs
    cells: PortfolioCells
    summaries: Summaries
    day_ends: DayEnds
    closing: ClosingDays
    contacts: Contacts
    follow_ups: FollowUps
    portfolio: Portfolio
    monitor: Monitor
    roll_up: BankRollUp
    alerts: Alerts
    users: Users
    reference: Reference
    rules: Rules
    models: Models
    documents: Documents
    drafts: Drafts
    imports: Imports
    receipts: Receipts
    audit: Audit

    def __init__(self, engine: Engine, keys: BookKeys, *, reading: bool = False) -> None:
        self._engine = engine
        self._keys = keys
        self._reading = reading
        self._stack = ExitStack()
        self._last_numbers: dict[tuple[str, int], int] = {}

    def for_reading(self) -> Self:
        """The same book, not yet entered, for an act that only reads: writes are refused."""
        return type(self)(self._engine, self._keys, reading=True)

    def __enter__(self) -> Self:
        self._connection = self._stack.enter_context(
            open_connection(self._engine, reading=self._reading)
        )
        session = Session(self._connection, self._keys)
        self._people(session)
        self._lending(session)
        self.users = Users(session)
        self.reference = Reference(session)
        self.rules = Rules(session)
        self.models = Models(session)
        self.documents = Documents(session)
        self.drafts = Drafts(session)
        self.imports = Imports(session)
        self.receipts = Receipts(self._connection)
        self.audit = Audit(session)
        self._open_sums(session)
        return self

    def _open_sums(self, session: Session) -> None:
        """The readers of the whole book, beside those of one record."""
        self.portfolio = Portfolio(session)
        self.monitor = Monitor(session)
        self.roll_up = BankRollUp(session)
        self.alerts = Alerts(session)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # The connection's own exit rolls back what was not committed.
        self._stack.__exit__(kind, error, trace)

    def _people(self, session: Session) -> None:
        self.customers = Customers(session)
        self.notes = CustomerNotes(session)
        self.corrections = Corrections(session)
        self.timeline = CustomerTimeline(session)
        self.applications = Applications(session)
        self.cases = Cases(session)
        self.attachments = Attachments(session)

    def _lending(self, session: Session) -> None:
        self.loans = Loans(session)
        self.accounts = LoanAccounts(session)
        self.acts = LoanActs(session)
        self.cells, self.summaries = PortfolioCells(session), Summaries(session)
        self.day_ends = DayEnds(session)
        self.closing = ClosingDays(session)
        self.contacts = Contacts(session)
        self.follow_ups = FollowUps(session)

    def commit(self) -> None:
        """Keep everything written so far; the unit of work is over then.

        Raises:
            BookStopped: the work was asked to stop; nothing is kept.
        """
        refuse_if_stopped()
        self.summaries.write_moves()
        self._connection.commit()

    def refresh_statistics(self) -> None:
        """Let the database count its rows anew; worth it after a bulk write, before `commit`."""
        self._connection.execute(text("ANALYZE"))

    def hold_branch(self, branch_id: int) -> None:
        """Keep other acts of the branch from ending before this one, for what only one may start.

        After it, lock no loan and no cell: those come first (data-and-sync.md 2).
        """
        lock_head(self._connection, branch_id)

    def next_reference(self, kind: str, branch_id: int) -> str:
        """Number the next customer ("C"), application ("A") or loan ("L") of a branch."""
        return self.next_references(kind, branch_id, 1)[0]

    def next_references(self, kind: str, branch_id: int, count: int) -> tuple[str, ...]:
        """Number several records at once, in a row."""
        last = self._last_numbers.get((kind, branch_id))
        if last is None:
            lock_head(self._connection, branch_id)
            table = _NUMBERED[kind]
            query = select(func.max(table.c.number)).where(table.c.branch_id == branch_id)
            found = self._connection.execute(query).scalar()
            last = FIRST_REFERENCE - 1 if found is None else int(found)
        self._last_numbers[kind, branch_id] = last + count
        return tuple(format_reference(kind, last + 1 + step) for step in range(count))


def open_unit_of_work(engine: Engine, keys: BookKeys, *, reading: bool = False) -> UnitOfWork:
    """Start a unit of work; `reading` takes no write lock and refuses to write."""
    return UnitOfWork(engine, keys, reading=reading)
