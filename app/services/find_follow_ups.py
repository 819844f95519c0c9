"""List the loans that need a call, the most at stake first; add them up; say what filters offer.

Source: screens.md S70. The whole list is counted at every read from the ledger and the contacts;
only the names of the rows that are shown are read beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.bank_time import bank_day
from app.rules.days_past_due import days_past_due
from app.rules.early_warning import Signal
from app.rules.follow_up import NextStep, PromiseFacts, Rest, next_step
from app.rules.permissions import Act
from app.services.steps.book_person import viewer_of
from app.services.steps.follow_up_lines import FollowedBook, FollowedLine, followed_book
from app.services.steps.permission import permit
from db.identifiers import format_reference
from db.records.follow_up import ContactRow, FollowedName
from db.records.lists import LoanFilter
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.operations import EarlyWarningTrigger
from db.vocabulary.people import Role

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

SHOWN = 200  # a person makes some fifty calls a day; the others follow as these are done
_MOST_FOUND = 1_000


class FollowUpNeed(StrEnum):
    """Which part of the list is wanted."""

    TODAY = "today"
    RESTING = "resting"


@dataclass(frozen=True, slots=True)
class FollowUpFilter:
    """What the list is narrowed to; None = any."""

    search: str = ""
    trigger: EarlyWarningTrigger | None = None
    asset_class: AssetClass | None = None
    officer_id: UUID | None = None
    need: FollowUpNeed = FollowUpNeed.TODAY


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One loan of the list.

    Attributes:
        urgency: how many reasons there are to call; with what is owed it makes the order.
        last_contact: None where nobody was contacted yet.
        rest, rest_until: why no call is needed today, in the list of those that rest.
    """

    loan_id: UUID
    reference: str
    customer_id: UUID
    full_name: str
    officer_name: str
    asset_class: AssetClass
    days_past_due: int
    overdue_paise: int
    outstanding_paise: int
    urgency: int
    signals: tuple[Signal, ...]
    last_contact: ContactRow | None
    promise: PromiseFacts | None
    step: NextStep
    rest: Rest | None
    rest_until: date | None


@dataclass(frozen=True, slots=True)
class FollowUpsFound:
    """The first rows of the list.

    Attributes:
        total: how many loans fit; `rows` are the first of them.
        overdue_paise, outstanding_paise: of all that fit.
        resting: how many of the branch are followed up and need no call today.
        as_of: the last closed day-end, to which days late are counted.
    """

    rows: tuple[FollowUpRow, ...]
    total: int
    overdue_paise: int
    outstanding_paise: int
    resting: int
    officers: Mapping[UUID, str]
    as_of: date


def find_follow_ups(wanted: FollowUpFilter, desk: "Desk") -> FollowUpsFound:
    """Read the list.

    Raises:
        Refused: nobody has signed in, or the person does not follow borrowers up.
    """
    branch_id = permit(desk, Act.FOLLOW_UP_BORROWER).branch_id
    rulebook, today = desk.rulebook(), desk.clock.today()
    with desk.read_book() as book:
        followed = followed_book(book, branch_id, rulebook, today)
        fitting = _fitting(followed, wanted, book, desk)
        shown = fitting[:SHOWN]
        ids = [line.loan.loan_id for line in shown]
        names = book.follow_ups.names(branch_id, ids) if ids else {}
        last = book.follow_ups.last_contacts(branch_id, ids)
        officers = book.users.names({line.loan.officer_id for line in followed.lines})
    days = _Days(followed.as_of, today, rulebook)
    return FollowUpsFound(
        rows=tuple(
            _row(line, names[line.loan.loan_id], last.get(line.loan.loan_id), days)
            for line in shown
        ),
        total=len(fitting),
        overdue_paise=sum(line.loan.overdue_paise for line in fitting),
        outstanding_paise=sum(line.loan.outstanding_paise for line in fitting),
        resting=sum(line.order.rest is not None for line in followed.lines),
        officers=officers,
        as_of=followed.as_of,
    )


def count_my_follow_ups(desk: "Desk") -> int:
    """How many loans need a call today: an officer's own, for others those of the branch.

    Raises:
        Refused: nobody has signed in, or the person does not follow borrowers up.
    """
    person = permit(desk, Act.FOLLOW_UP_BORROWER)
    rulebook, today = desk.rulebook(), desk.clock.today()
    with desk.read_book() as book:
        lines = followed_book(book, person.branch_id, rulebook, today).lines
    own = Role.OFFICER in person.roles
    return sum(
        line.order.rest is None and (not own or line.loan.officer_id == person.user_id)
        for line in lines
    )


@dataclass(frozen=True, slots=True)
class _Days:
    """To which day days late are counted, which day it is, and by which rules."""

    as_of: date
    today: date
    rulebook: "Rulebook"


def _fitting(
    followed: FollowedBook, wanted: FollowUpFilter, book: "UnitOfWork", desk: "Desk"
) -> Sequence[FollowedLine]:
    rests = wanted.need is FollowUpNeed.RESTING
    found = [line for line in followed.lines if (line.order.rest is not None) is rests]
    if wanted.trigger is not None:
        found = [
            line
            for line in found
            if any(each.trigger is wanted.trigger for each in line.facts.signals)
        ]
    if wanted.asset_class is not None:
        found = [line for line in found if line.loan.asset_class is wanted.asset_class]
    if wanted.officer_id is not None:
        found = [line for line in found if line.loan.officer_id == wanted.officer_id]
    if wanted.search.strip():
        searched = LoanFilter(search=wanted.search)
        page = book.loans.find(viewer_of(desk), searched, _MOST_FOUND)
        own = {row.loan_id for row in page.rows}
        found = [line for line in found if line.loan.loan_id in own]
    return found


def _row(
    line: FollowedLine, name: FollowedName, last: ContactRow | None, days: _Days
) -> FollowUpRow:
    loan, facts = line.loan, line.facts
    last_on = None if last is None else bank_day(last.made_at)
    return FollowUpRow(
        loan_id=loan.loan_id,
        reference=format_reference("L", loan.number),
        customer_id=loan.customer_id,
        full_name=name.full_name,
        officer_name=name.officer_name,
        asset_class=loan.asset_class,
        days_past_due=days_past_due(loan.oldest_unpaid_due, days.as_of, days.rulebook),
        overdue_paise=loan.overdue_paise,
        outstanding_paise=loan.outstanding_paise,
        urgency=line.order.urgency,
        signals=tuple(facts.signals),
        last_contact=last,
        promise=facts.promise,
        step=next_step(facts, None if last is None else last.outcome, last_on, days.today),
        rest=line.order.rest,
        rest_until=line.order.rest_until,
    )
