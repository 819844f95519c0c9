ALTER TABLE fact_corrections DROP CONSTRAINT ck_fact_corrections_decided_by_somebody;

ALTER TABLE fact_corrections ADD CONSTRAINT ck_fact_corrections_decided_by_somebody CHECK (state IN ('Proposed', 'Closed') OR decided_by IS NOT NULL OR NOT two_persons);

ALTER TABLE fact_corrections ADD CONSTRAINT ck_fact_corrections_withdrawn_by_its_maker CHECK (state <> 'Closed' OR (two_persons AND decided_by IS NULL AND decided_at IS NOT NULL));

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
END $guard$;
