CREATE TABLE day_ends (
	branch_id INTEGER NOT NULL, 
	business_date DATE NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	actor_id BLOB NOT NULL, 
	loans INTEGER NOT NULL, 
	moved INTEGER NOT NULL, 
	provision_paise BIGINT NOT NULL, 
	pending_receipts INTEGER NOT NULL, 
	details TEXT NOT NULL, 
	CONSTRAINT pk_day_ends PRIMARY KEY (branch_id, business_date), 
	CONSTRAINT ck_day_ends_loans_at_least_0 CHECK (loans >= 0)
);

CREATE TABLE portfolio_cells (
	branch_id INTEGER NOT NULL, 
	loan_purpose TEXT NOT NULL, 
	product_code TEXT NOT NULL, 
	provision_segment TEXT NOT NULL, 
	asset_class TEXT NOT NULL, 
	dpd_bucket TEXT NOT NULL, 
	officer_id BLOB NOT NULL, 
	state TEXT NOT NULL, 
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
	act_id BLOB NOT NULL, 
	act TEXT NOT NULL, 
	application_id BLOB NOT NULL, 
	loan_id BLOB, 
	value_date DATE NOT NULL, 
	state TEXT NOT NULL, 
	terms TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	"after" TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	note TEXT NOT NULL, 
	maker_id BLOB NOT NULL, 
	made_at DATETIME NOT NULL, 
	checker_id BLOB, 
	decided_at DATETIME, 
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
	charge_id BLOB NOT NULL, 
	loan_id BLOB NOT NULL, 
	entry TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	value_date DATE NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	amount_paise BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	due_date DATE, 
	reverses_id BLOB, 
	actor_id BLOB NOT NULL, 
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
	loan_id BLOB NOT NULL, 
	asset_class TEXT NOT NULL, 
	dpd_bucket TEXT NOT NULL, 
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
	loan_id BLOB NOT NULL, 
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
	loan_id BLOB NOT NULL, 
	version INTEGER NOT NULL, 
	act_id BLOB, 
	from_date DATE NOT NULL, 
	emi_paise BIGINT NOT NULL, 
	rate_ppm INTEGER NOT NULL, 
	instalments INTEGER NOT NULL, 
	rule_rows TEXT NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	CONSTRAINT pk_schedules PRIMARY KEY (branch_id, loan_id, version), 
	CONSTRAINT ck_schedules_version_at_least_1 CHECK (version >= 1), 
	CONSTRAINT fk_schedules_loans FOREIGN KEY(branch_id, loan_id) REFERENCES loans (branch_id, loan_id)
);
