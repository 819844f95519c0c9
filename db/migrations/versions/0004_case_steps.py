"""Steps between maker and checker, authorities, and on PostgreSQL the guards of decisions."""

from datetime import date

from alembic import op
from sqlalchemy import select

from db.migrations import frozen_ddl
from db.tables.reference import rule_values
from db.tables.shipped_rows import SHIPPED, rule_value

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_GUARDED = {
    "guard_case_steps": "case_steps",
    "guard_decisions": "decisions",
    "guard_application_status": "applications",
}


# As shipped; a book made with this version has them from its first revision.
_ROWS = tuple(
    {
        "code": code,
        "segment": "ALL",
        "value": value,
        "unit": unit,
        "compare": compare,
        "effective_from": date(2000, 1, 1).isoformat(),
        "description": description,
        "source": "bank policy, example",
        "confirm": "own",
        "used_by": "app/rules/automatic_decision.py",
    }
    for code, value, unit, compare, description in (
        (
            "automatic_approval",
            False,
            "flag",
            None,
            "Whether small, clear, fully verified cases are approved by the bank's automatic "
            "policy, without a checker.",
        ),
        (
            "automatic_approval_up_to",
            5_000_000,
            "paise",
            "at_most",
            "Highest amount the automatic policy may approve.",
        ),
    )
)


def upgrade() -> None:
    """Create the tables and the guards; add the rows of the automatic policy, switched off."""
    connection = op.get_bind()
    frozen_ddl.create(connection, revision)
    known = set(connection.execute(select(rule_values.c.code)).scalars())
    rows = [rule_value(row, SHIPPED) for row in _ROWS if row["code"] not in known]
    if not rows:
        return
    guarded = connection.dialect.name == "postgresql"
    if guarded:
        connection.exec_driver_sql("ALTER TABLE rule_values DISABLE TRIGGER guard_rule_values")
    connection.execute(rule_values.insert(), rows)
    if guarded:
        connection.exec_driver_sql("ALTER TABLE rule_values ENABLE TRIGGER guard_rule_values")


def downgrade() -> None:
    """Drop the guards and the tables."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for guard, table in _GUARDED.items():
            connection.exec_driver_sql(f"DROP TRIGGER {guard} ON {table}")
        # Only now: the functions name the type of a row of case_steps.
        for guard in _GUARDED:
            connection.exec_driver_sql(f"DROP FUNCTION {guard}()")
    frozen_ddl.drop(connection, revision)
