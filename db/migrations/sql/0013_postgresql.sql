CREATE TABLE contacts (
	branch_id INTEGER NOT NULL,
	contact_id UUID NOT NULL,
	loan_id UUID NOT NULL,
	customer_id UUID NOT NULL,
	channel TEXT COLLATE "C" NOT NULL,
	outcome TEXT COLLATE "C",
	note_sealed BYTEA NOT NULL,
	override_reason TEXT COLLATE "C",
	actor_id UUID NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	stored_at TIMESTAMP WITH TIME ZONE NOT NULL,
	edited_at TIMESTAMP WITH TIME ZONE,
	version INTEGER NOT NULL,
	CONSTRAINT pk_contacts PRIMARY KEY (branch_id, contact_id),
	CONSTRAINT ck_contacts_channel_word CHECK (channel IN ('Call', 'Visit', 'Message', 'Letter')),
	CONSTRAINT ck_contacts_outcome_word CHECK (outcome IN ('Promise', 'Paid', 'Call back', 'No answer', 'Wrong number', 'Hardship', 'Dispute', 'Refused', 'Visited')),
	CONSTRAINT ck_contacts_override_reason_word CHECK (override_reason IN ('CUSTOMER_ASKED', 'CUSTOMER_CALLED', 'SAFETY', 'OTHER')),
	CONSTRAINT ck_contacts_spoken_has_an_outcome CHECK ((outcome IS NULL) = (channel IN ('Message', 'Letter'))),
	CONSTRAINT ck_contacts_version_at_least_1 CHECK (version >= 1),
	CONSTRAINT fk_contacts_loans FOREIGN KEY(branch_id, loan_id) REFERENCES loans (branch_id, loan_id),
	CONSTRAINT fk_contacts_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id)
);

CREATE INDEX ix_contacts_customer ON contacts (branch_id, customer_id, made_at, channel);

CREATE INDEX ix_contacts_loan ON contacts (branch_id, loan_id, made_at, outcome);

CREATE INDEX ix_contacts_made ON contacts (branch_id, made_at, loan_id, outcome);

CREATE TABLE promises (
	branch_id INTEGER NOT NULL,
	promise_id UUID NOT NULL,
	contact_id UUID NOT NULL,
	loan_id UUID NOT NULL,
	amount_paise BIGINT NOT NULL,
	promised_on DATE NOT NULL,
	due_on DATE NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	stored_at TIMESTAMP WITH TIME ZONE NOT NULL,
	dropped_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_promises PRIMARY KEY (branch_id, promise_id),
	CONSTRAINT ck_promises_amount_paise_at_least_1 CHECK (amount_paise >= 1),
	CONSTRAINT ck_promises_due_after_it_was_made CHECK (due_on >= promised_on),
	CONSTRAINT fk_promises_contacts FOREIGN KEY(branch_id, contact_id) REFERENCES contacts (branch_id, contact_id),
	CONSTRAINT fk_promises_loans FOREIGN KEY(branch_id, loan_id) REFERENCES loans (branch_id, loan_id)
);

CREATE INDEX ix_promises_due ON promises (branch_id, due_on, loan_id);

CREATE INDEX ix_promises_loan ON promises (branch_id, loan_id, due_on);

CREATE UNIQUE INDEX uq_promises_contact ON promises (branch_id, contact_id);

CREATE TABLE snoozes (
	branch_id INTEGER NOT NULL,
	snooze_id UUID NOT NULL,
	loan_id UUID NOT NULL,
	until_on DATE NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	note_sealed BYTEA NOT NULL,
	actor_id UUID NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	stored_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_snoozes PRIMARY KEY (branch_id, snooze_id),
	CONSTRAINT ck_snoozes_reason_word CHECK (reason IN ('PROMISE_RUNNING', 'PAYMENT_ON_WAY', 'WITH_SUPERVISOR', 'CUSTOMER_AWAY', 'OTHER')),
	CONSTRAINT fk_snoozes_loans FOREIGN KEY(branch_id, loan_id) REFERENCES loans (branch_id, loan_id)
);

