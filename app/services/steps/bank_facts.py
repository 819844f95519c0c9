"""What the bank says of itself on letters: its name, address, clauses and the nodal officer.

The shipped file is an example; a file `bank.json` in the desk's data folder replaces what it names.
A text may be given by language: {"en": "…", "hi": "…"}.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.resource_files import resource
from app.rules.key_facts_parts import LenderFacts
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.loan_life import Language

BANK_FILE = "bank.json"
_FLAGS = frozenset({"may_be_transferred"})
_MAY_BE_NONE = frozenset({"recovery_provider"})


@dataclass(frozen=True, slots=True)
class BankFacts:
    """The bank on a letter, and what its Key Facts Statement says of it."""

    name: str
    address: str
    lender: LenderFacts


def bank_facts(data_dir: Path, language: Language) -> BankFacts:
    """The bank's facts of this desk, as a letter in that language says them.

    Raises:
        Refused: the desk's own file cannot be read, or something in it is not as it should be.
    """
    facts = json.loads(resource("letters/bank.json").read_text(encoding="utf-8"))
    own = data_dir / BANK_FILE
    if own.is_file():
        facts |= _own(own, set(facts))
    said: dict[str, Any] = {name: _said(value, language) for name, value in facts.items()}
    return BankFacts(name=said.pop("name"), address=said.pop("address"), lender=LenderFacts(**said))


def _said(value: object, language: Language) -> object:
    if not isinstance(value, Mapping):
        return value
    return value.get(language.value, value[Language.EN.value])


def _own(path: Path, known: set[str]) -> dict[str, object]:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        facts = None
    if not isinstance(facts, dict) or not set(facts) <= known:
        raise _unusable(f"it may name {', '.join(sorted(known))}")
    for name, value in facts.items():
        if not _fits(name, value):
            raise _unusable(f"{name} is not as in the shipped one")
    return facts


def _fits(name: str, value: object) -> bool:
    if name in _FLAGS:
        return isinstance(value, bool)
    if value is None:
        return name in _MAY_BE_NONE
    if isinstance(value, dict):
        texts = list(value.values())
        return Language.EN.value in value and all(isinstance(each, str) and each for each in texts)
    return isinstance(value, str) and bool(value)


def _unusable(why: str) -> Refused:
    return Refused(
        RefusalKind.CONFIGURATION, f"{BANK_FILE} in the data folder cannot be used: {why}"
    )
