CREATE TABLE audit_entries (
	branch_id INTEGER NOT NULL,
	sequence INTEGER NOT NULL,
	act TEXT COLLATE "C" NOT NULL,
	entity TEXT COLLATE "C" NOT NULL,
	entity_id UUID,
	actor_staff_id TEXT COLLATE "C" NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	details TEXT COLLATE "C" NOT NULL,
	previous_hash TEXT COLLATE "C" NOT NULL,
	entry_hash TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_audit_entries PRIMARY KEY (branch_id, sequence),
	CONSTRAINT ck_audit_entries_sequence_at_least_1 CHECK (sequence >= 1)
);

CREATE INDEX ix_audit_entries_entity ON audit_entries (branch_id, entity_id, sequence);

CREATE TABLE audit_heads (
	branch_id INTEGER NOT NULL,
	sequence INTEGER NOT NULL,
	entry_hash TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_audit_heads PRIMARY KEY (branch_id),
	CONSTRAINT ck_audit_heads_sequence_at_least_0 CHECK (sequence >= 0)
);

CREATE TABLE book (
	book_id INTEGER NOT NULL,
	sandbox BOOLEAN NOT NULL,
	as_of DATE,
	CONSTRAINT pk_book PRIMARY KEY (book_id),
	CONSTRAINT ck_book_one_row CHECK (book_id = 1)
);

CREATE TABLE command_receipts (
	branch_id INTEGER NOT NULL,
	command_id UUID NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	payload_sha256 TEXT COLLATE "C" NOT NULL,
	answer TEXT COLLATE "C" NOT NULL,
	actor_id UUID NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_command_receipts PRIMARY KEY (branch_id, command_id)
);

CREATE TABLE customers (
	branch_id INTEGER NOT NULL,
	customer_id UUID NOT NULL,
	number INTEGER NOT NULL,
	full_name TEXT COLLATE "C" NOT NULL,
	search_name TEXT COLLATE "C" NOT NULL,
	full_name_local TEXT COLLATE "C" NOT NULL,
	date_of_birth DATE,
	phone TEXT COLLATE "C" NOT NULL,
	email TEXT COLLATE "C" NOT NULL,
	address TEXT COLLATE "C" NOT NULL,
	city TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C",
	pincode TEXT COLLATE "C" NOT NULL,
	segment TEXT COLLATE "C" NOT NULL,
	form_60 BOOLEAN NOT NULL,
	pan_sealed BYTEA,
	pan_index BYTEA,
	aadhaar_last4 TEXT COLLATE "C",
	aadhaar_index BYTEA,
	other_id_type TEXT COLLATE "C",
	other_id_sealed BYTEA,
	other_id_expiry DATE,
	bank_account_sealed BYTEA,
	ifsc_code TEXT COLLATE "C",
	kyc_status TEXT COLLATE "C" NOT NULL,
	kyc_risk TEXT COLLATE "C" NOT NULL,
	kyc_due_on DATE,
	bureau_name TEXT COLLATE "C",
	bureau_score INTEGER,
	bureau_score_state TEXT COLLATE "C",
	bureau_report_date DATE,
	bureau_late_payments INTEGER,
	bureau_active_loans INTEGER,
	customer_since DATE NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	officer_id UUID,
	import_id UUID,
	version INTEGER NOT NULL,
	CONSTRAINT pk_customers PRIMARY KEY (branch_id, customer_id),
	CONSTRAINT ck_customers_state_word CHECK (state IN ('Jammu and Kashmir', 'Himachal Pradesh', 'Punjab', 'Chandigarh', 'Uttarakhand', 'Haryana', 'Delhi', 'Rajasthan', 'Uttar Pradesh', 'Bihar', 'Sikkim', 'Arunachal Pradesh', 'Nagaland', 'Manipur', 'Mizoram', 'Tripura', 'Meghalaya', 'Assam', 'West Bengal', 'Jharkhand', 'Odisha', 'Chhattisgarh', 'Madhya Pradesh', 'Gujarat', 'Dadra and Nagar Haveli and Daman and Diu', 'Maharashtra', 'Karnataka', 'Goa', 'Lakshadweep', 'Kerala', 'Tamil Nadu', 'Puducherry', 'Andaman and Nicobar Islands', 'Telangana', 'Andhra Pradesh', 'Ladakh')),
	CONSTRAINT ck_customers_segment_word CHECK (segment IN ('Retail', 'Priority', 'Micro', 'Agriculture', 'Staff')),
	CONSTRAINT ck_customers_other_id_type_word CHECK (other_id_type IN ('Voter Id', 'Driving Licence', 'Passport')),
	CONSTRAINT ck_customers_kyc_status_word CHECK (kyc_status IN ('Complete', 'Incomplete', 'Expired')),
	CONSTRAINT ck_customers_kyc_risk_word CHECK (kyc_risk IN ('High', 'Medium', 'Low')),
	CONSTRAINT ck_customers_bureau_name_word CHECK (bureau_name IN ('CIBIL', 'Experian', 'Equifax', 'CRIF')),
	CONSTRAINT ck_customers_bureau_score_state_word CHECK (bureau_score_state IN ('SCORED', 'NO_HISTORY', 'THIN', 'NO_REPORT', 'OLD_INDEX')),
	CONSTRAINT ck_customers_version_at_least_1 CHECK (version >= 1)
);

