"""PostgreSQL's own word on a loan's money: rows are only added, and two people stand behind acts.

Source: data-and-sync.md 6. What goes out needs a posted act, what comes in a person of the branch;
the balance after every row is what was paid out less principal; a reversal names one receipt, once;
a loan's outstanding and class follow from its rows. Charges never move into principal: they have a
table of their own. SQLite has CHECK constraints and the services alone.

Statements contain no blank line and no per cent sign: see db/migrations/frozen_ddl.py.
"""

LOAN_ACTS = """\
CREATE FUNCTION guard_loan_acts() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'acts are never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM user_branches u WHERE u.branch_id = NEW.branch_id
            AND u.user_id = NEW.maker_id AND u.role IN ('Officer', 'Supervisor'))
        OR (NEW.state IN ('Posted', 'Declined') AND NOT EXISTS (SELECT FROM user_branches u
            WHERE u.branch_id = NEW.branch_id AND u.user_id = NEW.checker_id
            AND u.role IN ('Officer', 'Supervisor') AND u.user_id <> NEW.maker_id)) THEN
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
CREATE FUNCTION guard_repayments() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    undone repayments; paid_out bigint; settled bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'receipts are only added' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM user_branches u WHERE u.branch_id = NEW.branch_id
            AND u.user_id = NEW.actor_id) THEN
        RAISE EXCEPTION 'a receipt is posted by a person of the branch'
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
    SELECT coalesce(sum(d.amount_paise), 0) INTO paid_out FROM disbursements d
        WHERE d.branch_id = NEW.branch_id AND d.loan_id = NEW.loan_id;
    SELECT coalesce(sum(r.principal_paise), 0) INTO settled FROM repayments r
        WHERE r.branch_id = NEW.branch_id AND r.loan_id = NEW.loan_id;
    IF NEW.balance_after_paise <> paid_out - settled - NEW.principal_paise THEN
        RAISE EXCEPTION 'the balance is what was paid out less principal'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

DISBURSEMENTS = """\
CREATE FUNCTION guard_disbursements() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'payments out are only added' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM loan_acts a WHERE a.branch_id = NEW.branch_id
            AND a.act_id = NEW.act_id AND a.state = 'Posted' AND a.act =
                CASE WHEN NEW.reverses_id IS NULL THEN 'DISBURSEMENT'
                ELSE 'DISBURSEMENT_REVERSAL' END)
        OR (NEW.reverses_id IS NULL) <> (NEW.amount_paise > 0)
        OR EXISTS (SELECT FROM disbursements d WHERE d.branch_id = NEW.branch_id
            AND d.act_id = NEW.act_id) THEN
        RAISE EXCEPTION 'two people pay out, once an act' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

CHARGES = """\
CREATE FUNCTION guard_charges() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'charges are only added' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.entry = 'Waived' AND NOT EXISTS (SELECT FROM loan_acts a
            WHERE a.branch_id = NEW.branch_id AND a.loan_id = NEW.loan_id
            AND a.state = 'Posted' AND a.act = 'CHARGE_WAIVER') THEN
        RAISE EXCEPTION 'two people waive' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

ONLY_ADDED = """\
CREATE FUNCTION guard_only_added() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    RAISE EXCEPTION 'this history is only added to' USING ERRCODE = 'check_violation';
END $guard$"""

# Looked at when the transaction ends: row and ledger are written in any order.
LOAN_BALANCE = """\
CREATE FUNCTION guard_loan_balance() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    stands loans; paid_out bigint; settled bigint; charged bigint;
BEGIN
    SELECT * INTO stands FROM loans l WHERE l.branch_id = NEW.branch_id
        AND l.loan_id = NEW.loan_id;
    SELECT coalesce(sum(d.amount_paise), 0) INTO paid_out FROM disbursements d
        WHERE d.branch_id = NEW.branch_id AND d.loan_id = NEW.loan_id;
    SELECT coalesce(sum(r.principal_paise), 0) INTO settled FROM repayments r
        WHERE r.branch_id = NEW.branch_id AND r.loan_id = NEW.loan_id;
    IF stands.outstanding_paise <> paid_out - settled THEN
        RAISE EXCEPTION 'the outstanding is what was paid out less principal'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $guard$"""

LOAN_CLASS = """\
CREATE FUNCTION guard_loan_class() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    now_class text; last_class text;
BEGIN
    SELECT l.asset_class INTO now_class FROM loans l WHERE l.branch_id = NEW.branch_id
        AND l.loan_id = NEW.loan_id;
    SELECT n.asset_class INTO last_class FROM npa_tracking n WHERE n.branch_id = NEW.branch_id
        AND n.loan_id = NEW.loan_id
        ORDER BY n.business_date DESC, n.recorded_at DESC, n.entry_id DESC LIMIT 1;
    IF now_class <> coalesce(last_class, 'Standard') THEN
        RAISE EXCEPTION 'a class follows from its last entry' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $guard$"""

_OWN = ("loan_acts", "repayments", "disbursements", "charges")
_ADDED_TO = ("npa_tracking", "schedules", "past_instalments", "day_ends", "month_end_snapshots")
_AT_THE_END = (
    ("balance", "outstanding_paise"),
    ("class", "asset_class"),
)
CREATE = (
    LOAN_ACTS,
    REPAYMENTS,
    DISBURSEMENTS,
    CHARGES,
    ONLY_ADDED,
    LOAN_BALANCE,
    LOAN_CLASS,
    *(
        f"CREATE TRIGGER guard_{table} BEFORE INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION guard_{table}()"
        for table in _OWN
    ),
    *(
        f"CREATE TRIGGER guard_{table} BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION guard_only_added()"
        for table in _ADDED_TO
    ),
    *(
        f"CREATE CONSTRAINT TRIGGER guard_loan_{name} AFTER INSERT OR UPDATE OF {column} "
        f"ON loans DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
        f"EXECUTE FUNCTION guard_loan_{name}()"
        for name, column in _AT_THE_END
    ),
)
