CREATE TABLE rule_proposals (
	proposal_id BLOB NOT NULL,
	code TEXT,
	segment TEXT,
	product_code TEXT,
	value TEXT NOT NULL,
	effective_from DATE NOT NULL,
	effective_to DATE,
	source TEXT NOT NULL,
	reason TEXT NOT NULL,
	state TEXT NOT NULL,
	proposed_by TEXT NOT NULL,
	proposed_at DATETIME NOT NULL,
	decided_by TEXT,
	decided_at DATETIME,
	note TEXT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_rule_proposals PRIMARY KEY (proposal_id),
	CONSTRAINT ck_rule_proposals_state_word CHECK (state IN ('Proposed', 'Approved', 'Refused', 'Closed')),
	CONSTRAINT ck_rule_proposals_one_subject CHECK ((code IS NOT NULL AND segment IS NOT NULL AND product_code IS NULL) OR (code IS NULL AND segment IS NULL AND product_code IS NOT NULL)),
	CONSTRAINT ck_rule_proposals_two_persons CHECK (decided_by IS NULL OR decided_by <> proposed_by),
	CONSTRAINT ck_rule_proposals_decided_by_somebody CHECK (state = 'Proposed' OR decided_by IS NOT NULL),
	CONSTRAINT ck_rule_proposals_period CHECK (effective_to IS NULL OR effective_to >= effective_from)
);

CREATE INDEX ix_rule_proposals_state ON rule_proposals (state, proposed_at);