CREATE INDEX ix_customers_city ON customers (branch_id, city, customer_id);

CREATE INDEX ix_customers_created_at ON customers (branch_id, created_at, customer_id);

CREATE INDEX ix_customers_date_of_birth ON customers (branch_id, date_of_birth);

CREATE INDEX ix_customers_import ON customers (branch_id, import_id);

CREATE INDEX ix_customers_kyc_status ON customers (branch_id, kyc_status, search_name, customer_id);

CREATE INDEX ix_customers_officer ON customers (branch_id, officer_id, search_name, customer_id);

CREATE INDEX ix_customers_phone ON customers (branch_id, phone);

CREATE INDEX ix_customers_search_name ON customers (branch_id, search_name, customer_id);

CREATE INDEX ix_customers_segment ON customers (branch_id, segment, search_name, customer_id);

CREATE UNIQUE INDEX uq_customers_number ON customers (branch_id, number);

CREATE UNIQUE INDEX uq_customers_pan_index ON customers (branch_id, pan_index);

CREATE TABLE drafts (
	branch_id INTEGER NOT NULL,
	draft_id UUID NOT NULL,
	user_id UUID NOT NULL,
	form TEXT COLLATE "C" NOT NULL,
	record_id UUID,
	base_version INTEGER NOT NULL,
	title_sealed BYTEA NOT NULL,
	content_sealed BYTEA NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_drafts PRIMARY KEY (branch_id, draft_id)
);

CREATE INDEX ix_drafts_user ON drafts (branch_id, user_id, updated_at);

CREATE TABLE imports (
	branch_id INTEGER NOT NULL,
	import_id UUID NOT NULL,
	file_name TEXT COLLATE "C" NOT NULL,
	file_sha256 TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	rows INTEGER NOT NULL,
	written INTEGER NOT NULL,
	currency_note TEXT COLLATE "C" NOT NULL,
	imported_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_imports PRIMARY KEY (branch_id, import_id)
);

CREATE INDEX ix_imports_file ON imports (branch_id, file_sha256);

CREATE TABLE models (
	model_id TEXT COLLATE "C" NOT NULL,
	sha256 TEXT COLLATE "C" NOT NULL,
	role TEXT COLLATE "C" NOT NULL,
	trained_to DATE NOT NULL,
	registered_at TIMESTAMP WITH TIME ZONE NOT NULL,
	card TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_models PRIMARY KEY (model_id),
	CONSTRAINT ck_models_role_word CHECK (role IN ('champion', 'challenger', 'retired'))
);

CREATE TABLE products (
	row_id UUID NOT NULL,
	product_code TEXT COLLATE "C" NOT NULL,
	definition TEXT COLLATE "C" NOT NULL,
	effective_from DATE NOT NULL,
	effective_to DATE,
	source TEXT COLLATE "C" NOT NULL,
	proposed_by TEXT COLLATE "C" NOT NULL,
	approved_by TEXT COLLATE "C",
	CONSTRAINT pk_products PRIMARY KEY (row_id),
	CONSTRAINT ck_products_two_persons CHECK (approved_by IS NULL OR approved_by <> proposed_by),
	CONSTRAINT ck_products_period CHECK (effective_to IS NULL OR effective_to >= effective_from),
	CONSTRAINT uq_products_key UNIQUE (product_code, effective_from)
);

