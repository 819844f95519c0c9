"""What every letter about an account shares: the bank, the customer, number, date and footer.

Such a letter is not kept, since the account itself is: the same account gives the same page again.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from app.services.steps.bank_facts import bank_facts
from app.services.steps.letter_words import LetterWords
from app.services.steps.letter_work import HASH_SHOWN
from db.records.people import Customer
from db.vocabulary.loan_life import LetterKind

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


class PageHead(NamedTuple):
    """What a letter is and of which day its figures are."""

    kind: LetterKind
    number: str
    customer: Customer
    figures_on: date
    watermark: str = ""


def page_values(
    head: PageHead, content: Mapping[str, Any], words: LetterWords, desk: "Desk"
) -> dict[str, Any]:
    """The values of a letter: its content between what every page has.

    Raises:
        Refused: the bank's own file cannot be used.
    """
    bank, title = bank_facts(desk.data_dir, words.language), words.say(f"title.{head.kind.value}")
    values: dict[str, Any] = {
        "lang": words.language.value,
        "title": title,
        "words": words.labels(),
        "number": head.number,
        "date": words.day(desk.clock.today()),
        "watermark": head.watermark,
        "bank": {
            "name": bank.name,
            "branch": words.say("branch", code=desk.person().branch_code),
            "address": bank.address,
        },
        "customer": _addressee(head.customer),
        **content,
    }
    digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
    values["footer"] = words.say(
        "footer",
        title=title,
        number=head.number,
        hash=digest[:HASH_SHOWN],
        date=words.day(head.figures_on),
    )
    return values


def _addressee(customer: Customer) -> dict[str, object]:
    place = " ".join(part for part in (customer.city, customer.pincode) if part)
    lines = [line for line in (customer.address, place) if line]
    return {"name": customer.full_name, "address": lines}
