"""A loan's account in one answer: head, schedule, ledger, payments, security, class, provision.

Source: screens.md S61, architecture.md 5 (a constant number of statements). With `on` it is the
account as it stood at the end of that day; nothing is written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.maker_checker import APPROVING
from app.rules.permissions import Act, may
from app.rules.receipt_outlook import Outlook, outlook
from app.services.steps.account_borrower import OtherLoan, other_loans
from app.services.steps.account_classes import ClassLine, ClassThen, class_lines, class_on
from app.services.steps.account_figures import LoanFigures, loan_figures, plan_points
from app.services.steps.account_lines import (
    ChargeLine,
    LedgerLine,
    PaymentLine,
    ScheduleLine,
    balance_points,
    charge_lines,
    ledger_lines,
    payment_lines,
    schedule_lines,
)
from app.services.steps.account_provision import ProvisionPart, Stands, parts_on
from app.services.steps.account_security import LtvPoint, SecurityLine, ltv_trend, security_lines
from app.services.steps.account_timeline import HappenedLine, happened_lines
from app.services.steps.case_work import terms_of
from app.services.steps.loan_day import LoanDay, LoanPast, loan_on
from app.services.steps.loan_ledger import LoanLedger, read_ledger
from app.services.steps.loan_owed import loan_of
from app.services.steps.loan_provision import secured_loan
from app.services.steps.permission import permit
from app.services.steps.receipt_effect import borrower_today
from app.services.steps.refusal import bad_input
from db.records.applications import Collateral
from db.records.documents import DocumentRecord
from db.records.follow_up import Contact
from db.records.lists import LoanRow
from db.records.loans import Loan, LoanActRecord, NpaEntry, ScheduleVersion

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Actor, Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ReadLoan:
    """Which loan, by id or number, and as of which day; None is the book's day."""

    loan: UUID | str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class LoanAccount:
    """A loan's account.

    Attributes:
        loan: its row as stored now; `figures` are those of the day `on`.
        on: the day shown; `past` says that it lies before the book's day.
        counted_to: the last closed day-end up to `on`; `day_end_closed` is False where the branch
            has closed none yet and the day itself is counted to.
        others: the borrower's other loans, as they stand now.
        outlook: what must be paid to stand better; None for an earlier day.
        versions: of the schedule, newest first; `version` is the one shown.
        plan: the first day with its principal, then each due date with what is left by plan.
        to_pay_out_paise: sanctioned and not paid out yet: a loan in parts.
        balances: what was left at the end of each day on which it moved.
        provision: none where the rule book has no row for that day.
        letters: None where the person may not read applications.
    """

    loan: Loan
    full_name: str
    product_name: str
    officer_name: str
    on: date
    past: bool
    counted_to: date
    day_end_closed: bool
    figures: LoanFigures
    others: tuple[OtherLoan, ...]
    outlook: Outlook | None
    schedule: tuple[ScheduleLine, ...]
    version: ScheduleVersion | None
    versions: tuple[ScheduleVersion, ...]
    ledger: tuple[LedgerLine, ...]
    charges: tuple[ChargeLine, ...]
    payments: tuple[PaymentLine, ...]
    plan: tuple[tuple[date, int], ...]
    balances: tuple[tuple[date, int], ...]
    security: tuple[SecurityLine, ...]
    ltv: tuple[LtvPoint, ...]
    class_then: ClassThen
    classes: tuple[ClassLine, ...]
    provision: tuple[ProvisionPart, ...]
    letters: tuple[DocumentRecord, ...] | None
    timeline: tuple[HappenedLine, ...]
    to_pay_out_paise: int

    @property
    def provision_paise(self) -> int:
        """What must be set aside on the day shown."""
        return sum(part.amount_paise for part in self.provision)


@dataclass(frozen=True, slots=True)
class _Sources:
    """All that the book says about one loan."""

    ledger: LoanLedger
    past: LoanPast
    entries: tuple[NpaEntry, ...]
    acts: tuple[LoanActRecord, ...]
    collateral: tuple[Collateral, ...]
    letters: tuple[DocumentRecord, ...] | None
    contacts: tuple[Contact, ...]
    rows: tuple[LoanRow, ...]
    names: Mapping[UUID, str]
    day_end: date | None
    sanctioned_paise: int

    @property
    def loan(self) -> Loan:
        """The loan's row."""
        return self.ledger.loan

    @property
    def others(self) -> tuple[LoanRow, ...]:
        """The borrower's other loans."""
        return tuple(row for row in self.rows if row.loan_id != self.loan.loan_id)


def read_loan(request: ReadLoan, desk: "Desk") -> LoanAccount:
    """Read a loan's account.

    Raises:
        Refused: the person may not read loans, or the day lies outside the loan's life so far.
        NotFound: the branch has no such loan.
    """
    person = permit(desk, Act.READ_LOANS)
    rulebook, today = desk.rulebook(), desk.clock.today()
    with desk.read_book() as book:
        sources = _read(book, loan_of(book, person.branch_id, request.loan), person)
    on = today if request.on is None else request.on
    if not sources.loan.disbursement_date <= on <= today:
        raise bad_input({"as_of_date": "Choose a day from the disbursement to today"})
    return _account(sources, loan_on(sources.ledger, sources.past, on, today), (today, rulebook))


