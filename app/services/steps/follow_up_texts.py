"""What is sent to a borrower who pays late: a short message and a letter, ready to be copied.

Source: screens.md S70; the words stand in resources/letters/words.json. Each says what is owed as
of today and asks for nothing that the loan does not owe.
"""

from dataclasses import dataclass
from datetime import date

from app.services.steps.letter_words import letter_words
from db.records.loans import Loan
from db.vocabulary.loan_life import Language

_LANGUAGES = (Language.EN, Language.HI)


@dataclass(frozen=True, slots=True)
class TextCase:
    """What the texts are about.

    Attributes:
        promise: amount in paise, day, and what came in on it, of one that runs or was broken.
    """

    loan: Loan
    full_name: str
    days_past_due: int
    promise: tuple[int, date, int] | None
    today: date
    bank: str


@dataclass(frozen=True, slots=True)
class FollowUpText:
    """One text in one language; `letter` is empty while nothing is overdue."""

    language: Language
    message: str
    letter: str


def follow_up_texts(case: TextCase) -> tuple[FollowUpText, ...]:
    """The message and the letter in every language of the letters."""
    return tuple(_text(case, each) for each in _LANGUAGES)


def _text(case: TextCase, language: Language) -> FollowUpText:
    words, loan = letter_words(language), case.loan
    since = loan.oldest_unpaid_due
    values = {
        "bank": case.bank,
        "name": case.full_name,
        "loan": loan.reference,
        "overdue": words.money(loan.overdue_paise),
        "left": words.money(loan.outstanding_paise),
        "since": "" if since is None else words.day(since),
        "days": f"{case.days_past_due}",
        "branch": words.say("branch", code=f"{loan.branch_id:04d}"),
        "today": words.day(case.today),
    }
    if case.promise is not None:
        amount, due_on, received = case.promise
        values |= {
            "amount": words.money(amount),
            "day": words.day(due_on),
            "received": words.money(received),
        }
    promised = case.promise is not None
    message = "follow.message_promise" if promised else "follow.message_overdue"
    if since is None and not promised:
        message = "follow.message_early"
    letter = "follow.letter_promise" if promised else "follow.letter_overdue"
    return FollowUpText(
        language=language,
        message=words.say(message, **values),
        letter="" if since is None else words.say(letter, **values),
    )
