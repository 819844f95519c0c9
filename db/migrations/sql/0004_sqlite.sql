CREATE TABLE case_steps (
	branch_id INTEGER NOT NULL,
	step_id BLOB NOT NULL,
	application_id BLOB NOT NULL,
	number INTEGER NOT NULL,
	step TEXT NOT NULL,
	actor_id BLOB NOT NULL,
	at DATETIME NOT NULL,
	from_status TEXT NOT NULL,
	to_status TEXT NOT NULL,
	decision TEXT,
	amount_paise BIGINT,
	tenure_months INTEGER,
	rate_ppm INTEGER,
	conditions TEXT NOT NULL,
	reasons TEXT NOT NULL,
	override_reason TEXT NOT NULL,
	note TEXT NOT NULL,
	forward_to TEXT,
	assessment_id BLOB,
	recommendation TEXT,
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
	user_id BLOB NOT NULL,
	authority TEXT NOT NULL,
	CONSTRAINT pk_user_authorities PRIMARY KEY (branch_id, user_id),
	CONSTRAINT ck_user_authorities_authority_word CHECK (authority IN ('Supervisor', 'Regional credit desk')),
	CONSTRAINT fk_user_authorities_users FOREIGN KEY(user_id) REFERENCES users (user_id)
);

INSERT INTO case_steps (branch_id, step_id, application_id, number, step, actor_id, at, from_status, to_status, decision, amount_paise, tenure_months, rate_ppm, conditions, reasons, override_reason, note, assessment_id)
SELECT d.branch_id, randomblob(16), d.application_id, 1, 'propose', d.maker_id, d.decided_at, 'Pending', 'Proposed', d.decision, d.amount_paise, d.tenure_months, d.rate_ppm, '', '[]', '', '', d.assessment_id
FROM decisions d WHERE d.checker_id IS NOT NULL AND d.decision IN ('approve', 'approve_with_changes', 'reject');

INSERT INTO case_steps (branch_id, step_id, application_id, number, step, actor_id, at, from_status, to_status, decision, amount_paise, tenure_months, rate_ppm, conditions, reasons, override_reason, note, assessment_id)
SELECT d.branch_id, randomblob(16), d.application_id, 2, 'claim', d.checker_id, d.decided_at, 'Proposed', 'Proposed', NULL, NULL, NULL, NULL, '', '[]', '', '', d.assessment_id
FROM decisions d WHERE d.checker_id IS NOT NULL AND d.decision IN ('approve', 'approve_with_changes', 'reject');

INSERT INTO case_steps (branch_id, step_id, application_id, number, step, actor_id, at, from_status, to_status, decision, amount_paise, tenure_months, rate_ppm, conditions, reasons, override_reason, note, assessment_id)
SELECT d.branch_id, d.decision_id, d.application_id, 3, 'decide', d.checker_id, d.decided_at, 'Proposed', CASE d.decision WHEN 'reject' THEN 'Rejected' WHEN 'return' THEN 'Returned' ELSE 'Approved' END, d.decision, d.amount_paise, d.tenure_months, d.rate_ppm, '', '[{"code": "' || d.reason_code || '", "text": ""}]', '', d.note, d.assessment_id
FROM decisions d WHERE d.checker_id IS NOT NULL AND d.decision IN ('approve', 'approve_with_changes', 'reject');