CREATE TABLE rule_values (
	row_id UUID NOT NULL,
	code TEXT COLLATE "C" NOT NULL,
	segment TEXT COLLATE "C" NOT NULL,
	value TEXT COLLATE "C" NOT NULL,
	unit TEXT COLLATE "C" NOT NULL,
	compare TEXT COLLATE "C",
	effective_from DATE NOT NULL,
	effective_to DATE,
	description TEXT COLLATE "C" NOT NULL,
	source TEXT COLLATE "C" NOT NULL,
	confirm TEXT COLLATE "C",
	used_by TEXT COLLATE "C" NOT NULL,
	proposed_by TEXT COLLATE "C" NOT NULL,
	approved_by TEXT COLLATE "C",
	CONSTRAINT pk_rule_values PRIMARY KEY (row_id),
	CONSTRAINT ck_rule_values_two_persons CHECK (approved_by IS NULL OR approved_by <> proposed_by),
	CONSTRAINT ck_rule_values_period CHECK (effective_to IS NULL OR effective_to >= effective_from),
	CONSTRAINT uq_rule_values_key UNIQUE (code, segment, effective_from)
);

CREATE TABLE users (
	user_id UUID NOT NULL,
	staff_id TEXT COLLATE "C" NOT NULL,
	staff_key TEXT COLLATE "C" NOT NULL,
	full_name TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	branch_id INTEGER NOT NULL,
	password_hash TEXT COLLATE "C",
	failed_tries INTEGER NOT NULL,
	locked_until TIMESTAMP WITH TIME ZONE,
	last_sign_in_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_users PRIMARY KEY (user_id),
	CONSTRAINT ck_users_state_word CHECK (state IN ('Active', 'Disabled', 'Locked')),
	CONSTRAINT ck_users_failed_tries_at_least_0 CHECK (failed_tries >= 0)
);

CREATE UNIQUE INDEX uq_users_staff_key ON users (staff_key);

CREATE TABLE applications (
	branch_id INTEGER NOT NULL,
	application_id UUID NOT NULL,
	number INTEGER NOT NULL,
	customer_id UUID NOT NULL,
	product_code TEXT COLLATE "C" NOT NULL,
	loan_purpose TEXT COLLATE "C" NOT NULL,
	amount_paise BIGINT NOT NULL,
	tenure_months INTEGER NOT NULL,
	rate_ppm INTEGER NOT NULL,
	rate_type TEXT COLLATE "C" NOT NULL,
	benchmark TEXT COLLATE "C",
	spread_ppm INTEGER,
	repayment_type TEXT COLLATE "C" NOT NULL,
	moratorium_months INTEGER NOT NULL,
	first_due_date DATE,
	processing_fee_paise BIGINT,
	insurance_premium_paise BIGINT NOT NULL,
	other_charges_paise BIGINT NOT NULL,
	digital_loan BOOLEAN NOT NULL,
	household_income_paise BIGINT,
	household_repayments_paise BIGINT,
	bureau_name TEXT COLLATE "C",
	bureau_score INTEGER,
	bureau_score_state TEXT COLLATE "C",
	bureau_report_date DATE,
	bureau_late_payments INTEGER,
	bureau_active_loans INTEGER,
	remarks TEXT COLLATE "C" NOT NULL,
	status TEXT COLLATE "C" NOT NULL,
	status_since TIMESTAMP WITH TIME ZONE NOT NULL,
	application_date DATE NOT NULL,
	officer_id UUID NOT NULL,
	assessment_id UUID,
	import_id UUID,
	version INTEGER NOT NULL,
	CONSTRAINT pk_applications PRIMARY KEY (branch_id, application_id),
	CONSTRAINT ck_applications_loan_purpose_word CHECK (loan_purpose IN ('Home Purchase', 'Vehicle Purchase', 'Business Expansion', 'Education', 'Medical Emergency', 'Debt Consolidation', 'Home Renovation', 'Wedding Expenses')),
	CONSTRAINT ck_applications_rate_type_word CHECK (rate_type IN ('Fixed', 'Floating')),
	CONSTRAINT ck_applications_benchmark_word CHECK (benchmark IN ('REPO', 'TBILL_3M', 'TBILL_6M', 'MCLR_1Y')),
	CONSTRAINT ck_applications_repayment_type_word CHECK (repayment_type IN ('EMI', 'Bullet', 'Step')),
	CONSTRAINT ck_applications_status_word CHECK (status IN ('Draft', 'Pending', 'Proposed', 'Approved', 'Rejected', 'Returned', 'Withdrawn', 'Disbursed')),
	CONSTRAINT ck_applications_bureau_name_word CHECK (bureau_name IN ('CIBIL', 'Experian', 'Equifax', 'CRIF')),
	CONSTRAINT ck_applications_bureau_score_state_word CHECK (bureau_score_state IN ('SCORED', 'NO_HISTORY', 'THIN', 'NO_REPORT', 'OLD_INDEX')),
	CONSTRAINT ck_applications_amount_paise_at_least_1 CHECK (amount_paise >= 1),
	CONSTRAINT ck_applications_tenure_months_at_least_1 CHECK (tenure_months >= 1),
	CONSTRAINT ck_applications_rate_ppm_at_least_0 CHECK (rate_ppm >= 0),
	CONSTRAINT ck_applications_moratorium_months_at_least_0 CHECK (moratorium_months >= 0),
	CONSTRAINT ck_applications_processing_fee_paise_at_least_0 CHECK (processing_fee_paise >= 0),
	CONSTRAINT ck_applications_insurance_premium_paise_at_least_0 CHECK (insurance_premium_paise >= 0),
	CONSTRAINT ck_applications_other_charges_paise_at_least_0 CHECK (other_charges_paise >= 0),
	CONSTRAINT ck_applications_version_at_least_1 CHECK (version >= 1),
	CONSTRAINT fk_applications_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id)
);

