"""That a command was carried out once: its receipt stands in the same transaction.

A known command id with the same payload hash is answered from here; with another it is refused
(data-and-sync.md 9). That choice is the services'; this file keeps the rows.
"""

from uuid import UUID

from sqlalchemy import Connection, insert, select

from db.records.book import CommandReceipt
from db.tables.desk import command_receipts


class Receipts:
    """The receipts of the book."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, branch_id: int, command_id: UUID) -> CommandReceipt | None:
        """Return the receipt of a command, None when it was never carried out."""
        query = select(command_receipts).where(
            command_receipts.c.branch_id == branch_id,
            command_receipts.c.command_id == command_id,
        )
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        return CommandReceipt(**{name: row[name] for name in CommandReceipt.__slots__})

    def put(self, branch_id: int, receipt: CommandReceipt) -> None:
        """Write a receipt; a second one of the same id is refused by its primary key."""
        values = {name: getattr(receipt, name) for name in CommandReceipt.__slots__}
        self._connection.execute(insert(command_receipts).values(branch_id=branch_id, **values))
