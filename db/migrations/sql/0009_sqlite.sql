CREATE TABLE corrections_anew (
	branch_id INTEGER NOT NULL,
	correction_id BLOB NOT NULL,
	customer_id BLOB NOT NULL,
	fact TEXT NOT NULL,
	old_sealed BLOB,
	new_sealed BLOB,
	source TEXT NOT NULL,
	document TEXT NOT NULL,
	reason TEXT NOT NULL,
	two_persons BOOLEAN NOT NULL,
	state TEXT NOT NULL,
	proposed_by TEXT NOT NULL,
	proposed_at DATETIME NOT NULL,
	customer_version INTEGER NOT NULL,
	decided_by TEXT,
	decided_at DATETIME,
	note TEXT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_fact_corrections PRIMARY KEY (branch_id, correction_id),
	CONSTRAINT ck_fact_corrections_source_word CHECK (source IN ('told', 'document', 'bureau', 'system')),
	CONSTRAINT ck_fact_corrections_state_word CHECK (state IN ('Proposed', 'Approved', 'Refused', 'Closed')),
	CONSTRAINT ck_fact_corrections_two_persons CHECK (decided_by IS NULL OR decided_by <> proposed_by),
	CONSTRAINT ck_fact_corrections_decided_by_somebody CHECK (state IN ('Proposed', 'Closed') OR decided_by IS NOT NULL OR NOT two_persons),
	CONSTRAINT ck_fact_corrections_withdrawn_by_its_maker CHECK (state <> 'Closed' OR (two_persons AND decided_by IS NULL AND decided_at IS NOT NULL)),
	CONSTRAINT ck_fact_corrections_version_at_least_1 CHECK (version >= 1),
	CONSTRAINT fk_fact_corrections_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id)
);

INSERT INTO corrections_anew SELECT * FROM fact_corrections;

DROP TABLE fact_corrections;

ALTER TABLE corrections_anew RENAME TO fact_corrections;

CREATE INDEX ix_fact_corrections_customer ON fact_corrections (branch_id, customer_id, proposed_at);

CREATE INDEX ix_fact_corrections_state ON fact_corrections (branch_id, state, proposed_at);