CREATE INDEX ix_applications_amount ON applications (branch_id, amount_paise, application_id);

CREATE INDEX ix_applications_customer ON applications (branch_id, customer_id, application_date);

CREATE INDEX ix_applications_date ON applications (branch_id, application_date, application_id);

CREATE INDEX ix_applications_import ON applications (branch_id, import_id);

CREATE INDEX ix_applications_officer ON applications (branch_id, officer_id, status, status_since);

CREATE INDEX ix_applications_purpose ON applications (branch_id, loan_purpose, application_date);

CREATE INDEX ix_applications_status ON applications (branch_id, status, application_date, application_id);

CREATE INDEX ix_applications_status_since ON applications (branch_id, status_since, application_id);

CREATE UNIQUE INDEX uq_applications_number ON applications (branch_id, number);

CREATE TABLE consents (
	branch_id INTEGER NOT NULL,
	customer_id UUID NOT NULL,
	purpose TEXT COLLATE "C" NOT NULL,
	given_at TIMESTAMP WITH TIME ZONE NOT NULL,
	channel TEXT COLLATE "C" NOT NULL,
	notice_version TEXT COLLATE "C" NOT NULL,
	withdrawn_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_consents PRIMARY KEY (branch_id, customer_id, purpose, given_at),
	CONSTRAINT ck_consents_purpose_word CHECK (purpose IN ('bureau', 'data_use', 'contact', 'aadhaar')),
	CONSTRAINT ck_consents_channel_word CHECK (channel IN ('Paper', 'Desk', 'One-time code')),
	CONSTRAINT fk_consents_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id)
);

CREATE TABLE employment (
	branch_id INTEGER NOT NULL,
	customer_id UUID NOT NULL,
	employment_type TEXT COLLATE "C",
	employer_name TEXT COLLATE "C" NOT NULL,
	job_title TEXT COLLATE "C" NOT NULL,
	employment_start_date DATE,
	monthly_income_paise BIGINT NOT NULL,
	income_source TEXT COLLATE "C",
	experience_months INTEGER,
	CONSTRAINT pk_employment PRIMARY KEY (branch_id, customer_id),
	CONSTRAINT ck_employment_employment_type_word CHECK (employment_type IN ('Salaried', 'Self-Employed', 'Business')),
	CONSTRAINT ck_employment_income_source_word CHECK (income_source IN ('Salary', 'Business profit', 'Professional fees', 'Pension', 'Rent', 'Agriculture', 'Interest and dividends', 'Daily wages', 'Other')),
	CONSTRAINT ck_employment_monthly_income_paise_at_least_0 CHECK (monthly_income_paise >= 0),
	CONSTRAINT ck_employment_experience_months_at_least_0 CHECK (experience_months >= 0),
	CONSTRAINT fk_employment_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id)
);