def _read(book: "UnitOfWork", loan: Loan, person: "Actor") -> _Sources:
    key = (loan.branch_id, loan.loan_id)
    ledger, acts = read_ledger(book, loan), book.acts.of(loan.branch_id, loan_id=loan.loan_id)
    letters = None
    if may(person.roles, Act.READ_APPLICATIONS):
        letters = book.documents.of_application(loan.branch_id, loan.application_id)
    people = set(_people(ledger, acts, letters or ()))
    return _Sources(
        ledger=ledger,
        past=LoanPast(
            book.loans.disbursements(*key),
            book.accounts.versions(*key),
            book.accounts.past_schedules(*key),
        ),
        entries=book.loans.npa_entries(*key),
        acts=acts,
        collateral=book.applications.get(loan.branch_id, loan.application_id).collateral,
        letters=letters,
        contacts=book.contacts.of_loan(*key),
        rows=book.loans.of_customer(loan.branch_id, loan.customer_id, loan.loan_id),
        names=book.users.names(people),
        day_end=book.day_ends.last_closed(loan.branch_id),
        sanctioned_paise=_sanctioned(book, loan),
    )


def _sanctioned(book: "UnitOfWork", loan: Loan) -> int:
    """What the last decision granted; 0 where no decision is kept, as after an import."""
    steps = book.cases.steps_of(loan.branch_id, loan.application_id)
    granted = (terms_of(step) for step in reversed(steps) if step.decision in APPROVING)
    return next((terms.amount_paise for terms in granted if terms is not None), 0)


def _people(
    ledger: LoanLedger, acts: tuple[LoanActRecord, ...], letters: tuple[DocumentRecord, ...]
) -> Iterator[UUID]:
    yield ledger.loan.officer_id
    yield from (row.actor_id for row in ledger.rows if row.actor_id is not None)
    yield from (each.actor_id for each in ledger.charges)
    for act in acts:
        yield act.maker_id
        if act.checker_id is not None:
            yield act.checker_id
    yield from (letter.made_by for letter in letters)


def _account(sources: _Sources, day: LoanDay, now: "tuple[date, Rulebook]") -> LoanAccount:
    today, rulebook = now
    loan, on = sources.loan, day.on
    counted_to = min(sources.day_end or on, on)
    lines, charges = _money_lines(sources, day)
    balances = balance_points(lines)
    then = class_on(sources.entries, on)
    return LoanAccount(
        loan=loan,
        full_name=next(row.full_name for row in sources.rows),
        product_name=rulebook.product(loan.product_code, loan.sanction_date).name("en"),
        officer_name=sources.names.get(loan.officer_id, ""),
        on=on,
        past=on < today,
        counted_to=counted_to,
        day_end_closed=sources.day_end is not None,
        figures=loan_figures(day, counted_to, rulebook),
        others=other_loans(sources.others, counted_to, rulebook),
        outlook=None if on < today else _outlook(sources, day, rulebook),
        schedule=schedule_lines(day, rulebook, counted_to),
        version=day.version,
        versions=tuple(reversed(sources.past.versions)),
        ledger=lines,
        charges=charges,
        payments=payment_lines(day, sources.names),
        plan=plan_points(day),
        balances=balances,
        security=security_lines(sources.collateral, rulebook, on),
        ltv=ltv_trend(sources.collateral, balances, on),
        class_then=then,
        classes=class_lines(sources.entries, on),
        provision=parts_on(
            secured_loan(loan, sources.collateral, sources.acts), _stands(day, then), rulebook
        ),
        letters=sources.letters,
        timeline=_timeline(sources, lines, charges, on),
        to_pay_out_paise=max(sources.sanctioned_paise - sources.ledger.disbursed_paise, 0),
    )


def _timeline(
    sources: _Sources, ledger: tuple[LedgerLine, ...], charges: tuple[ChargeLine, ...], on: date
) -> tuple[HappenedLine, ...]:
    return happened_lines(
        ledger=ledger,
        charges=charges,
        classes=class_lines(sources.entries, on),
        acts=sources.acts,
        letters=sources.letters or (),
        contacts=sources.contacts,
        names=sources.names,
        until=on,
    )


def _outlook(sources: _Sources, day: LoanDay, rulebook: "Rulebook") -> Outlook:
    return outlook(day.state, day.on, borrower_today(sources.others, sources.loan), rulebook)


def _stands(day: LoanDay, then: ClassThen) -> Stands:
    return Stands(day.on, then.asset_class, day.state.principal_left_paise)


def _money_lines(
    sources: _Sources, day: LoanDay
) -> tuple[tuple[LedgerLine, ...], tuple[ChargeLine, ...]]:
    names = sources.names
    ledger = ledger_lines(day, sources.past.paid_out, names)
    return ledger, charge_lines(day.ledger.charges, names)
