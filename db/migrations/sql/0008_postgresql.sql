CREATE TABLE day_ends (
	branch_id INTEGER NOT NULL, 
	business_date DATE NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	actor_id UUID NOT NULL, 
	loans INTEGER NOT NULL, 
	moved INTEGER NOT NULL, 
	provision_paise BIGINT NOT NULL, 
	pending_receipts INTEGER NOT NULL, 
	details TEXT COLLATE "C" NOT NULL, 
	CONSTRAINT pk_day_ends PRIMARY KEY (branch_id, business_date), 
	CONSTRAINT ck_day_ends_loans_at_least_0 CHECK (loans >= 0)
);

CREATE TABLE portfolio_cells (
	branch_id INTEGER NOT NULL, 
	loan_purpose TEXT COLLATE "C" NOT NULL, 
	product_code TEXT COLLATE "C" NOT NULL, 
	provision_segment TEXT COLLATE "C" NOT NULL, 
	asset_class TEXT COLLATE "C" NOT NULL, 
	dpd_bucket TEXT COLLATE "C" NOT NULL, 
	officer_id UUID NOT NULL, 
	state TEXT COLLATE "C" NOT NULL, 
	loans INTEGER NOT NULL, 
	principal_paise BIGINT NOT NULL, 
	outstanding_paise BIGINT NOT NULL, 
	overdue_paise BIGINT NOT NULL, 
	CONSTRAINT pk_portfolio_cells PRIMARY KEY (branch_id, loan_purpose, product_code, provision_segment, asset_class, dpd_bucket, officer_id, state), 
	CONSTRAINT ck_portfolio_cells_loans_at_least_0 CHECK (loans >= 0), 
	CONSTRAINT ck_portfolio_cells_outstanding_paise_at_least_0 CHECK (outstanding_paise >= 0)
);

CREATE TABLE loan_acts (
	branch_id INTEGER NOT NULL, 
	act_id UUID NOT NULL, 
	act TEXT COLLATE "C" NOT NULL, 
	application_id UUID NOT NULL, 
	loan_id UUID, 
	value_date DATE NOT NULL, 
	state TEXT COLLATE "C" NOT NULL, 
	terms TEXT COLLATE "C" NOT NULL, 
	before TEXT COLLATE "C" NOT NULL, 
	after TEXT COLLATE "C" NOT NULL, 
	reason TEXT COLLATE "C" NOT NULL, 
	note TEXT COLLATE "C" NOT NULL, 
	maker_id UUID NOT NULL, 
	made_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	checker_id UUID, 
	decided_at TIMESTAMP WITH TIME ZONE, 
	base_version INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_loan_acts PRIMARY KEY (branch_id, act_id), 
	CONSTRAINT ck_loan_acts_act_word CHECK (act IN ('DISBURSEMENT', 'DISBURSEMENT_REVERSAL', 'RECEIPT_REVERSAL', 'CHARGE_WAIVER', 'FORECLOSURE', 'PART_PREPAYMENT', 'RATE_CHANGE', 'RESCHEDULE', 'MORATORIUM', 'RESTRUCTURE', 'WRITE_OFF', 'LOSS')), 
	CONSTRAINT ck_loan_acts_state_word CHECK (state IN ('Proposed', 'Posted', 'Declined', 'Withdrawn')), 
	CONSTRAINT ck_loan_acts_version_at_least_1 CHECK (version >= 1), 
	CONSTRAINT ck_loan_acts_maker_is_not_checker CHECK (checker_id IS NULL OR checker_id <> maker_id), 
	CONSTRAINT ck_loan_acts_decided_by_another CHECK (state NOT IN ('Posted', 'Declined') OR checker_id IS NOT NULL), 
	CONSTRAINT fk_loan_acts_applications FOREIGN KEY(branch_id, application_id) REFERENCES applications (branch_id, application_id)
);

CREATE INDEX ix_loan_acts_application ON loan_acts (branch_id, application_id, made_at);

CREATE INDEX ix_loan_acts_loan ON loan_acts (branch_id, loan_id, made_at);

CREATE INDEX ix_loan_acts_state ON loan_acts (branch_id, state, made_at);

