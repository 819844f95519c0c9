CREATE TABLE position_cells (
	branch_id INTEGER NOT NULL, 
	product_code TEXT COLLATE "C" NOT NULL, 
	figure TEXT COLLATE "C" NOT NULL, 
	part TEXT COLLATE "C" NOT NULL, 
	other_part TEXT COLLATE "C" NOT NULL, 
	loans INTEGER NOT NULL, 
	amount_paise BIGINT NOT NULL, 
	rolled INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_position_cells PRIMARY KEY (branch_id, product_code, figure, part, other_part)
);

CREATE INDEX ix_position_cells_stale ON position_cells (branch_id) WHERE rolled = 0;

CREATE TABLE counted_positions (
	branch_id INTEGER NOT NULL, 
	business_date DATE, 
	CONSTRAINT pk_counted_positions PRIMARY KEY (branch_id)
);

CREATE INDEX ix_portfolio_cells_uncounted ON portfolio_cells (branch_id) WHERE counted = 0;
