"""PostgreSQL's own word on letters: none without its decision, none edited, none deleted.

Source: data-and-sync.md 6, screens.md S44 (void and issue again, never edit) and S50 (no recall
once a letter is out). SQLite has CHECK constraints and the services alone. Statements contain no
blank line and no per cent sign: see db/migrations/frozen_ddl.py.
"""

DOCUMENTS = """\
CREATE FUNCTION guard_documents() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    spoken_of case_steps; last case_steps;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'letters are never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(NEW) - '{status,accepted_on,void_reason,version}'::text[])
                IS DISTINCT FROM
           (to_jsonb(OLD) - '{status,accepted_on,void_reason,version}'::text[])
            OR NEW.version <> OLD.version + 1
            OR NOT coalesce(
                (NEW.status = 'Void' AND OLD.status <> 'Void'
                    AND NEW.accepted_on IS NOT DISTINCT FROM OLD.accepted_on)
                OR (NEW.status = 'Accepted' AND OLD.status = 'Issued' AND OLD.kind = 'kfs'
                    AND OLD.copy_of IS NULL AND NEW.void_reason = ''
                    AND NEW.accepted_on <= OLD.valid_until
                    AND NEW.accepted_on >= (OLD.made_at AT TIME ZONE 'Asia/Kolkata')::date),
                false) THEN
            RAISE EXCEPTION 'letters are void or accepted, never edited'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    PERFORM FROM applications a WHERE a.branch_id = NEW.branch_id
        AND a.application_id = NEW.application_id FOR UPDATE;
    SELECT * INTO spoken_of FROM case_steps s WHERE s.branch_id = NEW.branch_id
        AND s.application_id = NEW.application_id AND s.step_id = NEW.step_id;
    SELECT * INTO last FROM case_steps s WHERE s.branch_id = NEW.branch_id
        AND s.application_id = NEW.application_id ORDER BY s.number DESC LIMIT 1;
    IF spoken_of.decision IS NULL
        OR (NEW.kind <> 'file-note' AND (spoken_of.step_id <> last.step_id
            OR spoken_of.step NOT IN ('decide', 'decide_automatically')
            OR spoken_of.to_status <> CASE WHEN NEW.kind = 'rejection' THEN 'Rejected'
                ELSE 'Approved' END)) THEN
        RAISE EXCEPTION 'no letter without its decision' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status NOT IN ('Issued', 'Provisional') OR NEW.version <> 1 OR NEW.void_reason <> ''
        OR NOT EXISTS (SELECT FROM user_branches u WHERE u.branch_id = NEW.branch_id
            AND u.user_id = NEW.made_by AND u.role IN ('Officer', 'Supervisor')) THEN
        RAISE EXCEPTION 'letters are issued by an officer or a supervisor'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.copy_of IS NOT NULL AND NOT EXISTS (SELECT FROM documents d
            WHERE d.branch_id = NEW.branch_id AND d.document_id = NEW.copy_of
            AND d.application_id = NEW.application_id AND d.step_id = NEW.step_id
            AND d.kind = NEW.kind AND d.language = NEW.language AND d.number = NEW.number
            AND d.copy_of IS NULL AND d.status <> 'Void') THEN
        RAISE EXCEPTION 'a copy has a standing original' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

RECALLS = """\
CREATE FUNCTION guard_recalls() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF EXISTS (SELECT FROM documents d WHERE d.branch_id = NEW.branch_id
            AND d.application_id = NEW.application_id AND d.status <> 'Void'
            AND d.kind IN ('kfs', 'sanction', 'rejection')) THEN
        RAISE EXCEPTION 'a decision whose letter stands is not recalled'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

CREATE = (
    DOCUMENTS,
    RECALLS,
    (
        "CREATE TRIGGER guard_documents BEFORE INSERT OR UPDATE OR DELETE ON documents "
        "FOR EACH ROW EXECUTE FUNCTION guard_documents()"
    ),
    # After guard_case_steps by its name, which has locked the application by then.
    (
        "CREATE TRIGGER guard_recalls BEFORE INSERT ON case_steps FOR EACH ROW "
        "WHEN (NEW.step = 'recall') EXECUTE FUNCTION guard_recalls()"
    ),
)