CREATE TABLE charges (
	branch_id INTEGER NOT NULL, 
	charge_id UUID NOT NULL, 
	loan_id UUID NOT NULL, 
	entry TEXT COLLATE "C" NOT NULL, 
	kind TEXT COLLATE "C" NOT NULL, 
	value_date DATE NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	amount_paise BIGINT NOT NULL, 
	reason TEXT COLLATE "C" NOT NULL, 
	due_date DATE, 
	reverses_id UUID, 
	actor_id UUID NOT NULL, 
	CONSTRAINT pk_charges PRIMARY KEY (branch_id, charge_id), 
	CONSTRAINT ck_charges_entry_word CHECK (entry IN ('Levied', 'Waived', 'Reversed')), 
	CONSTRAINT ck_charges_kind_word CHECK (kind IN ('PENAL', 'BOUNCE', 'PREPAYMENT_FEE', 'GST', 'OTHER')), 
	CONSTRAINT ck_charges_amount_paise_at_least_1 CHECK (amount_paise >= 1), 
	CONSTRAINT ck_charges_charge_says_why CHECK (reason <> ''), 
	CONSTRAINT ck_charges_reversal_names_one CHECK ((entry = 'Reversed') = (reverses_id IS NOT NULL)), 
	CONSTRAINT fk_charges_loans FOREIGN KEY(branch_id, loan_id) REFERENCES loans (branch_id, loan_id)
);

CREATE INDEX ix_charges_date ON charges (branch_id, value_date, amount_paise);

CREATE INDEX ix_charges_loan ON charges (branch_id, loan_id, value_date);

CREATE TABLE month_end_snapshots (
	branch_id INTEGER NOT NULL, 
	month_end DATE NOT NULL, 
	loan_id UUID NOT NULL, 
	asset_class TEXT COLLATE "C" NOT NULL, 
	dpd_bucket TEXT COLLATE "C" NOT NULL, 
	outstanding_paise BIGINT NOT NULL, 
	overdue_paise BIGINT NOT NULL, 
	provision_paise BIGINT NOT NULL, 
	CONSTRAINT pk_month_end_snapshots PRIMARY KEY (branch_id, month_end, loan_id), 
	CONSTRAINT ck_month_end_snapshots_asset_class_word CHECK (asset_class IN ('Standard', 'SMA-0', 'SMA-1', 'SMA-2', 'Sub-Standard', 'Doubtful-1', 'Doubtful-2', 'Doubtful-3', 'Loss')), 
	CONSTRAINT ck_month_end_snapshots_dpd_bucket_word CHECK (dpd_bucket IN ('0', '1-30', '31-60', '61-90', '90+')), 
	CONSTRAINT fk_month_end_snapshots_loans FOREIGN KEY(branch_id, loan_id) REFERENCES loans (branch_id, loan_id)
);

CREATE TABLE past_instalments (
	branch_id INTEGER NOT NULL, 
	loan_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	due_date DATE NOT NULL, 
	opening_paise BIGINT NOT NULL, 
	interest_paise BIGINT NOT NULL, 
	principal_paise BIGINT NOT NULL, 
	closing_paise BIGINT NOT NULL, 
	paid_interest_paise BIGINT NOT NULL, 
	paid_principal_paise BIGINT NOT NULL, 
	paid_on DATE, 
	CONSTRAINT pk_past_instalments PRIMARY KEY (branch_id, loan_id, version, number), 
	CONSTRAINT fk_past_instalments_loans FOREIGN KEY(branch_id, loan_id) REFERENCES loans (branch_id, loan_id)
);

CREATE TABLE schedules (
	branch_id INTEGER NOT NULL, 
	loan_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	act_id UUID, 
	from_date DATE NOT NULL, 
	emi_paise BIGINT NOT NULL, 
	rate_ppm INTEGER NOT NULL, 
	instalments INTEGER NOT NULL, 
	rule_rows TEXT COLLATE "C" NOT NULL, 
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_schedules PRIMARY KEY (branch_id, loan_id, version), 
	CONSTRAINT ck_schedules_version_at_least_1 CHECK (version >= 1), 
	CONSTRAINT fk_schedules_loans FOREIGN KEY(branch_id, loan_id) REFERENCES loans (branch_id, loan_id)
);

