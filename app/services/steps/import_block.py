"""One block of checked rows into the book: customers, applications, scores.

A borrower seen before in the file stays one customer; only ids are remembered between blocks, so
memory does not grow with what the rows hold.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.file_formats.import_row_models import ImportedRow
from app.rules.case_facts import OwnRecord
from app.services.steps.estimate_payload import assessment_at
from app.services.steps.estimate_risk import estimate_many
from app.services.steps.import_records import ImportFrame, application_of_row, customer_of_row
from app.services.steps.record_case import case_of_record
from db.records.applications import Application, Assessment
from db.records.people import Customer

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork
    from db.vocabulary.decisions import Band


class ImportWriter:
    """Writes blocks into an open unit of work; nothing is kept unless that one commits.

    Attributes:
        bands: scored applications by band so far.
    """

    def __init__(self, book: "UnitOfWork", frame: ImportFrame) -> None:
        self.bands: Counter[Band] = Counter()
        self._book = book
        self._frame = frame
        self._branch = frame.actor.branch_id
        self._known: dict[str, UUID] = {}

    def write(self, block: Sequence[ImportedRow]) -> None:
        """Write one block."""
        owners = self._owners(block)
        applications = self._applications(block, owners)
        if not applications:
            return
        assessments = self._assessments(applications, owners)
        linked = [
            replace(made, assessment_id=assessment.assessment_id)
            for made, assessment in zip(applications, assessments, strict=True)
        ]
        self._book.applications.add_many(linked)
        self._book.applications.add_assessments(self._branch, assessments)
        self.bands.update(each.band for each in assessments)

    def _owners(self, block: Sequence[ImportedRow]) -> dict[UUID, Customer]:
        """The customers of a block: new ones are written, earlier ones read back."""
        first = {row.customer_reference: row for row in reversed(block)}
        fresh = sorted((row for key, row in first.items() if key not in self._known), key=_place)
        earlier = [self._known[key] for key in first if key in self._known]
        people = list(self._book.customers.get_many(self._branch, earlier)) if earlier else []
        if fresh:
            references = self._book.next_references("C", self._branch, len(fresh))
            made = [
                customer_of_row(row, reference, self._frame)
                for row, reference in zip(fresh, references, strict=True)
            ]
            self._book.customers.add_many(made)
            for row, new in zip(fresh, made, strict=True):
                self._known[row.customer_reference] = new.customer.customer_id
            people += [new.customer for new in made]
        return {each.customer_id: each for each in people}

    def _applications(
        self, block: Sequence[ImportedRow], owners: dict[UUID, Customer]
    ) -> list[Application]:
        wanted = [row for row in block if row.loan_amount is not None]
        if not wanted:
            return []
        references = self._book.next_references("A", self._branch, len(wanted))
        made = []
        for row, reference in zip(wanted, references, strict=True):
            owner = owners[self._known[row.customer_reference]]
            application = application_of_row(row, reference, owner.customer_id, self._frame)
            if application is not None:
                made.append(application)
        return made

    def _assessments(
        self, applications: Sequence[Application], owners: dict[UUID, Customer]
    ) -> list[Assessment]:
        frame = self._frame
        cases = [
            case_of_record(each, owners[each.customer_id], OwnRecord(), {}) for each in applications
        ]
        estimates = estimate_many(cases, frame.rulebook, frame.desk.model())
        return [
            assessment_at(estimate, case, made.application_id, frame.desk, frame.imported_at)
            for made, case, estimate in zip(applications, cases, estimates, strict=True)
        ]


def _place(row: ImportedRow) -> int:
    return row.row
