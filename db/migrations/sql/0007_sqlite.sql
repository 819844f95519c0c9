CREATE TABLE documents (
	branch_id INTEGER NOT NULL,
	document_id BLOB NOT NULL,
	application_id BLOB NOT NULL,
	step_id BLOB NOT NULL,
	kind TEXT NOT NULL,
	language TEXT NOT NULL,
	number TEXT NOT NULL,
	status TEXT NOT NULL,
	copy_of BLOB,
	copy_number INTEGER NOT NULL,
	made_by BLOB NOT NULL,
	made_at DATETIME NOT NULL,
	valid_until DATE,
	accepted_on DATE,
	void_reason TEXT NOT NULL,
	pdf_sealed BLOB NOT NULL,
	values_sealed BLOB NOT NULL,
	pdf_sha256 TEXT NOT NULL,
	values_sha256 TEXT NOT NULL,
	template_sha256 TEXT NOT NULL,
	engine TEXT NOT NULL,
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
