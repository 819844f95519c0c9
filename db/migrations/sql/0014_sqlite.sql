CREATE TABLE alerts (
	branch_id INTEGER NOT NULL, 
	alert_id BLOB NOT NULL, 
	rule TEXT NOT NULL, 
	level TEXT NOT NULL, 
	value_ppm INTEGER NOT NULL, 
	limit_ppm INTEGER NOT NULL, 
	since DATE NOT NULL, 
	raised_at DATETIME NOT NULL, 
	cleared_on DATE, 
	acknowledged_by BLOB, 
	acknowledged_at DATETIME, 
	note TEXT NOT NULL, 
	snoozed_until DATE, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_alerts PRIMARY KEY (branch_id, alert_id), 
	CONSTRAINT ck_alerts_rule_word CHECK (rule IN ('NPA_RATIO', 'DEFAULT_RATE', 'ON_TIME', 'DTI_MEAN_SHIFT', 'MODEL_ACCURACY')), 
	CONSTRAINT ck_alerts_level_word CHECK (level IN ('warning', 'critical')), 
	CONSTRAINT ck_alerts_version_at_least_1 CHECK (version >= 1), 
	CONSTRAINT ck_alerts_acknowledged_by_someone CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL))
);

CREATE TABLE month_cells (
	branch_id INTEGER NOT NULL, 
	month DATE NOT NULL, 
	product_code TEXT NOT NULL, 
	decided INTEGER NOT NULL, 
	approved INTEGER NOT NULL, 
	disbursed_paise BIGINT NOT NULL, 
	defaulted INTEGER NOT NULL, 
	rolled INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_month_cells PRIMARY KEY (branch_id, month, product_code)
);

CREATE TABLE month_end_cells (
	branch_id INTEGER NOT NULL, 
	month_end DATE NOT NULL, 
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
	provision_paise BIGINT NOT NULL, 
	defaulted_loans INTEGER NOT NULL, 
	rolled INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_month_end_cells PRIMARY KEY (branch_id, month_end, loan_purpose, product_code, provision_segment, asset_class, dpd_bucket, officer_id, state)
);

CREATE TABLE month_end_sums (
	branch_id INTEGER NOT NULL, 
	month_end DATE NOT NULL, 
	product_code TEXT NOT NULL, 
	asset_class TEXT NOT NULL, 
	dpd_bucket TEXT NOT NULL, 
	loans INTEGER NOT NULL, 
	outstanding_paise BIGINT NOT NULL, 
	overdue_paise BIGINT NOT NULL, 
	provision_paise BIGINT NOT NULL, 
	defaulted_loans INTEGER NOT NULL, 
	rolled INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_month_end_sums PRIMARY KEY (branch_id, month_end, product_code, asset_class, dpd_bucket)
);

CREATE TABLE repayment_cells (
	branch_id INTEGER NOT NULL, 
	grain TEXT NOT NULL, 
	starts_on DATE NOT NULL, 
	product_code TEXT NOT NULL, 
	method TEXT NOT NULL, 
	dues INTEGER NOT NULL, 
	due_paise BIGINT NOT NULL, 
	on_time INTEGER NOT NULL, 
	late INTEGER NOT NULL, 
	unpaid INTEGER NOT NULL, 
	paid_paise BIGINT NOT NULL, 
	receipts INTEGER NOT NULL, 
	received_paise BIGINT NOT NULL, 
	interest_paise BIGINT NOT NULL, 
	principal_paise BIGINT NOT NULL, 
	fees_paise BIGINT NOT NULL, 
	prepaid_paise BIGINT NOT NULL, 
	rolled INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_repayment_cells PRIMARY KEY (branch_id, grain, starts_on, product_code, method), 
	CONSTRAINT ck_repayment_cells_grain_word CHECK (grain IN ('D', 'M'))
);

CREATE TABLE roll_cells (
	branch_id INTEGER NOT NULL, 
	month_end DATE NOT NULL, 
	product_code TEXT NOT NULL, 
	dpd_bucket TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	loans INTEGER NOT NULL, 
	opening_paise BIGINT NOT NULL, 
	rolled INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_roll_cells PRIMARY KEY (branch_id, month_end, product_code, dpd_bucket, outcome)
);

