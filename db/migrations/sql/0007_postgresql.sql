CREATE TABLE documents (
	branch_id INTEGER NOT NULL,
	document_id UUID NOT NULL,
	application_id UUID NOT NULL,
	step_id UUID NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	language TEXT COLLATE "C" NOT NULL,
	number TEXT COLLATE "C" NOT NULL,
	status TEXT COLLATE "C" NOT NULL,
	copy_of UUID,
	copy_number INTEGER NOT NULL,
	made_by UUID NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	valid_until DATE,
	accepted_on DATE,
	void_reason TEXT COLLATE "C" NOT NULL,
	pdf_sealed BYTEA NOT NULL,
	values_sealed BYTEA NOT NULL,
	pdf_sha256 TEXT COLLATE "C" NOT NULL,
	values_sha256 TEXT COLLATE "C" NOT NULL,
	template_sha256 TEXT COLLATE "C" NOT NULL,
	engine TEXT COLLATE "C" NOT NULL,
	pages INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_documents PRIMARY KEY (branch_id, document_id),
	CONSTRAINT ck_documents_kind_word CHECK (kind IN ('kfs', 'sanction', 'rejection', 'schedule', 'statement', 'file-note', 'acknowledgement', 'receipt')),
	CONSTRAINT ck_documents_language_word CHECK (language IN ('en', 'hi', 'kn')),
	CONSTRAINT ck_documents_status_word CHECK (status IN ('Provisional', 'Issued', 'Accepted', 'Void')),
	CONSTRAINT ck_documents_copy_number_at_least_0 CHECK (copy_number >= 0),
	CONSTRAINT ck_documents_pages_at_least_1 CHECK (pages >= 1),
	CONSTRAINT ck_documents_copies_are_numbered CHECK ((copy_of IS NULL) = (copy_number = 0)),
	CONSTRAINT ck_documents_void_says_why CHECK (status <> 'Void' OR void_reason <> ''),
	CONSTRAINT ck_documents_accepted_on_a_day CHECK ((status = 'Accepted' AND accepted_on IS NOT NULL) OR (status <> 'Accepted' AND (accepted_on IS NULL OR status = 'Void'))),
	CONSTRAINT ck_documents_statements_end CHECK ((kind = 'kfs') = (valid_until IS NOT NULL)),
	CONSTRAINT fk_documents_applications FOREIGN KEY(branch_id, application_id) REFERENCES applications (branch_id, application_id)
);

CREATE INDEX ix_documents_application ON documents (branch_id, application_id, made_at);

CREATE UNIQUE INDEX uq_documents_number ON documents (branch_id, number, copy_number);

CREATE UNIQUE INDEX uq_documents_standing ON documents (branch_id, step_id, kind, language) WHERE copy_of IS NULL AND status <> 'Void';

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
END $guard$;

CREATE FUNCTION guard_recalls() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF EXISTS (SELECT FROM documents d WHERE d.branch_id = NEW.branch_id
            AND d.application_id = NEW.application_id AND d.status <> 'Void'
            AND d.kind IN ('kfs', 'sanction', 'rejection')) THEN
        RAISE EXCEPTION 'a decision whose letter stands is not recalled'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$;

CREATE TRIGGER guard_documents BEFORE INSERT OR UPDATE OR DELETE ON documents FOR EACH ROW EXECUTE FUNCTION guard_documents();

CREATE TRIGGER guard_recalls BEFORE INSERT ON case_steps FOR EACH ROW WHEN (NEW.step = 'recall') EXECUTE FUNCTION guard_recalls();
