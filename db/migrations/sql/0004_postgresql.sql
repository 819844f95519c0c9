CREATE TABLE case_steps (
	branch_id INTEGER NOT NULL,
	step_id UUID NOT NULL,
	application_id UUID NOT NULL,
	number INTEGER NOT NULL,
	step TEXT COLLATE "C" NOT NULL,
	actor_id UUID NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	from_status TEXT COLLATE "C" NOT NULL,
	to_status TEXT COLLATE "C" NOT NULL,
	decision TEXT COLLATE "C",
	amount_paise BIGINT,
	tenure_months INTEGER,
	rate_ppm INTEGER,
	conditions TEXT COLLATE "C" NOT NULL,
	reasons TEXT COLLATE "C" NOT NULL,
	override_reason TEXT COLLATE "C" NOT NULL,
	note TEXT COLLATE "C" NOT NULL,
	forward_to TEXT COLLATE "C",
	assessment_id UUID,
	recommendation TEXT COLLATE "C",
	CONSTRAINT pk_case_steps PRIMARY KEY (branch_id, step_id),
	CONSTRAINT ck_case_steps_step_word CHECK (step IN ('propose', 'withdraw', 'claim', 'release', 'forward', 'decide', 'decide_automatically', 'recall')),
	CONSTRAINT ck_case_steps_from_status_word CHECK (from_status IN ('Draft', 'Pending', 'Proposed', 'Approved', 'Rejected', 'Returned', 'Withdrawn', 'Disbursed')),
	CONSTRAINT ck_case_steps_to_status_word CHECK (to_status IN ('Draft', 'Pending', 'Proposed', 'Approved', 'Rejected', 'Returned', 'Withdrawn', 'Disbursed')),
	CONSTRAINT ck_case_steps_decision_word CHECK (decision IN ('approve', 'approve_with_changes', 'reject', 'return', 'hold')),
	CONSTRAINT ck_case_steps_forward_to_word CHECK (forward_to IN ('Supervisor', 'Regional credit desk')),
	CONSTRAINT ck_case_steps_recommendation_word CHECK (recommendation IN ('Approve', 'Refer', 'Reject')),
	CONSTRAINT ck_case_steps_number_at_least_1 CHECK (number >= 1),
	CONSTRAINT ck_case_steps_decision_of_its_step CHECK ((step IN ('propose', 'decide', 'decide_automatically')) = (decision IS NOT NULL)),
	CONSTRAINT ck_case_steps_forward_names_authority CHECK ((step = 'forward') = (forward_to IS NOT NULL)),
	CONSTRAINT fk_case_steps_applications FOREIGN KEY(branch_id, application_id) REFERENCES applications (branch_id, application_id)
);

CREATE UNIQUE INDEX uq_case_steps_number ON case_steps (branch_id, application_id, number);

CREATE TABLE user_authorities (
	branch_id INTEGER NOT NULL,
	user_id UUID NOT NULL,
	authority TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_user_authorities PRIMARY KEY (branch_id, user_id),
	CONSTRAINT ck_user_authorities_authority_word CHECK (authority IN ('Supervisor', 'Regional credit desk')),
	CONSTRAINT fk_user_authorities_users FOREIGN KEY(user_id) REFERENCES users (user_id)
);

INSERT INTO case_steps (branch_id, step_id, application_id, number, step, actor_id, at, from_status, to_status, decision, amount_paise, tenure_months, rate_ppm, conditions, reasons, override_reason, note, assessment_id)
SELECT d.branch_id, gen_random_uuid(), d.application_id, 1, 'propose', d.maker_id, d.decided_at, 'Pending', 'Proposed', d.decision, d.amount_paise, d.tenure_months, d.rate_ppm, '', '[]', '', '', d.assessment_id
FROM decisions d WHERE d.checker_id IS NOT NULL AND d.decision IN ('approve', 'approve_with_changes', 'reject');

INSERT INTO case_steps (branch_id, step_id, application_id, number, step, actor_id, at, from_status, to_status, decision, amount_paise, tenure_months, rate_ppm, conditions, reasons, override_reason, note, assessment_id)
SELECT d.branch_id, gen_random_uuid(), d.application_id, 2, 'claim', d.checker_id, d.decided_at, 'Proposed', 'Proposed', NULL, NULL, NULL, NULL, '', '[]', '', '', d.assessment_id
FROM decisions d WHERE d.checker_id IS NOT NULL AND d.decision IN ('approve', 'approve_with_changes', 'reject');