CREATE INDEX ix_snoozes_loan ON snoozes (branch_id, loan_id, made_at);

CREATE INDEX ix_snoozes_until ON snoozes (branch_id, until_on, loan_id);

CREATE FUNCTION contact_entry_is_open(stored timestamptz) RETURNS boolean LANGUAGE sql AS $guard$
    SELECT clock_timestamp() <= stored + make_interval(mins => coalesce((
        SELECT value::integer FROM rule_values WHERE code = 'contact_log_edit_minutes'
            AND effective_from <= current_date
            AND (effective_to IS NULL OR effective_to >= current_date)
        ORDER BY effective_from DESC LIMIT 1), 0))
$guard$;

CREATE FUNCTION guard_contacts() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'contacts are never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM user_branches u WHERE u.branch_id = NEW.branch_id
                AND u.user_id = NEW.actor_id AND u.role IN ('Officer', 'Supervisor', 'Collections'))
            OR NOT EXISTS (SELECT FROM loans l WHERE l.branch_id = NEW.branch_id
                AND l.loan_id = NEW.loan_id AND l.customer_id = NEW.customer_id)
            OR NEW.version <> 1 OR NEW.edited_at IS NOT NULL THEN
            RAISE EXCEPTION 'a contact is with the borrower of the loan, by who follows it up'
                USING ERRCODE = 'check_violation';
        END IF;
        NEW.stored_at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF NOT contact_entry_is_open(OLD.stored_at) OR NEW.version <> OLD.version + 1
        OR NEW.edited_at IS NULL
        OR (to_jsonb(NEW) - '{outcome,note_sealed,edited_at,version}'::text[])
            IS DISTINCT FROM
           (to_jsonb(OLD) - '{outcome,note_sealed,edited_at,version}'::text[]) THEN
        RAISE EXCEPTION 'a contact is corrected within its minutes and then only added to'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$;

CREATE FUNCTION guard_promises() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'promises are never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.dropped_at IS NOT NULL OR NOT EXISTS (SELECT FROM contacts c
                WHERE c.branch_id = NEW.branch_id AND c.contact_id = NEW.contact_id
                AND c.loan_id = NEW.loan_id AND c.outcome = 'Promise'
                AND contact_entry_is_open(c.stored_at)) THEN
            RAISE EXCEPTION 'a promise is written with the contact in which it was made'
                USING ERRCODE = 'check_violation';
        END IF;
        NEW.stored_at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF NOT contact_entry_is_open(OLD.stored_at)
        OR (to_jsonb(NEW) - '{amount_paise,due_on,dropped_at}'::text[])
            IS DISTINCT FROM
           (to_jsonb(OLD) - '{amount_paise,due_on,dropped_at}'::text[]) THEN
        RAISE EXCEPTION 'a promise is corrected within its minutes and then only added to'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$;

CREATE FUNCTION guard_snoozes() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'what was put off stays written' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM user_branches u WHERE u.branch_id = NEW.branch_id
            AND u.user_id = NEW.actor_id
            AND u.role IN ('Officer', 'Supervisor', 'Collections')) THEN
        RAISE EXCEPTION 'a follow-up is put off by who follows it up'
            USING ERRCODE = 'check_violation';
    END IF;
    NEW.stored_at := clock_timestamp();
    RETURN NEW;
END $guard$;

CREATE TRIGGER guard_contacts BEFORE INSERT OR UPDATE OR DELETE ON contacts FOR EACH ROW EXECUTE FUNCTION guard_contacts();

CREATE TRIGGER guard_promises BEFORE INSERT OR UPDATE OR DELETE ON promises FOR EACH ROW EXECUTE FUNCTION guard_promises();

CREATE TRIGGER guard_snoozes BEFORE INSERT OR UPDATE OR DELETE ON snoozes FOR EACH ROW EXECUTE FUNCTION guard_snoozes();
