"""PostgreSQL's own word on changes of a loan: no schedule, closing, prepayment or write-off alone.

Source: data-and-sync.md 6, screens.md S65. A new version of a schedule needs the posted act that
names it, an instalment is replaced only by leaving its old self behind, and what was agreed of one
is never edited. A closing and a prepayment stand once for an act of their day; interest joins the
principal without money; a recovery needs a loan that two people wrote off.

Statements contain no blank line and no per cent sign: see db/migrations/frozen_ddl.py.
"""

SCHEDULES = """\
CREATE FUNCTION guard_schedule_versions() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF NEW.version > 1 AND NOT EXISTS (SELECT FROM loan_acts a WHERE a.branch_id = NEW.branch_id
            AND a.act_id = NEW.act_id AND a.loan_id = NEW.loan_id AND a.state = 'Posted') THEN
        RAISE EXCEPTION 'two people change a schedule' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

INSTALMENTS = """\
CREATE FUNCTION guard_agreed_instalments() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF (NEW.number, NEW.due_date, NEW.opening_paise, NEW.interest_paise, NEW.principal_paise,
            NEW.closing_paise)
        IS DISTINCT FROM (OLD.number, OLD.due_date, OLD.opening_paise, OLD.interest_paise,
            OLD.principal_paise, OLD.closing_paise) THEN
        RAISE EXCEPTION 'what was agreed of an instalment is never edited'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

# Both looked at when the transaction ends: old rows, new rows and version come in any order.
REPLACED = """\
CREATE FUNCTION guard_replaced_instalments() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF NOT EXISTS (SELECT FROM past_instalments p WHERE p.branch_id = OLD.branch_id
            AND p.loan_id = OLD.loan_id AND p.number = OLD.number
            AND p.due_date = OLD.due_date AND p.opening_paise = OLD.opening_paise
            AND p.interest_paise = OLD.interest_paise
            AND p.principal_paise = OLD.principal_paise) THEN
        RAISE EXCEPTION 'an instalment that is replaced is kept' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $guard$"""

PAST = """\
CREATE FUNCTION guard_past_versions() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF NOT EXISTS (SELECT FROM schedules s WHERE s.branch_id = NEW.branch_id
            AND s.loan_id = NEW.loan_id AND s.version = NEW.version + 1) THEN
        RAISE EXCEPTION 'instalments pass only when a version replaces them'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $guard$"""

MONEY = """\
CREATE FUNCTION guard_changing_receipts() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    wanted text; agreed bigint; used bigint;
BEGIN
    IF NEW.kind IN ('Prepayment', 'Closure') THEN
        wanted := CASE NEW.kind WHEN 'Closure' THEN 'FORECLOSURE' ELSE 'PART_PREPAYMENT' END;
        SELECT count(*) INTO agreed FROM loan_acts a WHERE a.branch_id = NEW.branch_id
            AND a.loan_id = NEW.loan_id AND a.state = 'Posted' AND a.act = wanted
            AND a.value_date = NEW.value_date;
        SELECT count(*) INTO used FROM repayments r WHERE r.branch_id = NEW.branch_id
            AND r.loan_id = NEW.loan_id AND r.kind = NEW.kind AND r.value_date = NEW.value_date;
        IF used >= agreed THEN
            RAISE EXCEPTION 'two people close or prepay a loan, once an act'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.kind = 'Capitalisation' AND (NEW.interest_paise <= 0
            OR NEW.principal_paise <> -NEW.interest_paise
            OR NEW.charges_paise <> 0 OR NEW.excess_paise <> 0) THEN
        RAISE EXCEPTION 'only interest joins the principal' USING ERRCODE = 'check_violation';
    ELSIF NEW.kind = 'Recovery' AND NOT EXISTS (SELECT FROM loans l
            WHERE l.branch_id = NEW.branch_id AND l.loan_id = NEW.loan_id
            AND l.status = 'Written-off') THEN
        RAISE EXCEPTION 'a recovery needs a loan that is written off'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

STANDING = """\
CREATE FUNCTION guard_loan_standing() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    stands loans;
BEGIN
    SELECT * INTO stands FROM loans l WHERE l.branch_id = NEW.branch_id
        AND l.loan_id = NEW.loan_id;
    IF (stands.status = 'Written-off') <> (stands.written_off_paise IS NOT NULL)
        OR (stands.written_off_paise IS NOT NULL AND NOT EXISTS (SELECT FROM loan_acts a
            WHERE a.branch_id = NEW.branch_id AND a.loan_id = NEW.loan_id
            AND a.state = 'Posted' AND a.act = 'WRITE_OFF'))
        OR (stands.restructured_on IS NOT NULL AND NOT EXISTS (SELECT FROM loan_acts a
            WHERE a.branch_id = NEW.branch_id AND a.loan_id = NEW.loan_id
            AND a.state = 'Posted' AND a.act = 'RESTRUCTURE'
            AND a.value_date = stands.restructured_on)) THEN
        RAISE EXCEPTION 'two people write off or restructure' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $guard$"""

ON_RECEIPTS = (
    "CREATE TRIGGER guard_changing_receipts BEFORE INSERT ON repayments "
    "FOR EACH ROW EXECUTE FUNCTION guard_changing_receipts()"
)

CREATE = (
    SCHEDULES,
    INSTALMENTS,
    REPLACED,
    PAST,
    MONEY,
    STANDING,
    (
        "CREATE TRIGGER guard_schedule_versions BEFORE INSERT ON schedules "
        "FOR EACH ROW EXECUTE FUNCTION guard_schedule_versions()"
    ),
    (
        "CREATE TRIGGER guard_agreed_instalments BEFORE UPDATE ON instalments "
        "FOR EACH ROW EXECUTE FUNCTION guard_agreed_instalments()"
    ),
    (
        "CREATE CONSTRAINT TRIGGER guard_replaced_instalments AFTER DELETE ON instalments "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_replaced_instalments()"
    ),
    (
        "CREATE CONSTRAINT TRIGGER guard_past_versions AFTER INSERT ON past_instalments "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_past_versions()"
    ),
    ON_RECEIPTS,
    (
        "CREATE CONSTRAINT TRIGGER guard_loan_standing AFTER INSERT OR UPDATE OF status, "
        "written_off_paise, restructured_on ON loans DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION guard_loan_standing()"
    ),
)
TRIGGERS = (
    ("guard_schedule_versions", "schedules"),
    ("guard_agreed_instalments", "instalments"),
    ("guard_replaced_instalments", "instalments"),
    ("guard_past_versions", "past_instalments"),
    ("guard_changing_receipts", "repayments"),
    ("guard_loan_standing", "loans"),
)