CREATE TABLE obligations (
	branch_id INTEGER NOT NULL,
	obligation_id UUID NOT NULL,
	customer_id UUID NOT NULL,
	position INTEGER NOT NULL,
	lender_name TEXT COLLATE "C" NOT NULL,
	obligation_type TEXT COLLATE "C" NOT NULL,
	monthly_amount_paise BIGINT NOT NULL,
	outstanding_paise BIGINT,
	end_date DATE,
	CONSTRAINT pk_obligations PRIMARY KEY (branch_id, obligation_id),
	CONSTRAINT ck_obligations_obligation_type_word CHECK (obligation_type IN ('Home Loan', 'Vehicle Loan', 'Two-Wheeler Loan', 'Personal Loan', 'Consumer Loan', 'Education Loan', 'Gold Loan', 'Business Loan', 'Microfinance Loan', 'Credit Card', 'Overdraft', 'Loan From Employer', 'Other Debt', 'Rent', 'Insurance Premium', 'School Fees', 'Maintenance', 'Chit Or Savings Scheme', 'Other Fixed Cost')),
	CONSTRAINT ck_obligations_monthly_amount_paise_at_least_0 CHECK (monthly_amount_paise >= 0),
	CONSTRAINT ck_obligations_outstanding_paise_at_least_0 CHECK (outstanding_paise >= 0),
	CONSTRAINT fk_obligations_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id)
);

CREATE INDEX ix_obligations_customer ON obligations (branch_id, customer_id, position);

CREATE TABLE protected_attributes (
	branch_id INTEGER NOT NULL,
	customer_id UUID NOT NULL,
	gender TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_protected_attributes PRIMARY KEY (branch_id, customer_id),
	CONSTRAINT ck_protected_attributes_gender_word CHECK (gender IN ('Female', 'Male', 'Other', 'Not stated')),
	CONSTRAINT fk_protected_attributes_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id)
);

CREATE TABLE user_branches (
	branch_id INTEGER NOT NULL,
	user_id UUID NOT NULL,
	role TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_user_branches PRIMARY KEY (branch_id, user_id, role),
	CONSTRAINT ck_user_branches_role_word CHECK (role IN ('Officer', 'Assistant', 'Supervisor', 'Risk analyst', 'Collections', 'Admin', 'Auditor')),
	CONSTRAINT fk_user_branches_users FOREIGN KEY(user_id) REFERENCES users (user_id)
);

CREATE INDEX ix_user_branches_user ON user_branches (user_id);

CREATE TABLE assessments (
	branch_id INTEGER NOT NULL,
	assessment_id UUID NOT NULL,
	application_id UUID NOT NULL,
	assessed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	as_of DATE NOT NULL,
	assessed_by UUID NOT NULL,
	model_id TEXT COLLATE "C" NOT NULL,
	model_sha256 TEXT COLLATE "C" NOT NULL,
	credit_score_hundredths INTEGER NOT NULL,
	risk_probability DOUBLE PRECISION NOT NULL,
	risk_level TEXT COLLATE "C" NOT NULL,
	band TEXT COLLATE "C" NOT NULL,
	recommendation TEXT COLLATE "C" NOT NULL,
	inputs_sha256 TEXT COLLATE "C" NOT NULL,
	payload TEXT COLLATE "C" NOT NULL,
	rule_row_ids TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_assessments PRIMARY KEY (branch_id, assessment_id),
	CONSTRAINT ck_assessments_risk_level_word CHECK (risk_level IN ('Low', 'Medium', 'High')),
	CONSTRAINT ck_assessments_band_word CHECK (band IN ('clear', 'borderline', 'out_of_range')),
	CONSTRAINT ck_assessments_recommendation_word CHECK (recommendation IN ('Approve', 'Refer', 'Reject')),
	CONSTRAINT ck_assessments_risk_probability_share CHECK (risk_probability BETWEEN 0 AND 1),
	CONSTRAINT fk_assessments_applications FOREIGN KEY(branch_id, application_id) REFERENCES applications (branch_id, application_id)
);

CREATE INDEX ix_assessments_application ON assessments (branch_id, application_id, assessed_at);

CREATE TABLE closed_obligations (
	branch_id INTEGER NOT NULL,
	application_id UUID NOT NULL,
	obligation_id UUID NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_closed_obligations PRIMARY KEY (branch_id, application_id, obligation_id),
	CONSTRAINT fk_closed_obligations_applications FOREIGN KEY(branch_id, application_id) REFERENCES applications (branch_id, application_id)
);

