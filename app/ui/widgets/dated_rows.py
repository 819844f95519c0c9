"""Dated rows of the rule book as lists show them: rules and products, and changes on their way.

Source: screens.md S110. A row is in force, ended, or starts later, as of the day it is read on; a
proposal is open until a second person decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication

from app.services.read_rules import ProposalLine
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from db.vocabulary.operations import RuleState

RecordT = TypeVar("RecordT")
_SHIPPED = "shipped"
_ACRONYMS = frozenset(
    {
        "apr", "auc", "cre", "cv", "dpd", "dti", "ecl", "emi", "ews", "fi", "foir", "gst", "kfs",
        "ks", "kyc", "lgd", "lti", "ltv", "mfi", "msme", "nbfc", "npa", "pan", "par", "pd", "psi",
        "rh", "sma", "sme", "ucb",
    }
)  # fmt: skip


class RowState(StrEnum):
    """What a line of the list is on the day it is read."""

    PROPOSED = "Proposed"
    IN_FORCE = "In force"
    LATER = "Starts later"
    CLOSED = "Closed"
    REFUSED = "Refused"


ROW_ICONS = {
    RowState.PROPOSED: ("user-check", "accent"),
    RowState.IN_FORCE: ("circle-check", "good"),
    RowState.LATER: ("clock", "muted"),
    RowState.CLOSED: ("circle-minus", "muted"),
    RowState.REFUSED: ("circle-x", "muted"),
}
_OF_PROPOSAL = {RuleState.PROPOSED: RowState.PROPOSED, RuleState.REFUSED: RowState.REFUSED}


@dataclass(frozen=True, slots=True)
class DatedEntry(Generic[RecordT]):
    """One line of the list: a row of the book, or a proposal for one.

    Attributes:
        key: what the row is a period of, such as a rule and its segment.
        groups: what the first filter narrows by.
        search: everything the search box looks through, in small letters.
        record: the row itself, as it is or as it would be.
        proposal: None for a row of the book.
    """

    key: str
    name: str
    groups: frozenset[str]
    search: str
    state: RowState
    starts: date
    ends: date | None
    source: str
    proposed_by: str
    approved_by: str | None
    record: RecordT
    proposal: ProposalLine | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """The same line after reading again."""
        return (self.key, self.starts, self.proposal and self.proposal.proposal.proposal_id)

    @property
    def open_proposal(self) -> ProposalLine | None:
        """The proposal that waits for a second person."""
        return self.proposal if self.state is RowState.PROPOSED else None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to."""

    search: str = ""
    group: str | None = None
    state: RowState | None = None

    def matches(self, entry: DatedEntry[Any]) -> bool:
        """Whether the list shows the line; refused proposals only when asked for."""
        words = self.search.casefold().replace("_", " ").split()
        shown = entry.state is not RowState.REFUSED if self.state is None else True
        return (
            shown
            and (self.state is None or entry.state is self.state)
            and (self.group is None or self.group in entry.groups)
            and all(word in entry.search for word in words)
        )


def period_state(state: RuleState, *, waiting: bool) -> RowState:
    """The state of a row of the book."""
    if state is RuleState.CLOSED:
        return RowState.CLOSED
    return RowState.LATER if waiting else RowState.IN_FORCE


def proposal_state(state: RuleState) -> RowState | None:
    """The state of a proposal; None once it was approved, since it is a row then."""
    return _OF_PROPOSAL.get(state)


def periods_of(entries: Iterable[DatedEntry[RecordT]], key: str) -> list[DatedEntry[RecordT]]:
    """Every period and proposal of one key, the newest first."""
    return sorted(
        (entry for entry in entries if entry.key == key),
        key=lambda entry: (entry.starts, entry.proposal is not None),
        reverse=True,
    )


def state_words(state: RowState) -> str:
    """A state as it is printed."""
    if state in {RowState.IN_FORCE, RowState.LATER}:
        return _tr(str(state))
    return word_of("rule_state", state)


def person_words(staff_id: str | None) -> str:
    """Who proposed or approved; a shipped row came with the program."""
    if not staff_id:
        return UNKNOWN
    return _tr("Shipped") if staff_id == _SHIPPED else staff_id


def readable(code: str) -> str:
    """A code as words: `new_emi_ratio_refer_from` reads "New EMI ratio refer from".

    >>> readable("new_emi_ratio_refer_from"), readable("TIER_1"), readable("SMA-0")
    ('New EMI ratio refer from', 'Tier 1', 'SMA-0')
    """
    parts = code.replace("_", " ").lower().split()
    shown = [_part(part) for part in parts]
    words = " ".join(shown)
    return words[:1].upper() + words[1:]


def _part(part: str) -> str:
    if part == "india":
        return "India"
    stem = part.split("-", maxsplit=1)[0].rstrip("0123456789")
    return part.upper() if stem in _ACRONYMS or len(stem) <= 1 < len(part) else part


def _tr(words: str) -> str:
    return QCoreApplication.translate("DatedRows", words)
