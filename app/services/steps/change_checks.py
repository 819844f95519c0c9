"""What every change of a loan asks before its figures: the day, the schedule, the words.

Source: screens.md S65. Instalments in arrears stay due as they were agreed, whatever changes.
"""

from datetime import date
from typing import TYPE_CHECKING

from app.rules.dates import date_shown
from app.rules.day_count import day_basis
from app.rules.running_loan import RunningLoan
from app.rules.schedule_change import LeftStart, longest_left
from app.services.steps.free_text import LONGEST_NOTE, LONGEST_REASON, text_fault
from app.services.steps.loan_owed import LoanOwed
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.vocabulary.lending import MissingDay

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook

LONGEST_REFERENCE = 40
LONGEST_PAYER = 100


def check_value_date(owed: LoanOwed, today: date) -> None:
    """The day lies between the last due date, or early payment, and today.

    Raises:
        Refused: names the day.
    """
    if not owed.settled_to <= owed.on <= today:
        first, last = date_shown(owed.settled_to), date_shown(today)
        days = f"Choose {first}" if owed.settled_to == today else f"Choose {first} to {last}"
        raise bad_input({"value_date": f"{days}: interest is settled up to the first day"})


def check_instalments(owed: LoanOwed) -> None:
    """The loan has equal instalments left, no pause is on and no other change waits to start.

    Raises:
        Refused: says until when to wait, or what else to do.
    """
    if not owed.left:
        raise Refused(RefusalKind.CONFLICT, "No instalment is left: all of this loan is due")
    if len(owed.ledger.schedule) == 1 and owed.loan.tenure_months > 1:
        raise Refused(
            RefusalKind.CONFLICT,
            "This loan is paid back once, at its end: it can be closed, its terms do not change",
        )
    paused = [row.due_date for row in owed.left if not row.principal_paise]
    if paused:
        raise Refused(
            RefusalKind.CONFLICT,
            f"No instalments run until {date_shown(paused[-1])}: change the loan after that day",
        )
    coming = [each.from_date for each in owed.facts.versions if each.from_date > owed.as_of]
    if coming:
        raise Refused(
            RefusalKind.CONFLICT,
            f"A change starts on {date_shown(coming[-1])}: change the loan on that day or later",
        )


def running(owed: LoanOwed) -> RunningLoan:
    """The loan as the rules of prepayment and reset take it."""
    return RunningLoan(
        balance_paise=owed.balance_paise,
        rate_ppm=owed.rate_ppm,
        emi_paise=owed.loan.emi_paise,
        instalments_left=len(owed.left),
        rounding=owed.facts.product.emi_rounding,
    )


def start_of(owed: LoanOwed, rulebook: "Rulebook") -> LeftStart:
    """Where the instalments that are left begin."""
    sanctioned = owed.loan.sanction_date
    return LeftStart(
        balance_paise=owed.balance_paise,
        rate_ppm=owed.rate_ppm,
        first_number=owed.left[0].number,
        dates=tuple(row.due_date for row in owed.left),
        period_start=owed.period_start,
        settled_to=owed.settled_to,
        basis=day_basis(rulebook, sanctioned),
        missing=MissingDay(rulebook.word("missing_day", sanctioned)),
    )


def longest(owed: LoanOwed, skipped: int = 0) -> int:
    """The most instalments that product and age leave after those skipped."""
    first = owed.left[skipped]
    facts = owed.facts
    return longest_left(
        facts.product.tenure_months.most,
        first.number - 1,
        first.due_date,
        facts.born_on,
        facts.oldest_years,
    )


def text_faults(reason: str, note: str, *, needed: bool) -> dict[str, str]:
    """What is wrong with the words of a proposal, by field."""
    sentence = "Say why: the second person reads it" if needed else ""
    found = {
        "reason": text_fault("The reason", reason, LONGEST_REASON, needed=sentence),
        "note": text_fault("The note", note, LONGEST_NOTE),
    }
    return {name: text for name, text in found.items() if text is not None}


def money_faults(reference: str, payer: str) -> dict[str, str]:
    """What is wrong with the words of a receipt, by field."""
    found = {
        "reference": text_fault("The reference", reference, LONGEST_REFERENCE),
        "payer": text_fault("The payer", payer, LONGEST_PAYER),
    }
    return {name: text for name, text in found.items() if text is not None}