CREATE TABLE co_applicants (
	branch_id INTEGER NOT NULL,
	application_id UUID NOT NULL,
	customer_id UUID NOT NULL,
	position INTEGER NOT NULL,
	relationship TEXT COLLATE "C" NOT NULL,
	income_counted BOOLEAN NOT NULL,
	CONSTRAINT pk_co_applicants PRIMARY KEY (branch_id, application_id, customer_id),
	CONSTRAINT ck_co_applicants_relationship_word CHECK (relationship IN ('Father', 'Mother', 'Spouse', 'Sibling', 'Friend', 'Son', 'Daughter', 'Grandparent', 'In-law', 'Business partner', 'Employer', 'Other')),
	CONSTRAINT fk_co_applicants_applications FOREIGN KEY(branch_id, application_id) REFERENCES applications (branch_id, application_id),
	CONSTRAINT fk_co_applicants_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id)
);

CREATE INDEX ix_co_applicants_customer ON co_applicants (branch_id, customer_id);

CREATE TABLE collateral (
	branch_id INTEGER NOT NULL,
	collateral_id UUID NOT NULL,
	application_id UUID NOT NULL,
	position INTEGER NOT NULL,
	collateral_type TEXT COLLATE "C" NOT NULL,
	value_paise BIGINT NOT NULL,
	valuation_date DATE,
	accepted_share_ppm INTEGER NOT NULL,
	description TEXT COLLATE "C" NOT NULL,
	status TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_collateral PRIMARY KEY (branch_id, collateral_id),
	CONSTRAINT ck_collateral_collateral_type_word CHECK (collateral_type IN ('Property', 'Vehicle', 'Gold', 'Securities', 'Other')),
	CONSTRAINT ck_collateral_status_word CHECK (status IN ('Offered', 'Accepted', 'Charged', 'Released')),
	CONSTRAINT ck_collateral_value_paise_at_least_0 CHECK (value_paise >= 0),
	CONSTRAINT ck_collateral_accepted_share_ppm_share CHECK (accepted_share_ppm BETWEEN 0 AND 1000000),
	CONSTRAINT fk_collateral_applications FOREIGN KEY(branch_id, application_id) REFERENCES applications (branch_id, application_id)
);

CREATE INDEX ix_collateral_application ON collateral (branch_id, application_id, position);

CREATE TABLE decisions (
	branch_id INTEGER NOT NULL,
	decision_id UUID NOT NULL,
	application_id UUID NOT NULL,
	decision TEXT COLLATE "C" NOT NULL,
	maker_id UUID NOT NULL,
	checker_id UUID,
	decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
	reason_code TEXT COLLATE "C" NOT NULL,
	note TEXT COLLATE "C" NOT NULL,
	amount_paise BIGINT,
	tenure_months INTEGER,
	rate_ppm INTEGER,
	assessment_id UUID,
	CONSTRAINT pk_decisions PRIMARY KEY (branch_id, decision_id),
	CONSTRAINT ck_decisions_decision_word CHECK (decision IN ('approve', 'approve_with_changes', 'reject', 'return', 'hold')),
	CONSTRAINT ck_decisions_maker_is_not_checker CHECK (checker_id IS NULL OR checker_id <> maker_id),
	CONSTRAINT ck_decisions_final_needs_checker CHECK (decision NOT IN ('approve', 'approve_with_changes', 'reject') OR checker_id IS NOT NULL),
	CONSTRAINT fk_decisions_applications FOREIGN KEY(branch_id, application_id) REFERENCES applications (branch_id, application_id)
);

CREATE INDEX ix_decisions_application ON decisions (branch_id, application_id, decided_at);

CREATE INDEX ix_decisions_decided_at ON decisions (branch_id, decided_at);

CREATE TABLE guarantors (
	branch_id INTEGER NOT NULL,
	guarantor_id UUID NOT NULL,
	application_id UUID NOT NULL,
	position INTEGER NOT NULL,
	full_name TEXT COLLATE "C" NOT NULL,
	relationship TEXT COLLATE "C" NOT NULL,
	phone TEXT COLLATE "C" NOT NULL,
	email TEXT COLLATE "C" NOT NULL,
	address TEXT COLLATE "C" NOT NULL,
	income_paise BIGINT,
	pan_sealed BYTEA,
	pan_index BYTEA,
	CONSTRAINT pk_guarantors PRIMARY KEY (branch_id, guarantor_id),
	CONSTRAINT ck_guarantors_relationship_word CHECK (relationship IN ('Father', 'Mother', 'Spouse', 'Sibling', 'Friend', 'Son', 'Daughter', 'Grandparent', 'In-law', 'Business partner', 'Employer', 'Other')),
	CONSTRAINT ck_guarantors_income_paise_at_least_0 CHECK (income_paise >= 0),
	CONSTRAINT fk_guarantors_applications FOREIGN KEY(branch_id, application_id) REFERENCES applications (branch_id, application_id)
);

