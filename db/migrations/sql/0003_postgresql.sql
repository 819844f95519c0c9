CREATE TABLE customer_notes (
	branch_id INTEGER NOT NULL,
	note_id UUID NOT NULL,
	customer_id UUID NOT NULL,
	text_sealed BYTEA NOT NULL,
	author_staff_id TEXT COLLATE "C" NOT NULL,
	written_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_customer_notes PRIMARY KEY (branch_id, note_id),
	CONSTRAINT fk_customer_notes_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id)
);

CREATE INDEX ix_customer_notes_customer ON customer_notes (branch_id, customer_id, written_at, note_id);

CREATE TABLE fact_corrections (
	branch_id INTEGER NOT NULL,
	correction_id UUID NOT NULL,
	customer_id UUID NOT NULL,
	fact TEXT COLLATE "C" NOT NULL,
	old_sealed BYTEA,
	new_sealed BYTEA,
	source TEXT COLLATE "C" NOT NULL,
	document TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	two_persons BOOLEAN NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	proposed_by TEXT COLLATE "C" NOT NULL,
	proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	customer_version INTEGER NOT NULL,
	decided_by TEXT COLLATE "C",
	decided_at TIMESTAMP WITH TIME ZONE,
	note TEXT COLLATE "C" NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_fact_corrections PRIMARY KEY (branch_id, correction_id),
	CONSTRAINT ck_fact_corrections_source_word CHECK (source IN ('told', 'document', 'bureau', 'system')),
	CONSTRAINT ck_fact_corrections_state_word CHECK (state IN ('Proposed', 'Approved', 'Refused', 'Closed')),
	CONSTRAINT ck_fact_corrections_two_persons CHECK (decided_by IS NULL OR decided_by <> proposed_by),
	CONSTRAINT ck_fact_corrections_decided_by_somebody CHECK (state = 'Proposed' OR decided_by IS NOT NULL OR NOT two_persons),
	CONSTRAINT ck_fact_corrections_version_at_least_1 CHECK (version >= 1),
	CONSTRAINT fk_fact_corrections_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id)
);

CREATE INDEX ix_fact_corrections_customer ON fact_corrections (branch_id, customer_id, proposed_at);

CREATE INDEX ix_fact_corrections_state ON fact_corrections (branch_id, state, proposed_at);

CREATE FUNCTION guard_customer_notes() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    RAISE EXCEPTION 'notes are never changed or deleted' USING ERRCODE = 'check_violation';
END $guard$;

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
END $guard$;

CREATE TRIGGER guard_customer_notes BEFORE UPDATE OR DELETE ON customer_notes FOR EACH ROW EXECUTE FUNCTION guard_customer_notes();

CREATE TRIGGER guard_fact_corrections BEFORE INSERT OR UPDATE OR DELETE ON fact_corrections FOR EACH ROW EXECUTE FUNCTION guard_fact_corrections();