INSERT INTO case_steps (branch_id, step_id, application_id, number, step, actor_id, at, from_status, to_status, decision, amount_paise, tenure_months, rate_ppm, conditions, reasons, override_reason, note, assessment_id)
SELECT d.branch_id, d.decision_id, d.application_id, 3, 'decide', d.checker_id, d.decided_at, 'Proposed', CASE d.decision WHEN 'reject' THEN 'Rejected' WHEN 'return' THEN 'Returned' ELSE 'Approved' END, d.decision, d.amount_paise, d.tenure_months, d.rate_ppm, '', '[{"code": "' || d.reason_code || '", "text": ""}]', '', d.note, d.assessment_id
FROM decisions d WHERE d.checker_id IS NOT NULL AND d.decision IN ('approve', 'approve_with_changes', 'reject');

CREATE FUNCTION guard_case_steps() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    last case_steps; proposal case_steps; claim case_steps; entered_by uuid; role_needed text;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'steps are never edited or deleted' USING ERRCODE = 'check_violation';
    END IF;
    SELECT officer_id INTO entered_by FROM applications a
        WHERE a.branch_id = NEW.branch_id AND a.application_id = NEW.application_id FOR UPDATE;
    SELECT * INTO last FROM case_steps s WHERE s.branch_id = NEW.branch_id
        AND s.application_id = NEW.application_id ORDER BY s.number DESC LIMIT 1;
    SELECT * INTO proposal FROM case_steps s WHERE s.branch_id = NEW.branch_id
        AND s.application_id = NEW.application_id AND s.step = 'propose'
        ORDER BY s.number DESC LIMIT 1;
    IF NEW.step = 'decide_automatically' THEN
        IF NEW.actor_id <> '0d8a4a55-70c3-5d7d-9c1e-000000000000' OR last.step <> 'propose'
            OR last.decision <> 'approve' OR NEW.number <> last.number + 1
            OR NEW.decision <> 'approve' OR NEW.to_status <> 'Approved'
            OR NEW.from_status <> 'Proposed' OR NEW.amount_paise IS DISTINCT FROM last.amount_paise
            OR NEW.tenure_months IS DISTINCT FROM last.tenure_months
            OR NEW.rate_ppm IS DISTINCT FROM last.rate_ppm
            OR NOT EXISTS (SELECT FROM rule_values r WHERE r.code = 'automatic_approval'
                AND r.value = 'true' AND r.effective_from <= current_date
                AND coalesce(r.effective_to, 'infinity') >= current_date)
            OR NOT EXISTS (SELECT FROM rule_values r WHERE r.code = 'automatic_approval_up_to'
                AND (CASE WHEN r.code = 'automatic_approval_up_to' THEN r.value::bigint END)
                    >= NEW.amount_paise AND r.effective_from <= current_date
                AND coalesce(r.effective_to, 'infinity') >= current_date) THEN
            RAISE EXCEPTION 'the automatic policy does not allow this'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    role_needed := CASE WHEN NEW.step IN ('propose', 'withdraw') THEN 'Officer'
        ELSE 'Supervisor' END;
    IF NEW.number <> coalesce(last.number, 0) + 1
        OR NEW.from_status <> coalesce(last.to_status, NEW.from_status)
        OR NOT EXISTS (SELECT FROM user_branches u WHERE u.branch_id = NEW.branch_id
            AND u.user_id = NEW.actor_id AND u.role = role_needed) THEN
        RAISE EXCEPTION 'not the next step, or not for this person'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.step = 'propose' THEN
        IF NEW.from_status NOT IN ('Pending', 'Returned') OR NEW.to_status <> 'Proposed'
            OR NEW.decision NOT IN ('approve', 'approve_with_changes', 'reject') THEN
            RAISE EXCEPTION 'only an open application is proposed'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.step = 'recall' THEN
        IF last.step <> 'decide' OR last.actor_id <> NEW.actor_id
            OR last.decision = 'return' OR NEW.to_status <> 'Proposed' THEN
            RAISE EXCEPTION 'only the own decision is recalled' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.from_status <> 'Proposed' OR proposal.step_id IS NULL THEN
        RAISE EXCEPTION 'no proposal waits' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.step = 'withdraw' THEN
        IF proposal.actor_id <> NEW.actor_id OR last.step NOT IN ('propose', 'release')
            OR NEW.to_status NOT IN ('Pending', 'Returned') THEN
            RAISE EXCEPTION 'only the maker withdraws' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.actor_id = entered_by OR EXISTS (SELECT FROM case_steps s
            WHERE s.branch_id = NEW.branch_id AND s.application_id = NEW.application_id
            AND s.step = 'propose' AND s.actor_id = NEW.actor_id) THEN
        RAISE EXCEPTION 'nobody decides what they made or entered'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.step = 'claim' THEN
        IF NEW.to_status <> 'Proposed' THEN
            RAISE EXCEPTION 'a claim changes no status' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF last.step <> 'claim' OR last.actor_id <> NEW.actor_id THEN
        RAISE EXCEPTION 'take it up first' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.step IN ('release', 'forward') THEN
        IF NEW.to_status <> 'Proposed' THEN
            RAISE EXCEPTION 'this changes no status' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.step <> 'decide' OR NEW.to_status IS DISTINCT FROM (CASE NEW.decision
            WHEN 'approve' THEN 'Approved' WHEN 'approve_with_changes' THEN 'Approved'
            WHEN 'reject' THEN 'Rejected' WHEN 'return' THEN 'Returned' END) THEN
        RAISE EXCEPTION 'a decision has its own status' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.to_status = 'Approved' AND (proposal.decision = 'reject'
            OR coalesce(NEW.amount_paise, 0) <= 0 OR NEW.amount_paise > proposal.amount_paise
            OR NEW.tenure_months IS NULL OR NEW.tenure_months > proposal.tenure_months
            OR NEW.rate_ppm IS NULL OR NEW.rate_ppm < proposal.rate_ppm) THEN
        RAISE EXCEPTION 'terms tighten, never loosen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$;