CREATE INDEX ix_guarantors_application ON guarantors (branch_id, application_id, position);

CREATE INDEX ix_guarantors_pan_index ON guarantors (branch_id, pan_index);

CREATE TABLE loans (
	branch_id INTEGER NOT NULL,
	loan_id UUID NOT NULL,
	number INTEGER NOT NULL,
	application_id UUID NOT NULL,
	customer_id UUID NOT NULL,
	product_code TEXT COLLATE "C" NOT NULL,
	loan_purpose TEXT COLLATE "C" NOT NULL,
	principal_paise BIGINT NOT NULL,
	outstanding_paise BIGINT NOT NULL,
	overdue_paise BIGINT NOT NULL,
	emi_paise BIGINT NOT NULL,
	rate_ppm INTEGER NOT NULL,
	tenure_months INTEGER NOT NULL,
	sanction_date DATE NOT NULL,
	disbursement_date DATE NOT NULL,
	first_due_date DATE NOT NULL,
	next_due_date DATE,
	oldest_unpaid_due DATE,
	status TEXT COLLATE "C" NOT NULL,
	asset_class TEXT COLLATE "C" NOT NULL,
	npa_since DATE,
	defaulted_on DATE,
	closed_on DATE,
	officer_id UUID NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_loans PRIMARY KEY (branch_id, loan_id),
	CONSTRAINT ck_loans_loan_purpose_word CHECK (loan_purpose IN ('Home Purchase', 'Vehicle Purchase', 'Business Expansion', 'Education', 'Medical Emergency', 'Debt Consolidation', 'Home Renovation', 'Wedding Expenses')),
	CONSTRAINT ck_loans_status_word CHECK (status IN ('Active', 'Closed', 'Defaulted', 'Written-off')),
	CONSTRAINT ck_loans_asset_class_word CHECK (asset_class IN ('Standard', 'SMA-0', 'SMA-1', 'SMA-2', 'Sub-Standard', 'Doubtful-1', 'Doubtful-2', 'Doubtful-3', 'Loss')),
	CONSTRAINT ck_loans_principal_paise_at_least_1 CHECK (principal_paise >= 1),
	CONSTRAINT ck_loans_outstanding_paise_at_least_0 CHECK (outstanding_paise >= 0),
	CONSTRAINT ck_loans_overdue_paise_at_least_0 CHECK (overdue_paise >= 0),
	CONSTRAINT ck_loans_rate_ppm_at_least_0 CHECK (rate_ppm >= 0),
	CONSTRAINT ck_loans_tenure_months_at_least_1 CHECK (tenure_months >= 1),
	CONSTRAINT ck_loans_version_at_least_1 CHECK (version >= 1),
	CONSTRAINT fk_loans_applications FOREIGN KEY(branch_id, application_id) REFERENCES applications (branch_id, application_id),
	CONSTRAINT fk_loans_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id)
);

CREATE INDEX ix_loans_application ON loans (branch_id, application_id);

CREATE INDEX ix_loans_class ON loans (branch_id, asset_class, number);

CREATE INDEX ix_loans_customer ON loans (branch_id, customer_id, status);

CREATE INDEX ix_loans_disbursement_date ON loans (branch_id, disbursement_date);

CREATE INDEX ix_loans_oldest_unpaid_due ON loans (branch_id, oldest_unpaid_due);

CREATE INDEX ix_loans_status ON loans (branch_id, status, number);

CREATE UNIQUE INDEX uq_loans_number ON loans (branch_id, number);

CREATE TABLE disbursements (
	branch_id INTEGER NOT NULL,
	disbursement_id UUID NOT NULL,
	loan_id UUID NOT NULL,
	amount_paise BIGINT NOT NULL,
	disbursement_date DATE NOT NULL,
	mode TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_disbursements PRIMARY KEY (branch_id, disbursement_id),
	CONSTRAINT ck_disbursements_mode_word CHECK (mode IN ('Account Credit', 'Cheque', 'Demand Draft', 'Paid To Seller')),
	CONSTRAINT fk_disbursements_loans FOREIGN KEY(branch_id, loan_id) REFERENCES loans (branch_id, loan_id)
);

