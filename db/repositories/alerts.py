"""Alerts of the portfolio and their log: one of a rule stands at a time, lines are only added."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from db.records.alerts import AlertEntry, AlertLogEntry, AlertLogRow, AlertRecord
from db.records.monitor import WHOLE_BANK
from db.records.refusals import NotFound, VersionConflict
from db.repositories.portfolio_scope import of_branch
from db.repositories.session import Session
from db.tables.monitor import alert_log, alerts
from db.tables.reference import users

_RECORD, _ENTRY = AlertRecord.__slots__, AlertLogEntry.__slots__


class Alerts:
    """The alerts of a branch, or of every one and the whole bank's own."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def standing(self, branch_id: int | None) -> tuple[AlertRecord, ...]:
        """Alerts that have not cleared, by branch and rule; all where it is None."""
        query = select(alerts).where(of_branch(alerts, branch_id), alerts.c.cleared_on.is_(None))
        rows = self._session.rows(query.order_by(alerts.c.branch_id, alerts.c.rule))
        return tuple(_record(row) for row in rows)

    def get(self, branch_id: int, alert_id: UUID) -> AlertRecord:
        """Read one alert, of the branch or of the whole bank.

        Raises:
            NotFound: neither has such an alert.
        """
        own = (alerts.c.branch_id.in_((branch_id, WHOLE_BANK)), alerts.c.alert_id == alert_id)
        row = self._session.first(select(alerts).where(*own))
        if row is None:
            message = "There is no such alert"
            raise NotFound(message)
        return _record(row)

    def begin(self, alert: AlertRecord, line: AlertLogEntry) -> None:
        """Raise an alert with its first line."""
        self._session.connection.execute(insert(alerts).values(_values(alert, _RECORD)))
        self._log(line)

    def change(self, alert: AlertRecord, line: AlertLogEntry) -> None:
        """Write what became of an alert, with its line; `version` is the new one.

        Raises:
            VersionConflict: somebody changed it meanwhile.
        """
        own = (alerts.c.branch_id == alert.branch_id, alerts.c.alert_id == alert.alert_id)
        seen = alerts.c.version == alert.version - 1
        statement = update(alerts).where(*own, seen).values(_values(alert, _RECORD))
        if not self._session.change(statement):
            raise VersionConflict
        self._log(line)

    def log(self, branch_id: int | None, limit: int) -> tuple[AlertLogRow, ...]:
        """The newest lines, the newest first."""
        own = (alerts.c.branch_id == alert_log.c.branch_id) & (
            alerts.c.alert_id == alert_log.c.alert_id
        )
        query = (
            select(alert_log, alerts.c.rule, users.c.full_name)
            .select_from(
                alert_log.join(alerts, own).outerjoin(
                    users, users.c.user_id == alert_log.c.actor_id
                )
            )
            .where(of_branch(alert_log, branch_id))
            .order_by(alert_log.c.recorded_at.desc(), alert_log.c.entry_id.desc())
            .limit(limit)
        )
        return tuple(
            AlertLogRow(
                AlertLogEntry(**{**_named(row, _ENTRY), "entry": AlertEntry(row["entry"])}),
                row["rule"],
                row["full_name"] or "",
            )
            for row in self._session.rows(query)
        )

    def _log(self, line: AlertLogEntry) -> None:
        self._session.connection.execute(insert(alert_log).values(_values(line, _ENTRY)))


def _named(row: Any, names: tuple[str, ...]) -> dict[str, Any]:  # noqa: ANN401  # a row by column name
    return {name: row[name] for name in names}


def _values(record: object, names: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(record, name) for name in names}


def _record(row: Any) -> AlertRecord:  # noqa: ANN401  # a row by column name
    return AlertRecord(**_named(row, _RECORD))
