CREATE TABLE customer_notes (
	branch_id INTEGER NOT NULL,
	note_id BLOB NOT NULL,
	customer_id BLOB NOT NULL,
	text_sealed BLOB NOT NULL,
	author_staff_id TEXT NOT NULL,
	written_at DATETIME NOT NULL,
	CONSTRAINT pk_customer_notes PRIMARY KEY (branch_id, note_id),
	CONSTRAINT fk_customer_notes_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id)
);

CREATE INDEX ix_customer_notes_customer ON customer_notes (branch_id, customer_id, written_at, note_id);

CREATE TABLE fact_corrections (
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
	CONSTRAINT ck_fact_corrections_decided_by_somebody CHECK (state = 'Proposed' OR decided_by IS NOT NULL OR NOT two_persons),
	CONSTRAINT ck_fact_corrections_version_at_least_1 CHECK (version >= 1),
	CONSTRAINT fk_fact_corrections_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id)
);

CREATE INDEX ix_fact_corrections_customer ON fact_corrections (branch_id, customer_id, proposed_at);

CREATE INDEX ix_fact_corrections_state ON fact_corrections (branch_id, state, proposed_at);
