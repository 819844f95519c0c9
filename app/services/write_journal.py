"""The journal of one day for the core banking system: every posting, debit and credit equal.

Source: screens.md S66, commands.md (`journal`). A row belongs to the day on which it was booked,
whatever its value date; the change of the provision follows once the day is closed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from app.file_formats.csv_out import csv_bytes
from app.rules.asset_classification import is_npa
from app.rules.bank_time import day_start
from app.rules.money import rupees_text
from app.rules.permissions import Act
from app.services.steps.charge_suspense import suspense_moves
from app.services.steps.journal_lines import (
    JournalLine,
    charge_lines,
    disbursement_lines,
    provision_lines,
    repayment_lines,
)
from app.services.steps.permission import permit
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.records.book import AuditAct
from db.records.loans import Charge, NpaEntry, Repayment

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

PartT = TypeVar("PartT", Charge, NpaEntry, Repayment)
HEAD = ("business_date", "value_date", "entry", "kind", "account", "debit", "credit")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Journal:
    """The file and its sums in paise; debit and credit are equal."""

    day: date
    content: bytes
    rows: int
    debit_paise: int
    credit_paise: int


def write_journal(day: date, desk: "Desk") -> Journal:
    """Make the journal of a day.

    Raises:
        Refused: not permitted, the day has not come, or debit and credit are not equal.
        NoRuleInForceError: the rule on income is missing on the day of a charge.
    """
    person = permit(desk, Act.CLOSE_DAY)
    if day > desk.clock.today():
        raise bad_input({"date": "Choose a day that has come: today is the last one"})
    rulebook = desk.rulebook()  # read before the book is held
    with desk.open_book() as book:
        lines = list(_lines(book, person.branch_id, day, rulebook))
        debit = sum(line.debit_paise for line in lines)
        credit = sum(line.credit_paise for line in lines)
        if debit != credit:
            raise Refused(
                RefusalKind.INTEGRITY,
                f"Debit {rupees_text(debit)} is not credit {rupees_text(credit)}: "
                "no journal is made. Run check and tell the administrator",
            )
        details: dict[str, object] = {"day": day.isoformat(), "rows": len(lines)}
        done = AuditAct(
            "write_journal", "journal", None, person.staff_id, desk.clock.now(), details
        )
        book.audit.append(person.branch_id, done)
        book.commit()
    content = csv_bytes(HEAD, (_cells(day, line) for line in lines))
    return Journal(day, content, len(lines), debit, credit)


def _lines(
    book: "UnitOfWork", branch_id: int, day: date, rulebook: "Rulebook"
) -> Iterator[JournalLine]:
    begin, end = day_start(day), day_start(day + _ONE_DAY)
    for paid in book.day_ends.postings.disbursements(branch_id, day):
        yield from disbursement_lines(paid)
    rows = book.day_ends.postings.repayments(branch_id, begin, end)
    charges = book.day_ends.postings.charges(branch_id, begin, end)
    charged = {row.loan_id for row in rows if row.charges_paise}
    charged |= {charge.loan_id for charge in charges}
    held = _suspense(book, branch_id, charged, rulebook)
    for row in rows:
        yield from repayment_lines(row, held.get(row.repayment_id, 0))
    for charge in charges:
        yield from charge_lines(charge, held.get(charge.charge_id, 0))
    yield from provision_lines(day, *book.day_ends.postings.provisions(branch_id, day))


def _suspense(
    book: "UnitOfWork", branch_id: int, charged: Collection[UUID], rulebook: "Rulebook"
) -> Mapping[UUID, int]:
    """By how much each entry of these loans moves the suspense; only one that was an NPA does."""
    postings = book.day_ends.postings
    entries = _by_loan(postings.classes_of(branch_id, charged))
    npas = [key for key, own in entries.items() if any(is_npa(one.asset_class) for one in own)]
    charges = _by_loan(postings.charges_of(branch_id, npas))
    rows = _by_loan(postings.repayments_of(branch_id, npas))
    held: dict[UUID, int] = {}
    for key in npas:
        held |= suspense_moves(charges[key], rows[key], entries[key], rulebook)
    return held


def _by_loan(parts: Iterable[PartT]) -> defaultdict[UUID, list[PartT]]:
    found = defaultdict[UUID, list[PartT]](list)
    for part in parts:
        found[part.loan_id].append(part)
    return found


def _cells(day: date, line: JournalLine) -> tuple[str, ...]:
    return (
        day.isoformat(),
        line.value_date.isoformat(),
        line.entry,
        line.kind,
        line.account,
        rupees_text(line.debit_paise) if line.debit_paise else "",
        rupees_text(line.credit_paise) if line.credit_paise else "",
    )