CREATE FUNCTION guard_decisions() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'decisions are never edited or deleted'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM case_steps s WHERE s.branch_id = NEW.branch_id
            AND s.step_id = NEW.decision_id AND s.application_id = NEW.application_id
            AND s.step IN ('decide', 'decide_automatically') AND s.decision = NEW.decision
            AND s.actor_id = NEW.checker_id
            AND s.amount_paise IS NOT DISTINCT FROM NEW.amount_paise
            AND s.tenure_months IS NOT DISTINCT FROM NEW.tenure_months
            AND s.rate_ppm IS NOT DISTINCT FROM NEW.rate_ppm) THEN
        RAISE EXCEPTION 'a decision needs its step' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$;

CREATE FUNCTION guard_application_status() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    now_status text; left_at text;
BEGIN
    SELECT a.status INTO now_status FROM applications a
        WHERE a.branch_id = NEW.branch_id AND a.application_id = NEW.application_id;
    SELECT s.to_status INTO left_at FROM case_steps s WHERE s.branch_id = NEW.branch_id
        AND s.application_id = NEW.application_id ORDER BY s.number DESC LIMIT 1;
    IF now_status IS NULL
        OR (now_status IN ('Draft', 'Pending') AND coalesce(left_at, 'Pending') = 'Pending')
        OR (now_status = 'Withdrawn' AND coalesce(left_at, 'Pending') IN ('Pending', 'Returned'))
        OR (now_status = 'Disbursed' AND left_at = 'Approved')
        OR now_status = left_at THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the status does not follow from the steps taken'
        USING ERRCODE = 'check_violation';
END $guard$;

CREATE TRIGGER guard_case_steps BEFORE INSERT OR UPDATE OR DELETE ON case_steps FOR EACH ROW EXECUTE FUNCTION guard_case_steps();

CREATE TRIGGER guard_decisions BEFORE INSERT OR UPDATE OR DELETE ON decisions FOR EACH ROW EXECUTE FUNCTION guard_decisions();

CREATE CONSTRAINT TRIGGER guard_application_status AFTER INSERT OR UPDATE OF status ON applications DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_application_status();
