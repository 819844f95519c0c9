"""PostgreSQL's own word on notes and corrections: no direct write gets past the record.

Source: data-and-sync.md 6 and 7, screens.md S21. A note is never changed or deleted; a correction
that needs two people starts undecided and is decided once, by somebody else. Triggers, so that
they hold for whoever owns the tables too. SQLite has CHECK constraints and the services alone.

Statements contain no blank line and no per cent sign: see db/migrations/frozen_ddl.py.
"""

CUSTOMER_NOTES = """\
CREATE FUNCTION guard_customer_notes() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    RAISE EXCEPTION 'notes are never changed or deleted' USING ERRCODE = 'check_violation';
END $guard$"""

FACT_CORRECTIONS = """\
CREATE FUNCTION guard_fact_corrections() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'corrections are never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.decided_by IS NOT NULL OR (NEW.two_persons AND NEW.state <> 'Proposed')
            OR (NEW.fact IN ('full_name', 'date_of_birth', 'pan_number')
                AND NEW.old_sealed IS NOT NULL AND NOT NEW.two_persons) THEN
            RAISE EXCEPTION 'this correction needs a second person'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'Proposed' OR NEW.decided_by IS NULL OR NEW.version <> OLD.version + 1
        OR (to_jsonb(NEW) - '{state,decided_by,decided_at,note,version}'::text[])
            IS DISTINCT FROM
           (to_jsonb(OLD) - '{state,decided_by,decided_at,note,version}'::text[]) THEN
        RAISE EXCEPTION 'a correction is decided once and never edited'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

CREATE = (
    CUSTOMER_NOTES,
    FACT_CORRECTIONS,
    *(
        f"CREATE TRIGGER guard_{table} BEFORE {acts} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION guard_{table}()"
        for table, acts in (
            ("customer_notes", "UPDATE OR DELETE"),
            ("fact_corrections", "INSERT OR UPDATE OR DELETE"),
        )
    ),
)
