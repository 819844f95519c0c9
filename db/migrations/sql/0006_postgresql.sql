CREATE TABLE attachments (
	branch_id INTEGER NOT NULL,
	attachment_id UUID NOT NULL,
	customer_id UUID,
	application_id UUID,
	kind TEXT COLLATE "C" NOT NULL,
	file_name_sealed BYTEA NOT NULL,
	content_sealed BYTEA NOT NULL,
	media_type TEXT COLLATE "C" NOT NULL,
	size_bytes INTEGER NOT NULL,
	sha256 TEXT COLLATE "C" NOT NULL,
	attached_by UUID NOT NULL,
	attached_at TIMESTAMP WITH TIME ZONE NOT NULL,
	checked_by UUID,
	checked_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_attachments PRIMARY KEY (branch_id, attachment_id),
	CONSTRAINT ck_attachments_kind_word CHECK (kind IN ('PAN_CARD', 'FORM_60', 'AADHAAR_MASKED', 'VOTER_ID', 'PASSPORT', 'DRIVING_LICENCE', 'PHOTO', 'ADDRESS_PROOF', 'PAYSLIP', 'BANK_STATEMENT', 'FORM_16', 'ITR', 'FINANCIAL_STATEMENTS', 'GST_RETURNS', 'PENSION_SLIP', 'HOUSEHOLD_INCOME_FORM', 'BUSINESS_PROOF', 'EMPLOYMENT_PROOF', 'PURPOSE_ESTIMATE', 'SALE_AGREEMENT', 'APPROVED_PLAN', 'VEHICLE_QUOTATION', 'ADMISSION_LETTER', 'FEE_SCHEDULE', 'MARK_SHEETS', 'HOSPITAL_ESTIMATE', 'CLOSURE_STATEMENTS', 'TITLE_DEED', 'ENCUMBRANCE_CERTIFICATE', 'VALUATION_REPORT', 'LEGAL_OPINION', 'REGISTRATION_CERTIFICATE', 'GOLD_ASSAY', 'OWNERSHIP_DECLARATION', 'HOLDING_STATEMENT', 'INSURANCE_POLICY', 'BUREAU_REPORT', 'MANDATE_FORM', 'CANCELLED_CHEQUE', 'CONSENT_FORM', 'LOAN_AGREEMENT', 'GUARANTEE_DEED')),
	CONSTRAINT ck_attachments_size_bytes_at_least_1 CHECK (size_bytes >= 1),
	CONSTRAINT ck_attachments_checked_by_somebody CHECK ((checked_by IS NULL) = (checked_at IS NULL)),
	CONSTRAINT fk_attachments_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id),
	CONSTRAINT fk_attachments_applications FOREIGN KEY(branch_id, application_id) REFERENCES applications (branch_id, application_id)
);

CREATE INDEX ix_attachments_application ON attachments (branch_id, application_id, attached_at);

CREATE INDEX ix_attachments_customer ON attachments (branch_id, customer_id, attached_at);
