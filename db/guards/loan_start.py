"""PostgreSQL's own word on a loan's beginning: no loan without payment, no sum but the one agreed.

Source: data-and-sync.md 6, screens.md S63. What goes out, or comes back of it, is the amount and
the loan that two people agreed on. A loan that nobody paid out does not outlive its transaction,
and none is deleted.

Statements contain no blank line and no per cent sign: see db/migrations/frozen_ddl.py.
"""

DISBURSEMENTS = """\
CREATE OR REPLACE FUNCTION guard_disbursements() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'payments out are only added' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM loan_acts a WHERE a.branch_id = NEW.branch_id
            AND a.act_id = NEW.act_id AND a.loan_id = NEW.loan_id AND a.state = 'Posted'
            AND a.act = CASE WHEN NEW.reverses_id IS NULL THEN 'DISBURSEMENT'
                ELSE 'DISBURSEMENT_REVERSAL' END
            AND (a.terms::jsonb ->> 'amount_paise')::bigint = abs(NEW.amount_paise))
        OR (NEW.reverses_id IS NULL) <> (NEW.amount_paise > 0)
        OR EXISTS (SELECT FROM disbursements d WHERE d.branch_id = NEW.branch_id
            AND d.act_id = NEW.act_id) THEN
        RAISE EXCEPTION 'two people pay out what they agreed on, once an act'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.reverses_id IS NOT NULL AND (
            NOT EXISTS (SELECT FROM disbursements d WHERE d.branch_id = NEW.branch_id
                AND d.disbursement_id = NEW.reverses_id AND d.loan_id = NEW.loan_id
                AND d.amount_paise = -NEW.amount_paise)
            OR EXISTS (SELECT FROM disbursements d WHERE d.branch_id = NEW.branch_id
                AND d.reverses_id = NEW.reverses_id)) THEN
        RAISE EXCEPTION 'a payment is taken back whole and once'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

# Looked at when the transaction ends: loan and payment are written in any order.
LOAN_START = """\
CREATE FUNCTION guard_loan_start() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF EXISTS (SELECT FROM loans l WHERE l.branch_id = NEW.branch_id AND l.loan_id = NEW.loan_id)
        AND NOT EXISTS (SELECT FROM disbursements d WHERE d.branch_id = NEW.branch_id
            AND d.loan_id = NEW.loan_id) THEN
        RAISE EXCEPTION 'a loan begins with its payment' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $guard$"""

CREATE = (
    DISBURSEMENTS,
    LOAN_START,
    (
        "CREATE CONSTRAINT TRIGGER guard_loan_start AFTER INSERT ON loans "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_loan_start()"
    ),
    (
        "CREATE TRIGGER guard_loans_stay BEFORE DELETE ON loans "
        "FOR EACH ROW EXECUTE FUNCTION guard_only_added()"
    ),
)
