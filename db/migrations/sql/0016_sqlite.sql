CREATE INDEX ix_repayments_early ON repayments (branch_id, value_date) WHERE kind IN ('Prepayment', 'Closure');

CREATE INDEX ix_loan_acts_taken_back ON loan_acts (branch_id, decided_at) WHERE act = 'RECEIPT_REVERSAL';