CREATE FUNCTION guard_loan_acts() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'acts are never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM user_branches u WHERE u.branch_id = NEW.branch_id
            AND u.user_id = NEW.maker_id AND u.role IN ('Officer', 'Supervisor'))
        OR (NEW.state IN ('Posted', 'Declined') AND NOT EXISTS (SELECT FROM user_branches u
            WHERE u.branch_id = NEW.branch_id AND u.user_id = NEW.checker_id
            AND u.role IN ('Officer', 'Supervisor') AND u.user_id <> NEW.maker_id)) THEN
        RAISE EXCEPTION 'an act needs a maker and another checker of the branch'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.state <> 'Proposed' OR NEW.version <> OLD.version + 1
            OR (to_jsonb(NEW) - '{state,checker_id,decided_at,version,loan_id,after}'::text[])
                IS DISTINCT FROM
               (to_jsonb(OLD) - '{state,checker_id,decided_at,version,loan_id,after}'::text[])) THEN
        RAISE EXCEPTION 'an act is decided once and never edited'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$;

CREATE FUNCTION guard_repayments() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    undone repayments; paid_out bigint; settled bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'receipts are only added' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM user_branches u WHERE u.branch_id = NEW.branch_id
            AND u.user_id = NEW.actor_id) THEN
        RAISE EXCEPTION 'a receipt is posted by a person of the branch'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind = 'Reversal' THEN
        SELECT * INTO undone FROM repayments r WHERE r.branch_id = NEW.branch_id
            AND r.repayment_id = NEW.reverses_id AND r.loan_id = NEW.loan_id;
        IF undone.repayment_id IS NULL OR undone.kind = 'Reversal'
            OR NEW.amount_paise <> -undone.amount_paise
            OR NEW.value_date <> undone.value_date
            OR EXISTS (SELECT FROM repayments r WHERE r.branch_id = NEW.branch_id
                AND r.loan_id = NEW.loan_id AND r.reverses_id = NEW.reverses_id)
            OR NOT EXISTS (SELECT FROM loan_acts a WHERE a.branch_id = NEW.branch_id
                AND a.loan_id = NEW.loan_id AND a.state = 'Posted'
                AND a.act IN ('RECEIPT_REVERSAL', 'DISBURSEMENT_REVERSAL')
                AND position(NEW.reverses_id::text IN a.terms) > 0) THEN
            RAISE EXCEPTION 'a reversal undoes one receipt once, and two people agree'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.kind IN ('Reallocation', 'Advance Used', 'Capitalisation') THEN
        IF NEW.amount_paise <> 0 OR NEW.reverses_id IS NOT NULL THEN
            RAISE EXCEPTION 'no money moves in a split' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.amount_paise <= 0 OR NEW.reverses_id IS NOT NULL OR NEW.interest_paise < 0
        OR NEW.principal_paise < 0 OR NEW.charges_paise < 0 OR NEW.excess_paise < 0 THEN
        RAISE EXCEPTION 'a receipt is more than nothing' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM FROM loans l WHERE l.branch_id = NEW.branch_id AND l.loan_id = NEW.loan_id FOR UPDATE;
    SELECT coalesce(sum(d.amount_paise), 0) INTO paid_out FROM disbursements d
        WHERE d.branch_id = NEW.branch_id AND d.loan_id = NEW.loan_id;
    SELECT coalesce(sum(r.principal_paise), 0) INTO settled FROM repayments r
        WHERE r.branch_id = NEW.branch_id AND r.loan_id = NEW.loan_id;
    IF NEW.balance_after_paise <> paid_out - settled - NEW.principal_paise THEN
        RAISE EXCEPTION 'the balance is what was paid out less principal'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$;

CREATE FUNCTION guard_disbursements() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'payments out are only added' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM loan_acts a WHERE a.branch_id = NEW.branch_id
            AND a.act_id = NEW.act_id AND a.state = 'Posted' AND a.act =
                CASE WHEN NEW.reverses_id IS NULL THEN 'DISBURSEMENT'
                ELSE 'DISBURSEMENT_REVERSAL' END)
        OR (NEW.reverses_id IS NULL) <> (NEW.amount_paise > 0)
        OR EXISTS (SELECT FROM disbursements d WHERE d.branch_id = NEW.branch_id
            AND d.act_id = NEW.act_id) THEN
        RAISE EXCEPTION 'two people pay out, once an act' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$;