CREATE INDEX ix_disbursements_date ON disbursements (branch_id, disbursement_date, amount_paise);

CREATE INDEX ix_disbursements_loan ON disbursements (branch_id, loan_id);

CREATE TABLE instalments (
	branch_id INTEGER NOT NULL,
	loan_id UUID NOT NULL,
	number INTEGER NOT NULL,
	due_date DATE NOT NULL,
	opening_paise BIGINT NOT NULL,
	interest_paise BIGINT NOT NULL,
	principal_paise BIGINT NOT NULL,
	closing_paise BIGINT NOT NULL,
	paid_interest_paise BIGINT NOT NULL,
	paid_principal_paise BIGINT NOT NULL,
	paid_on DATE,
	CONSTRAINT pk_instalments PRIMARY KEY (branch_id, loan_id, number),
	CONSTRAINT ck_instalments_number_at_least_1 CHECK (number >= 1),
	CONSTRAINT ck_instalments_closing_paise_at_least_0 CHECK (closing_paise >= 0),
	CONSTRAINT ck_instalments_paid_within_due CHECK (paid_interest_paise BETWEEN 0 AND interest_paise AND paid_principal_paise BETWEEN 0 AND principal_paise),
	CONSTRAINT fk_instalments_loans FOREIGN KEY(branch_id, loan_id) REFERENCES loans (branch_id, loan_id)
);

CREATE INDEX ix_instalments_due_date ON instalments (branch_id, due_date, paid_on, interest_paise, principal_paise, paid_interest_paise, paid_principal_paise);

CREATE TABLE npa_tracking (
	branch_id INTEGER NOT NULL,
	entry_id UUID NOT NULL,
	loan_id UUID NOT NULL,
	business_date DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	asset_class TEXT COLLATE "C" NOT NULL,
	oldest_unpaid_due DATE,
	npa_since DATE,
	provision_paise BIGINT NOT NULL,
	cause TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_npa_tracking PRIMARY KEY (branch_id, entry_id),
	CONSTRAINT ck_npa_tracking_asset_class_word CHECK (asset_class IN ('Standard', 'SMA-0', 'SMA-1', 'SMA-2', 'Sub-Standard', 'Doubtful-1', 'Doubtful-2', 'Doubtful-3', 'Loss')),
	CONSTRAINT ck_npa_tracking_provision_paise_at_least_0 CHECK (provision_paise >= 0),
	CONSTRAINT fk_npa_tracking_loans FOREIGN KEY(branch_id, loan_id) REFERENCES loans (branch_id, loan_id)
);

CREATE INDEX ix_npa_tracking_loan ON npa_tracking (branch_id, loan_id, business_date, recorded_at);

CREATE TABLE repayments (
	branch_id INTEGER NOT NULL,
	repayment_id UUID NOT NULL,
	loan_id UUID NOT NULL,
	value_date DATE NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	amount_paise BIGINT NOT NULL,
	interest_paise BIGINT NOT NULL,
	principal_paise BIGINT NOT NULL,
	charges_paise BIGINT NOT NULL,
	excess_paise BIGINT NOT NULL,
	balance_after_paise BIGINT NOT NULL,
	method TEXT COLLATE "C" NOT NULL,
	reference TEXT COLLATE "C" NOT NULL,
	policy TEXT COLLATE "C" NOT NULL,
	reverses_id UUID,
	CONSTRAINT pk_repayments PRIMARY KEY (branch_id, repayment_id),
	CONSTRAINT ck_repayments_method_word CHECK (method IN ('Bank Transfer', 'Cheque', 'Cash', 'UPI', 'Card', 'Mandate')),
	CONSTRAINT ck_repayments_policy_word CHECK (policy IN ('CIP', 'FIFO_IPC', 'VERT_IPC')),
	CONSTRAINT ck_repayments_split_is_amount CHECK (amount_paise = interest_paise + principal_paise + charges_paise + excess_paise),
	CONSTRAINT ck_repayments_balance_after_paise_at_least_0 CHECK (balance_after_paise >= 0),
	CONSTRAINT fk_repayments_loans FOREIGN KEY(branch_id, loan_id) REFERENCES loans (branch_id, loan_id)
);

CREATE INDEX ix_repayments_date ON repayments (branch_id, value_date, principal_paise);

CREATE INDEX ix_repayments_loan ON repayments (branch_id, loan_id, value_date, principal_paise);
