CREATE TABLE contacts (
	branch_id INTEGER NOT NULL,
	contact_id BLOB NOT NULL,
	loan_id BLOB NOT NULL,
	customer_id BLOB NOT NULL,
	channel TEXT NOT NULL,
	outcome TEXT,
	note_sealed BLOB NOT NULL,
	override_reason TEXT,
	actor_id BLOB NOT NULL,
	made_at DATETIME NOT NULL,
	stored_at DATETIME NOT NULL,
	edited_at DATETIME,
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
	promise_id BLOB NOT NULL,
	contact_id BLOB NOT NULL,
	loan_id BLOB NOT NULL,
	amount_paise BIGINT NOT NULL,
	promised_on DATE NOT NULL,
	due_on DATE NOT NULL,
	made_at DATETIME NOT NULL,
	stored_at DATETIME NOT NULL,
	dropped_at DATETIME,
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
	snooze_id BLOB NOT NULL,
	loan_id BLOB NOT NULL,
	until_on DATE NOT NULL,
	reason TEXT NOT NULL,
	note_sealed BLOB NOT NULL,
	actor_id BLOB NOT NULL,
	made_at DATETIME NOT NULL,
	stored_at DATETIME NOT NULL,
	CONSTRAINT pk_snoozes PRIMARY KEY (branch_id, snooze_id),
	CONSTRAINT ck_snoozes_reason_word CHECK (reason IN ('PROMISE_RUNNING', 'PAYMENT_ON_WAY', 'WITH_SUPERVISOR', 'CUSTOMER_AWAY', 'OTHER')),
	CONSTRAINT fk_snoozes_loans FOREIGN KEY(branch_id, loan_id) REFERENCES loans (branch_id, loan_id)
);

CREATE INDEX ix_snoozes_loan ON snoozes (branch_id, loan_id, made_at);

CREATE INDEX ix_snoozes_until ON snoozes (branch_id, until_on, loan_id);
