"""PostgreSQL's own word on corrections that their maker takes back.

Source: screens.md S21, data-and-sync.md 6. A correction that needs two people starts undecided. It
ends once, with another person's word or, withdrawn, with nobody's. Everything else of it stays as
it was, and what has ended stays so.

Statements contain no blank line and no per cent sign: see db/migrations/frozen_ddl.py.
"""

FACT_CORRECTIONS = """\
CREATE OR REPLACE FUNCTION guard_fact_corrections() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'corrections are never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.decided_by IS NOT NULL OR NEW.state = 'Closed'
            OR (NEW.two_persons AND NEW.state <> 'Proposed')
            OR (NEW.fact IN ('full_name', 'date_of_birth', 'pan_number')
                AND NEW.old_sealed IS NOT NULL AND NOT NEW.two_persons) THEN
            RAISE EXCEPTION 'this correction needs a second person'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'Proposed' OR NEW.version <> OLD.version + 1 OR NEW.decided_at IS NULL
        OR NOT (CASE WHEN NEW.decided_by IS NULL THEN NEW.state = 'Closed'
                ELSE NEW.state IN ('Approved', 'Refused') END)
        OR (to_jsonb(NEW) - '{state,decided_by,decided_at,note,version}'::text[])
            IS DISTINCT FROM
           (to_jsonb(OLD) - '{state,decided_by,decided_at,note,version}'::text[]) THEN
        RAISE EXCEPTION 'a correction is decided once and never edited'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

CREATE = (FACT_CORRECTIONS,)