CREATE FUNCTION guard_charges() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'charges are only added' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.entry = 'Waived' AND NOT EXISTS (SELECT FROM loan_acts a
            WHERE a.branch_id = NEW.branch_id AND a.loan_id = NEW.loan_id
            AND a.state = 'Posted' AND a.act = 'CHARGE_WAIVER') THEN
        RAISE EXCEPTION 'two people waive' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$;

CREATE FUNCTION guard_only_added() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    RAISE EXCEPTION 'this history is only added to' USING ERRCODE = 'check_violation';
END $guard$;

CREATE FUNCTION guard_loan_balance() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    stands loans; paid_out bigint; settled bigint; charged bigint;
BEGIN
    SELECT * INTO stands FROM loans l WHERE l.branch_id = NEW.branch_id
        AND l.loan_id = NEW.loan_id;
    SELECT coalesce(sum(d.amount_paise), 0) INTO paid_out FROM disbursements d
        WHERE d.branch_id = NEW.branch_id AND d.loan_id = NEW.loan_id;
    SELECT coalesce(sum(r.principal_paise), 0) INTO settled FROM repayments r
        WHERE r.branch_id = NEW.branch_id AND r.loan_id = NEW.loan_id;
    IF stands.outstanding_paise <> paid_out - settled THEN
        RAISE EXCEPTION 'the outstanding is what was paid out less principal'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $guard$;

CREATE FUNCTION guard_loan_class() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    now_class text; last_class text;
BEGIN
    SELECT l.asset_class INTO now_class FROM loans l WHERE l.branch_id = NEW.branch_id
        AND l.loan_id = NEW.loan_id;
    SELECT n.asset_class INTO last_class FROM npa_tracking n WHERE n.branch_id = NEW.branch_id
        AND n.loan_id = NEW.loan_id
        ORDER BY n.business_date DESC, n.recorded_at DESC, n.entry_id DESC LIMIT 1;
    IF now_class <> coalesce(last_class, 'Standard') THEN
        RAISE EXCEPTION 'a class follows from its last entry' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $guard$;

CREATE TRIGGER guard_loan_acts BEFORE INSERT OR UPDATE OR DELETE ON loan_acts FOR EACH ROW EXECUTE FUNCTION guard_loan_acts();

CREATE TRIGGER guard_repayments BEFORE INSERT OR UPDATE OR DELETE ON repayments FOR EACH ROW EXECUTE FUNCTION guard_repayments();

CREATE TRIGGER guard_disbursements BEFORE INSERT OR UPDATE OR DELETE ON disbursements FOR EACH ROW EXECUTE FUNCTION guard_disbursements();

CREATE TRIGGER guard_charges BEFORE INSERT OR UPDATE OR DELETE ON charges FOR EACH ROW EXECUTE FUNCTION guard_charges();

CREATE TRIGGER guard_npa_tracking BEFORE UPDATE OR DELETE ON npa_tracking FOR EACH ROW EXECUTE FUNCTION guard_only_added();

CREATE TRIGGER guard_schedules BEFORE UPDATE OR DELETE ON schedules FOR EACH ROW EXECUTE FUNCTION guard_only_added();

CREATE TRIGGER guard_past_instalments BEFORE UPDATE OR DELETE ON past_instalments FOR EACH ROW EXECUTE FUNCTION guard_only_added();

CREATE TRIGGER guard_day_ends BEFORE UPDATE OR DELETE ON day_ends FOR EACH ROW EXECUTE FUNCTION guard_only_added();

CREATE TRIGGER guard_month_end_snapshots BEFORE UPDATE OR DELETE ON month_end_snapshots FOR EACH ROW EXECUTE FUNCTION guard_only_added();

CREATE CONSTRAINT TRIGGER guard_loan_balance AFTER INSERT OR UPDATE OF outstanding_paise ON loans DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_loan_balance();

CREATE CONSTRAINT TRIGGER guard_loan_class AFTER INSERT OR UPDATE OF asset_class ON loans DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_loan_class();
