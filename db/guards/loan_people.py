"""PostgreSQL's own word on who moves a loan's money, and that no account number stands in clear.

Source: screens.md A1, data-and-sync.md 6 and 7. Who may post, propose and confirm is what
`app/rules/permissions.py` says; a test compares the two. Also the trigger of `loan_changes` anew,
for the kinds of rows that it looks at.

Statements contain no blank line and no per cent sign: see db/migrations/frozen_ddl.py.
"""

LOAN_ACTS = """\
CREATE OR REPLACE FUNCTION guard_loan_acts() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'acts are never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM user_branches u WHERE u.branch_id = NEW.branch_id
            AND u.user_id = NEW.maker_id AND (u.role IN ('Officer', 'Supervisor')
                OR (u.role = 'Collections' AND NEW.act = 'RESTRUCTURE')))
        OR (NEW.state IN ('Posted', 'Declined') AND NOT EXISTS (SELECT FROM user_branches u
            WHERE u.branch_id = NEW.branch_id AND u.user_id = NEW.checker_id
            AND u.user_id <> NEW.maker_id AND (u.role = 'Supervisor' OR (u.role = 'Officer'
                AND NEW.act IN ('DISBURSEMENT', 'DISBURSEMENT_REVERSAL'))))) THEN
        RAISE EXCEPTION 'an act needs a maker and another checker of the branch'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.state <> 'Proposed' OR NEW.version <> OLD.version + 1
            OR (to_jsonb(NEW) - '{state,checker_id,decided_at,version,loan_id,after}'::text[])
                IS DISTINCT FROM
               (to_jsonb(OLD) - '{state,checker_id,decided_at,version,loan_id,after}'::text[])) THEN
        RAISE EXCEPTION 'an act is decided once and never edited'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

REPAYMENTS = """\
CREATE OR REPLACE FUNCTION guard_repayments() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    undone repayments; owed bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'receipts are only added' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM user_branches u WHERE u.branch_id = NEW.branch_id
            AND u.user_id = NEW.actor_id AND u.role IN ('Officer', 'Supervisor')) THEN
        RAISE EXCEPTION 'a receipt is posted by an officer or a supervisor of the branch'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind = 'Reversal' THEN
        SELECT * INTO undone FROM repayments r WHERE r.branch_id = NEW.branch_id
            AND r.repayment_id = NEW.reverses_id AND r.loan_id = NEW.loan_id;
        IF undone.repayment_id IS NULL OR undone.kind = 'Reversal'
            OR NEW.amount_paise <> -undone.amount_paise
            OR NEW.value_date <> undone.value_date
            OR EXISTS (SELECT FROM repayments r WHERE r.branch_id = NEW.branch_id
                AND r.loan_id = NEW.loan_id AND r.reverses_id = NEW.reverses_id)
            OR NOT EXISTS (SELECT FROM loan_acts a WHERE a.branch_id = NEW.branch_id
                AND a.loan_id = NEW.loan_id AND a.state = 'Posted'
                AND a.act IN ('RECEIPT_REVERSAL', 'DISBURSEMENT_REVERSAL')
                AND position(NEW.reverses_id::text IN a.terms) > 0) THEN
            RAISE EXCEPTION 'a reversal undoes one receipt once, and two people agree'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.kind IN ('Reallocation', 'Advance Used', 'Capitalisation') THEN
        IF NEW.amount_paise <> 0 OR NEW.reverses_id IS NOT NULL THEN
            RAISE EXCEPTION 'no money moves in a split' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.amount_paise <= 0 OR NEW.reverses_id IS NOT NULL OR NEW.interest_paise < 0
        OR NEW.principal_paise < 0 OR NEW.charges_paise < 0 OR NEW.excess_paise < 0 THEN
        RAISE EXCEPTION 'a receipt is more than nothing' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM FROM loans l WHERE l.branch_id = NEW.branch_id AND l.loan_id = NEW.loan_id FOR UPDATE;
    owed := (SELECT coalesce(sum(d.amount_paise), 0) FROM disbursements d
            WHERE d.branch_id = NEW.branch_id AND d.loan_id = NEW.loan_id)
        - (SELECT coalesce(sum(r.principal_paise), 0) FROM repayments r
            WHERE r.branch_id = NEW.branch_id AND r.loan_id = NEW.loan_id);
    IF NEW.balance_after_paise <> owed - NEW.principal_paise THEN
        RAISE EXCEPTION 'the balance is what was paid out less principal'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

CLEAR_ACCOUNT = """\
CREATE FUNCTION guard_clear_account() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    RAISE EXCEPTION 'an account number is masked or sealed' USING ERRCODE = 'check_violation';
END $guard$"""

CREATE = (
    LOAN_ACTS,
    REPAYMENTS,
    CLEAR_ACCOUNT,
    (
        "CREATE TRIGGER guard_clear_account BEFORE INSERT OR UPDATE ON loan_acts FOR EACH ROW "
        """WHEN (NEW.terms ~ '"beneficiary_account": *"[0-9]') """
        "EXECUTE FUNCTION guard_clear_account()"
    ),
    (
        "CREATE TRIGGER guard_clear_account BEFORE INSERT ON disbursements FOR EACH ROW "
        "WHEN (NEW.account ~ '(^| )[0-9]{6,}$') EXECUTE FUNCTION guard_clear_account()"
    ),
    "DROP TRIGGER guard_changing_receipts ON repayments",
    (
        "CREATE TRIGGER guard_changing_receipts BEFORE INSERT ON repayments FOR EACH ROW "
        "WHEN (NEW.kind IN ('Prepayment', 'Closure', 'Capitalisation', 'Recovery')) "
        "EXECUTE FUNCTION guard_changing_receipts()"
    ),
)
GUARDED = ("loan_acts", "disbursements")
