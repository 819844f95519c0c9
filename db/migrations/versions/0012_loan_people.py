"""Account numbers are sealed or masked, and roles decide who posts, proposes and confirms.

A number that stood in clear is masked here, without a key to seal it: a payment that still waits
on one is refused at its confirmation and has to be proposed again.
"""

import json
import re
from typing import Any

from alembic import op
from sqlalchemy import Connection, column, select, table, update

from db.guards import loan_changes, loan_people
from db.identifiers import mask_tail
from db.migrations import frozen_ddl

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_GUARDED_FIRST = "0008"
_BYTES = {"sqlite": "BLOB", "postgresql": "BYTEA"}
_FIELD = "beneficiary_account"
_CLEAR = re.compile(r"(?:^|(?<= ))[0-9]{6,}$")


def upgrade() -> None:
    """Add the sealed column, mask what stood in clear and, on PostgreSQL, replace the guards."""
    connection = op.get_bind()
    kind = _BYTES[connection.dialect.name]
    connection.exec_driver_sql(f"ALTER TABLE loan_acts ADD COLUMN account_sealed {kind}")
    guarded = connection.dialect.name == "postgresql"
    _mask(connection, guarded=guarded)
    frozen_ddl.create(connection, revision)


def _mask(connection: Connection, *, guarded: bool) -> None:
    """Write masks over the numbers; the guards, which let nobody edit, look away meanwhile."""
    for name, key, field, masked in (
        ("loan_acts", "act_id", "terms", _masked_terms),
        ("disbursements", "disbursement_id", "account", _masked_account),
    ):
        if guarded:
            connection.exec_driver_sql(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        rows = table(name, column("branch_id"), column(key), column(field))
        found = connection.execute(select(rows).where(rows.c[field].is_not(None))).mappings().all()
        for row in found:
            after = masked(row[field])
            if after != row[field]:
                same = (rows.c.branch_id == row["branch_id"], rows.c[key] == row[key])
                connection.execute(update(rows).where(*same).values({field: after}))
        if guarded:
            connection.exec_driver_sql(f"ALTER TABLE {name} ENABLE TRIGGER USER")


def _masked_terms(text: str) -> str:
    terms: dict[str, Any] = json.loads(text or "{}")
    if not terms.get(_FIELD):
        return text
    terms[_FIELD] = mask_tail(terms[_FIELD])
    return json.dumps(terms, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _masked_account(text: str) -> str:
    return _CLEAR.sub(lambda found: mask_tail(found.group()) or "", text)


def downgrade() -> None:
    """Put the guards of before back and drop the column; what it held is lost."""
    connection = op.get_bind()
    run = connection.exec_driver_sql
    if connection.dialect.name == "postgresql":
        for name in loan_people.GUARDED:
            run(f"DROP TRIGGER guard_clear_account ON {name}")
        run("DROP FUNCTION guard_clear_account()")
        frozen_ddl.restore_functions(
            connection, _GUARDED_FIRST, ("guard_loan_acts", "guard_repayments")
        )
        run("DROP TRIGGER guard_changing_receipts ON repayments")
        run(loan_changes.ON_RECEIPTS)
    run("ALTER TABLE loan_acts DROP COLUMN account_sealed")
