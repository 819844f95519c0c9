"""Applications of a branch with their security, their people and their status."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import RowMapping, Table, delete, select, update

from db.records.applications import Application, StatusChange
from db.records.lists import ApplicationFilter, ApplicationRow, Page, Viewer
from db.records.refusals import NotFound, VersionConflict
from db.repositories import application_lists, application_rows
from db.repositories.application_rows import CHILD_TABLES
from db.repositories.assessments import Assessments
from db.repositories.customer_rows import reference_number
from db.repositories.session import MOST_IDS, among
from db.tables.applications import applications, guarantors
from db.vocabulary.loan_life import ApplicationStatus

_NO_APPLICATION = "There is no such application in this branch"


class Applications(Assessments):
    """The applications of the book; assessments and decisions come from the base class."""

    def add(self, application: Application) -> None:
        """Write one application with what hangs on it."""
        self.add_many([application])

    def add_many(self, batch: Sequence[Application]) -> None:
        """Write many applications in five statements; assessment ids are written as given."""
        write, keys = self._session.write, self._session.keys
        write(applications, [application_rows.application_values(one) for one in batch])
        children = [application_rows.child_values(keys, one) for one in batch]
        for table in CHILD_TABLES:
            write(table, [row for one in children for row in one[table]])

    def update(self, application: Application, expected_version: int) -> int:
        """Rewrite an application that still has the version seen; return the new version.

        Raises:
            VersionConflict: somebody changed it meanwhile.
        """
        values = application_rows.application_values(application)
        values["version"] = expected_version + 1
        self._changed(application.branch_id, application.application_id, expected_version, values)
        # A guarantor's stored PAN is read back as a mask only, so it is carried over.
        children = dict(application_rows.child_values(self._session.keys, application))
        self._keep_sealed_numbers(application, children)
        for table in CHILD_TABLES:
            self._session.change(
                delete(table).where(
                    table.c.branch_id == application.branch_id,
                    table.c.application_id == application.application_id,
                )
            )
            self._session.write(table, children[table])
        return expected_version + 1

    def set_status(self, change: StatusChange) -> int:
        """Move an application to another status; return the new version.

        Raises:
            VersionConflict: somebody changed it meanwhile.
        """
        values: dict[str, object] = {
            "status": change.status,
            "status_since": change.at,
            "version": change.expected_version + 1,
        }
        self._changed(change.branch_id, change.application_id, change.expected_version, values)
        return change.expected_version + 1

    def _changed(
        self, branch_id: int, application_id: UUID, version: int, values: dict[str, object]
    ) -> None:
        met = self._session.change(
            update(applications)
            .where(
                applications.c.branch_id == branch_id,
                applications.c.application_id == application_id,
                applications.c.version == version,
            )
            .values(values)
        )
        if not met:
            raise VersionConflict

    def _keep_sealed_numbers(
        self, application: Application, children: dict[Table, list[dict[str, object]]]
    ) -> None:
        table = guarantors
        query = select(table).where(
            table.c.branch_id == application.branch_id,
            table.c.application_id == application.application_id,
        )
        stored = {row["guarantor_id"]: row for row in self._session.rows(query)}
        for row in children[table]:
            before = stored.get(row["guarantor_id"])
            if row["pan_sealed"] is None and before is not None:
                row |= {name: before[name] for name in ("pan_sealed", "pan_index")}

    def get(self, branch_id: int, application_id: UUID) -> Application:
        """Read one application in five statements.

        Raises:
            NotFound: the branch has no such application.
        """
        found = self.get_many(branch_id, [application_id])
        if not found:
            raise NotFound(_NO_APPLICATION)
        return found[0]

    def by_reference(self, branch_id: int, reference: str) -> Application:
        """Read one application by what people call it.

        Raises:
            NotFound: the branch has no such application.
        """
        try:
            number = reference_number("A", reference)
        except ValueError as error:
            raise NotFound(_NO_APPLICATION) from error
        row = self._session.first(
            select(applications.c.application_id).where(
                applications.c.branch_id == branch_id, applications.c.number == number
            )
        )
        if row is None:
            raise NotFound(_NO_APPLICATION)
        return self.get(branch_id, row["application_id"])

    def get_many(self, branch_id: int, ids: Sequence[UUID]) -> tuple[Application, ...]:
        """Read applications, five statements for every 500; ids not found are left out."""
        found: list[Application] = []
        for start in range(0, len(ids), MOST_IDS):
            found += self._chunk(branch_id, ids[start : start + MOST_IDS])
        return tuple(found)

    def _chunk(self, branch_id: int, ids: Sequence[UUID]) -> list[Application]:
        main = self._grouped(applications, branch_id, ids)
        children = {table: self._grouped(table, branch_id, ids) for table in CHILD_TABLES}
        return [
            application_rows.application_of(
                self._session.keys,
                main[one][0],
                {table: rows[one] for table, rows in children.items()},
            )
            for one in ids
            if main[one]
        ]

    def _grouped(
        self, table: Table, branch_id: int, ids: Sequence[UUID]
    ) -> Mapping[UUID, list[RowMapping]]:
        query = select(table).where(
            table.c.branch_id == branch_id, among(table.c.application_id, ids)
        )
        if table in CHILD_TABLES:
            query = query.order_by(table.c.position)
        grouped: dict[UUID, list[RowMapping]] = defaultdict(list)
        for row in self._session.rows(query):
            grouped[row["application_id"]].append(row)
        return grouped

    def ids(self, branch_id: int, statuses: Sequence[ApplicationStatus]) -> tuple[UUID, ...]:
        """Return the ids in those statuses, oldest first."""
        query = select(applications.c.application_id).where(
            applications.c.branch_id == branch_id, applications.c.status.in_(statuses)
        )
        ordered = query.order_by(applications.c.application_date, applications.c.application_id)
        return tuple(row["application_id"] for row in self._session.rows(ordered))

    def find(
        self, viewer: Viewer, wanted: ApplicationFilter, limit: int, after: str | None = None
    ) -> Page[ApplicationRow]:
        """Read one page of the list in one statement.

        Raises:
            BadCursor: `after` is no cursor of this sort.
        """
        return application_lists.find(self._session, viewer, wanted, (limit, after))

    def count(self, viewer: Viewer, wanted: ApplicationFilter) -> int:
        """Count the filtered list."""
        return application_lists.count(self._session, viewer, wanted)

    def keys_every(
        self, viewer: Viewer, wanted: ApplicationFilter, step: int = 500
    ) -> tuple[str, ...]:
        """Return the cursors after each `step` rows of the filtered list."""
        return application_lists.keys(self._session, viewer, wanted, step)

    def of_customer(self, branch_id: int, customer_id: UUID) -> tuple[ApplicationRow, ...]:
        """Return all applications of a customer, newest first."""
        return application_lists.of_customer(self._session, branch_id, customer_id)

    def counts_by_status(
        self, viewer: Viewer, *, mine: bool = True
    ) -> dict[ApplicationStatus, int]:
        """Count the viewer's (or the branch's) applications by status."""
        return application_lists.counts_by_status(self._session, viewer, mine=mine)

    def to_do(
        self, viewer: Viewer, statuses: Sequence[ApplicationStatus], limit: int = 50
    ) -> tuple[ApplicationRow, ...]:
        """Return what waits for the viewer, statuses in the order given, oldest first."""
        return application_lists.to_do(self._session, viewer, statuses, limit)