CREATE TABLE security_cells (
	branch_id INTEGER NOT NULL, 
	product_code TEXT NOT NULL, 
	collateral_type TEXT NOT NULL, 
	ltv_band TEXT NOT NULL, 
	loans INTEGER NOT NULL, 
	value_paise BIGINT NOT NULL, 
	accepted_paise BIGINT NOT NULL, 
	lead_loans INTEGER NOT NULL, 
	outstanding_paise BIGINT NOT NULL, 
	breach_loans INTEGER NOT NULL, 
	breach_paise BIGINT NOT NULL, 
	rolled INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_security_cells PRIMARY KEY (branch_id, product_code, collateral_type, ltv_band)
);

CREATE TABLE vintage_cells (
	branch_id INTEGER NOT NULL, 
	cohort DATE NOT NULL, 
	product_code TEXT NOT NULL, 
	months_on_book INTEGER NOT NULL, 
	loans INTEGER NOT NULL, 
	principal_paise BIGINT NOT NULL, 
	bad_loans INTEGER NOT NULL, 
	bad_paise BIGINT NOT NULL, 
	rolled INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_vintage_cells PRIMARY KEY (branch_id, cohort, product_code, months_on_book)
);

CREATE TABLE alert_log (
	branch_id INTEGER NOT NULL, 
	entry_id BLOB NOT NULL, 
	alert_id BLOB NOT NULL, 
	entry TEXT NOT NULL, 
	level TEXT NOT NULL, 
	value_ppm BIGINT NOT NULL, 
	note TEXT NOT NULL, 
	business_date DATE NOT NULL, 
	snoozed_until DATE, 
	actor_id BLOB, 
	recorded_at DATETIME NOT NULL, 
	CONSTRAINT pk_alert_log PRIMARY KEY (branch_id, entry_id), 
	CONSTRAINT ck_alert_log_level_word CHECK (level IN ('warning', 'critical')), 
	CONSTRAINT ck_alert_log_entry_word CHECK (entry IN ('Raised', 'Moved', 'Acknowledged', 'Snoozed', 'Cleared')), 
	CONSTRAINT fk_alert_log_alerts FOREIGN KEY(branch_id, alert_id) REFERENCES alerts (branch_id, alert_id)
);

CREATE TABLE first_bads (
	branch_id INTEGER NOT NULL, 
	loan_id BLOB NOT NULL, 
	first_bad_on DATE NOT NULL, 
	months_on_book INTEGER NOT NULL, 
	CONSTRAINT pk_first_bads PRIMARY KEY (branch_id, loan_id), 
	CONSTRAINT fk_first_bads_loans FOREIGN KEY(branch_id, loan_id) REFERENCES loans (branch_id, loan_id)
);

CREATE INDEX ix_alerts_raised ON alerts (branch_id, raised_at);

CREATE UNIQUE INDEX uq_alerts_standing ON alerts (branch_id, rule) WHERE cleared_on IS NULL;

CREATE INDEX ix_month_cells_stale ON month_cells (branch_id) WHERE rolled = 0;

CREATE INDEX ix_month_end_cells_stale ON month_end_cells (branch_id, month_end) WHERE rolled = 0;

CREATE INDEX ix_month_end_sums_stale ON month_end_sums (branch_id, month_end) WHERE rolled = 0;

CREATE INDEX ix_repayment_cells_stale ON repayment_cells (branch_id, grain, starts_on) WHERE rolled = 0;

CREATE INDEX ix_roll_cells_stale ON roll_cells (branch_id, month_end) WHERE rolled = 0;

CREATE INDEX ix_security_cells_stale ON security_cells (branch_id) WHERE rolled = 0;

CREATE INDEX ix_vintage_cells_stale ON vintage_cells (branch_id) WHERE rolled = 0;

CREATE INDEX ix_alert_log_alert ON alert_log (branch_id, alert_id, recorded_at);

CREATE INDEX ix_alert_log_recorded ON alert_log (branch_id, recorded_at);

CREATE INDEX ix_portfolio_cells_stale ON portfolio_cells (branch_id) WHERE rolled = 0;
