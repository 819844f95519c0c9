CREATE TABLE name_words (
	branch_id INTEGER NOT NULL,
	word TEXT COLLATE "C" NOT NULL,
	search_name TEXT COLLATE "C" NOT NULL,
	customer_id UUID NOT NULL,
	CONSTRAINT pk_name_words PRIMARY KEY (branch_id, word, search_name, customer_id),
	CONSTRAINT fk_name_words_customers FOREIGN KEY(branch_id, customer_id) REFERENCES customers (branch_id, customer_id)
);

CREATE INDEX ix_name_words_customer ON name_words (branch_id, customer_id);

CREATE TABLE name_endings (
	branch_id INTEGER NOT NULL,
	ending TEXT COLLATE "C" NOT NULL,
	word TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_name_endings PRIMARY KEY (branch_id, ending, word)
);
