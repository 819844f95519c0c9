"""PostgreSQL's own word on notes and corrections: no direct write gets past the record.

Source: data-and-sync.md 6 and 7, screens.md S21. A note is never changed or deleted; what the
trigger of corrections asks stands in `correction_withdrawal`. Triggers, so that they hold for
whoever owns the tables too. SQLite has CHECK constraints and the services alone.

Statements contain no blank line and no per cent sign: see db/migrations/frozen_ddl.py.
"""

CUSTOMER_NOTES = """\
CREATE FUNCTION guard_customer_notes() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    RAISE EXCEPTION 'notes are never changed or deleted' USING ERRCODE = 'check_violation';
END $guard$"""

CREATE = (
    CUSTOMER_NOTES,
    *(
        f"CREATE TRIGGER guard_{table} BEFORE {acts} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION guard_{table}()"
        for table, acts in (
            ("customer_notes", "UPDATE OR DELETE"),
            ("fact_corrections", "INSERT OR UPDATE OR DELETE"),
        )
    ),
)
