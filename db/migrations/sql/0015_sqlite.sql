CREATE INDEX ix_loans_next_due_date ON loans (branch_id, next_due_date);

CREATE INDEX ix_instalments_paid_late ON instalments (branch_id, paid_on, loan_id) WHERE paid_on > due_date;

CREATE INDEX ix_npa_tracking_date ON npa_tracking (branch_id, business_date);
