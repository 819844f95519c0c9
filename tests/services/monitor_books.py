"""Books for the monitor: loans of two branches, lived through day by day by two people each."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from uuid import UUID

from app.services.close_day import CloseDay, close_day
from app.services.enter_application import SubmitApplication, submit_application
from app.services.post_repayment import PostRepayment, ReceiptFacts, post_repayment
from app.services.register_customer import RegisterCustomer, register_customer
from app.services.reverse_repayment import (
    DecideReversal,
    ProposeReversal,
    confirm_reversal,
    propose_reversal,
)
from app.services.steps.application_facts import CollateralEntry
from app.services.steps.desk import Actor, Desk
from app.services.steps.ids import new_id
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.refusal import Refused
from db.records.applications import DecisionRecord
from db.records.loans import Loan
from db.records.people import User
from db.vocabulary.decisions import Decision
from db.vocabulary.lending import CollateralType
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import PaymentMethod
from db.vocabulary.people import Role, State, UserState
from tests.services.changed_loans import TwoPeople
from tests.services.class_books import close_by_hand
from tests.services.conftest import BRANCH
from tests.services.running_loans import LoanPlanned, running_loan

BEGIN = date(2026, 3, 20)
OTHER_BRANCH = 413
_NUMBERS = count(300_000_000_000)
_PHONES = count(9_000_000_001)
PLACES = (
    ("Mysuru", State.KARNATAKA, "Deccan Mills"),
    ("Pune", State.MAHARASHTRA, "Sahyadri Tools: a unit"),
    ("Delhi", State.DELHI, "Asha Foods"),
)
PLANS = (
    LoanPlanned(100_000_000, 24, 95_000, date(2025, 11, 5), paid=4),
    LoanPlanned(20_000_000, 12, 120_000, date(2025, 10, 9), paid=3),
    LoanPlanned(40_000_000, 18, 110_000, date(2025, 9, 20), paid=1, product_code="VEHICLE"),
    LoanPlanned(60_000_000, 36, 90_000, date(2026, 1, 31), paid=0),
    LoanPlanned(3_000_000, 6, 130_000, date(2025, 12, 15), paid=3, product_code="VEHICLE"),
)


@dataclass(frozen=True)
class MonitorBook:
    """The people of two branches and their loans.

    Attributes:
        analyst: sees the monitor from the first branch.
    """

    analyst: Desk
    pairs: tuple[TwoPeople, ...]
    until: date

    @property
    def officer_id(self) -> UUID:
        return self.pairs[0].maker.person().user_id


def lived_book(desk: Desk, forms, seed: int, days: int = 45) -> MonitorBook:
    """Random receipts, reversals, changes and day-ends; every day is closed in the end."""
    rng = random.Random(seed)  # noqa: S311  # a test life, no secret
    early = at_day(desk, BEGIN)
    pairs: list[TwoPeople] = []
    for branch_id, plans in ((BRANCH, PLANS), (OTHER_BRANCH, PLANS[1:4])):
        makers = [arrived(early, branch_id, f"maker{n}", Role.OFFICER) for n in range(2)]
        checker = arrived(early, branch_id, "checker", Role.SUPERVISOR, Role.OFFICER)
        for place, plan in enumerate(plans):
            maker = makers[place % 2]
            loan = lend(maker, checker, forms, plan, 1001 + place)
            pairs.append(TwoPeople(maker, checker, loan.loan_id))
        close_by_hand(checker, BEGIN)
    day, standing = BEGIN, list[tuple[TwoPeople, UUID]]()
    while day < BEGIN + timedelta(days=days):
        day += timedelta(days=rng.choice((1, 3, 8)))
        for _ in range(rng.choice((0, 1, 2))):
            act(rng, [moved(pair, day) for pair in pairs], standing)
        if rng.random() < 0.6:
            close_all(pairs, day)
    close_all(pairs, day)
    analyst = arrived(at_day(desk, day), BRANCH, "analyst", Role.RISK_ANALYST)
    return MonitorBook(analyst, tuple(moved(pair, day) for pair in pairs), day)


def act(rng: random.Random, pairs: list[TwoPeople], standing: list) -> None:
    """One receipt, reversal or change of a random loan."""
    pair, kind = rng.choice(pairs), rng.random()
    try:
        if kind < 0.65:
            standing.append((pair, receive(pair, rng)))
        elif kind < 0.85 and standing:
            old, repayment_id = standing.pop(rng.randrange(len(standing)))
            undo(moved(old, pair.today), repayment_id, rng.choice(("REV-BOUNCE", "REV-OTHER")))
        elif kind < 0.95:
            pair.post(LoanAct.PART_PREPAYMENT, amount_paise=pair.loan.outstanding_paise // 3)
        else:
            pair.post(LoanAct.WRITE_OFF)
    except Refused:
        pass  # the loan is closed, or not bad enough: another act's turn


def receive(pair: TwoPeople, rng: random.Random) -> UUID:
    back = timedelta(days=rng.choice((0, 0, 3)))
    amount = int(pair.loan.emi_paise * rng.choice((0.4, 1, 1, 2.5, 4)))
    method = rng.choice((PaymentMethod.UPI, PaymentMethod.CHEQUE, PaymentMethod.BANK_TRANSFER))
    facts = ReceiptFacts(amount, method, pair.today - back, str(next(_NUMBERS)))
    both = pair.checker  # an officer and supervisor may date a receipt back
    return post_repayment(PostRepayment(new_id(both), pair.loan_id, facts), both).repayment_id


def pay_somewhere(made: MonitorBook, day: date) -> int:
    """A loan that owes something pays; return its branch."""
    for pair in (moved(each, day) for each in made.pairs):
        if pair.loan.overdue_paise:
            receive(pair, random.Random(1))  # noqa: S311  # as above
            return pair.loan.branch_id
    message = "no loan owes anything"
    raise AssertionError(message)


def undo(pair: TwoPeople, repayment_id: UUID, reason: str) -> None:
    propose_reversal(ProposeReversal(new_id(pair.maker), repayment_id, reason), pair.maker)
    confirm_reversal(DecideReversal(new_id(pair.checker), repayment_id), pair.checker)


def close_all(pairs: list[TwoPeople], day: date) -> None:
    for checker in {pair.checker.person().branch_id: pair.checker for pair in pairs}.values():
        close_day(CloseDay(day), at_day(checker, day))


def lend(maker: Desk, checker: Desk, forms, plan: LoanPlanned, number: int) -> Loan:
    """A customer of a place of their own, an application with security, a loan, a decision."""
    customer, application = forms
    city, state, employer = PLACES[number % len(PLACES)]
    reported = maker.clock.today() - timedelta(days=9)
    person = register_customer(
        RegisterCustomer(
            new_id(maker),
            replace(
                customer,
                full_name=f"Asha {city} {'Rao ' * (number % 7 + 1)}".strip(),
                phone=str(next(_PHONES)),
                city=city,
                state=state,
                employer_name=employer,
                pan_number=None,
                form_60=True,
                other_id_type=None,
                other_id_number=None,
                bureau=replace(customer.bureau, report_date=reported),
            ),
        ),
        maker,
    )  # fmt: skip
    worth = plan.amount_paise * (1, 2)[number % 2] * 3 // 4 + 1
    entered = submit_application(
        SubmitApplication(
            new_id(maker),
            replace(
                application,
                customer_id=person.customer_id,
                collateral=(
                    CollateralEntry(
                        CollateralType.PROPERTY, worth, BEGIN - timedelta(days=400), 999_999
                    ),
                )
                if number % 3
                else (),
            ),
        ),
        maker,
    )
    decide(maker, checker, entered.application_id)
    return running_loan(maker, checker, entered.application_id, plan, number)


def decide(maker: Desk, checker: Desk, application_id: UUID) -> None:
    """A final word past the workflow, which has tests of its own."""
    made = DecisionRecord(
        new_id(maker), application_id, Decision.APPROVE, maker.person().user_id,
        checker.person().user_id, maker.clock.now(), "R",
    )  # fmt: skip
    with maker.open_book() as book:
        connection = book._connection  # the guard asks for a case that nobody needs here
        trigger = "ALTER TABLE decisions {} TRIGGER guard_decisions"
        guarded = connection.dialect.name == "postgresql"
        if guarded:
            connection.exec_driver_sql(trigger.format("DISABLE"))
        book.applications.add_decisions(maker.person().branch_id, [made])
        if guarded:
            connection.exec_driver_sql(trigger.format("ENABLE"))
        book.commit()


def arrived(desk: Desk, branch_id: int, staff_id: str, *roles: Role) -> Desk:
    name = f"{staff_id}.{branch_id}"
    user = User(new_id(desk), name, name.title(), UserState.ACTIVE, branch_id, frozenset(roles))
    with desk.open_book() as book:
        book.users.add(user)
        book.commit()
    return desk.acting(Actor(user.user_id, name, user.full_name, branch_id, user.roles))


def at_day(desk: Desk, day: date) -> Desk:
    clock = desk.clock
    at = clock.instant.replace(year=day.year, month=day.month, day=day.day)
    return replace(desk, clock=replace(clock, day=day, instant=at))


def moved(pair: TwoPeople, day: date) -> TwoPeople:
    return TwoPeople(at_day(pair.maker, day), at_day(pair.checker, day), pair.loan_id)


def scopes(made: MonitorBook) -> dict[str, MonitorScope]:
    """The scopes that every figure is held to."""
    month_end = made.until.replace(day=1) - timedelta(days=1)
    return {
        "branch": MonitorScope(),
        "bank": MonitorScope(whole_bank=True),
        "product": MonitorScope(product_code="VEHICLE"),
        "bank_product": MonitorScope(whole_bank=True, product_code="VEHICLE"),
        "officer": MonitorScope(officer_id=made.officer_id),
        "bank_officer": MonitorScope(whole_bank=True, officer_id=made.officer_id),
        "month_end": MonitorScope(as_of=month_end),
        "bank_month_end": MonitorScope(as_of=month_end, whole_bank=True),
    }
