"""One fact of a customer is corrected: at once, or for a second person to approve.

Source: screens.md S21 and A1. Name, birth date and PAN say who a person is, so another person
approves a change of them; any other fact changes at once. The old value stays in the history.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.command import Command, Done, run_command
from app.services.steps.correction_answer import CorrectionAnswer, answered, apply_now, done
from app.services.steps.customer_record import Stamp
from app.services.steps.fact_changes import FactChange, clean_text, full_text, planned_change
from app.services.steps.fact_fields import FACT_BY_NAME, PAN, FactField
from app.services.steps.free_text import LONGEST_REASON, text_fault, tidy_text
from app.services.steps.ids import new_id
from app.services.steps.permission import permit
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.records.customer_life import FactCorrection
from db.records.refusals import DuplicatePan, VersionConflict
from db.vocabulary.operations import RuleState
from db.vocabulary.people import FactSource

__all__ = ["CorrectionAnswer", "ProposeCorrection", "propose_correction"]

if TYPE_CHECKING:
    from app.services.steps.desk import Actor, Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ProposeCorrection:
    """One fact, and what it should say.

    Attributes:
        version: the customer's version as seen.
        fact: name of the fact, as in `FACT_FIELDS`.
        value: its stored text form: ISO date, paise, months, code; empty takes it away.
        source: told by the customer, or seen on a paper.
        document: the paper, where the source is one.
        reason: why; always where a second person decides.
    """

    command_id: UUID
    customer_id: UUID
    version: int
    fact: str
    value: str = field(repr=False)
    source: FactSource = FactSource.TOLD
    document: str = ""
    reason: str = ""


def propose_correction(request: ProposeCorrection, desk: "Desk") -> CorrectionAnswer:
    """Correct a fact, or propose to where it takes two people.

    Raises:
        Refused: not permitted, the value or a text does not fit (`fields`: value, document,
            reason), or a proposal for this fact waits already.
        VersionConflict: somebody changed the customer meanwhile.
        NotFound: the branch has no such customer.
    """
    person = permit(desk, Act.PROPOSE_CORRECTION)
    fact = FACT_BY_NAME.get(request.fact)
    if fact is None or not fact.typed:
        raise Refused(RefusalKind.BAD_INPUT, "This fact is changed in the form: choose Edit")
    stamp = Stamp(person.branch_id, person.user_id, desk.clock.now(), desk.clock.today())
    wanted = _Wanted(fact, request, tidy_text(request.document), tidy_text(request.reason))

    def act(book: "UnitOfWork") -> Done:
        stored = book.customers.get(person.branch_id, request.customer_id)
        if stored.version != request.version:
            raise VersionConflict
        change = planned_change(fact, stored, request.value, stamp.today)
        correction = wanted.correction(book, change, stamp, (person, desk))
        wanted.check(correction, book, person.branch_id)
        version = stored.version
        if not correction.two_persons:
            version = apply_now(book, change, stamp, desk)
        book.corrections.add_many(person.branch_id, [correction])
        return done(correction, correction.state, version)

    payload = {
        "customer_id": str(request.customer_id),
        "version": request.version,
        "fact": request.fact,
        "value": request.value,
        "said": [request.source.value, wanted.document, wanted.reason],
    }
    command = Command(request.command_id, "propose_correction", payload)
    return answered(run_command(desk, command, act))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is proposed, its texts tidy."""

    fact: FactField
    request: ProposeCorrection
    document: str
    reason: str

    def correction(
        self,
        book: "UnitOfWork",
        change: FactChange,
        stamp: Stamp,
        who: "tuple[Actor, Desk]",
    ) -> FactCorrection:
        """The row of the history; a fact not known before needs no second person."""
        person, desk = who
        old = full_text(book, self.fact, change.stored)
        two = self.fact.two_persons and old is not None
        return FactCorrection(
            correction_id=new_id(desk),
            customer_id=change.stored.customer_id,
            fact=self.fact.name,
            old_value=old,
            new_value=clean_text(change, stamp),
            source=self.request.source,
            document=self.document,
            reason=self.reason,
            two_persons=two,
            state=RuleState.PROPOSED if two else RuleState.APPROVED,
            proposed_by=person.staff_id,
            proposed_at=stamp.now,
            customer_version=change.stored.version,
        )

    def check(self, correction: FactCorrection, book: "UnitOfWork", branch_id: int) -> None:
        """Refuse a correction that says nothing new, says it badly, or waits already."""
        faults = self._text_faults(needs_reason=correction.two_persons)
        if correction.new_value == correction.old_value:
            faults["value"] = "This is what is on record already"
        elif self.fact.name == PAN and correction.new_value:
            holder = book.customers.id_by_pan(branch_id, correction.new_value)
            if holder is not None:
                reference = book.customers.get(branch_id, holder).reference
                faults["value"] = DuplicatePan(reference).sentence
        if faults:
            raise bad_input(faults)
        waiting = book.corrections.of_customer(
            branch_id, correction.customer_id, RuleState.PROPOSED
        )
        if any(each.fact == correction.fact for each in waiting):
            raise Refused(
                RefusalKind.CONFLICT,
                "A correction of this fact waits for a second person: it has to be decided first",
            )

    def _text_faults(self, *, needs_reason: bool) -> dict[str, str]:
        source = self.request.source
        found = {
            "document": text_fault(
                "The paper",
                self.document,
                LONGEST_REASON,
                needed="Name the paper you saw" if source is FactSource.DOCUMENT else "",
            ),
            "reason": text_fault(
                "The reason",
                self.reason,
                LONGEST_REASON,
                needed="Say why it has to be corrected" if needs_reason else "",
            ),
            "source": None
            if source in (FactSource.TOLD, FactSource.DOCUMENT)
            else "Choose told or document",
        }
        return {name: words for name, words in found.items() if words}
