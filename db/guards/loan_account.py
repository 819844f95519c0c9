"""PostgreSQL's own word on a loan's money: rows are only added, and two people stand behind acts.

Source: data-and-sync.md 6. A loan's outstanding and class follow from its rows. Charges never move
into principal: they have a table of their own. What the triggers of acts and receipts ask stands in
`loan_people`, that of payments out in `loan_start`. SQLite has CHECK constraints and the services
alone.

Statements contain no blank line and no per cent sign: see db/migrations/frozen_ddl.py.
"""

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
