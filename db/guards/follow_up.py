"""PostgreSQL's own word on contacts, promises and snoozes: corrected for minutes, then for ever.

Source: screens.md S70, data-and-sync.md 6. The minutes are the rule row in force, counted on the
database's clock from when it stored the entry, so that no desk's clock opens an entry again. Only
who wrote an entry may correct it: the actor never changes. SQLite has the services alone.

Statements contain no blank line and no per cent sign: see db/migrations/frozen_ddl.py.
"""

STILL_OPEN = """\
CREATE FUNCTION contact_entry_is_open(stored timestamptz) RETURNS boolean LANGUAGE sql AS $guard$
    SELECT clock_timestamp() <= stored + make_interval(mins => coalesce((
        SELECT value::integer FROM rule_values WHERE code = 'contact_log_edit_minutes'
            AND effective_from <= current_date
            AND (effective_to IS NULL OR effective_to >= current_date)
        ORDER BY effective_from DESC LIMIT 1), 0))
$guard$"""

CONTACTS = """\
CREATE FUNCTION guard_contacts() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'contacts are never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM user_branches u WHERE u.branch_id = NEW.branch_id
                AND u.user_id = NEW.actor_id AND u.role IN ('Officer', 'Supervisor', 'Collections'))
            OR NOT EXISTS (SELECT FROM loans l WHERE l.branch_id = NEW.branch_id
                AND l.loan_id = NEW.loan_id AND l.customer_id = NEW.customer_id)
            OR NEW.version <> 1 OR NEW.edited_at IS NOT NULL THEN
            RAISE EXCEPTION 'a contact is with the borrower of the loan, by who follows it up'
                USING ERRCODE = 'check_violation';
        END IF;
        NEW.stored_at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF NOT contact_entry_is_open(OLD.stored_at) OR NEW.version <> OLD.version + 1
        OR NEW.edited_at IS NULL
        OR (to_jsonb(NEW) - '{outcome,note_sealed,edited_at,version}'::text[])
            IS DISTINCT FROM
           (to_jsonb(OLD) - '{outcome,note_sealed,edited_at,version}'::text[]) THEN
        RAISE EXCEPTION 'a contact is corrected within its minutes and then only added to'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

PROMISES = """\
CREATE FUNCTION guard_promises() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'promises are never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.dropped_at IS NOT NULL OR NOT EXISTS (SELECT FROM contacts c
                WHERE c.branch_id = NEW.branch_id AND c.contact_id = NEW.contact_id
                AND c.loan_id = NEW.loan_id AND c.outcome = 'Promise'
                AND contact_entry_is_open(c.stored_at)) THEN
            RAISE EXCEPTION 'a promise is written with the contact in which it was made'
                USING ERRCODE = 'check_violation';
        END IF;
        NEW.stored_at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF NOT contact_entry_is_open(OLD.stored_at)
        OR (to_jsonb(NEW) - '{amount_paise,due_on,dropped_at}'::text[])
            IS DISTINCT FROM
           (to_jsonb(OLD) - '{amount_paise,due_on,dropped_at}'::text[]) THEN
        RAISE EXCEPTION 'a promise is corrected within its minutes and then only added to'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

SNOOZES = """\
CREATE FUNCTION guard_snoozes() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'what was put off stays written' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM user_branches u WHERE u.branch_id = NEW.branch_id
            AND u.user_id = NEW.actor_id
            AND u.role IN ('Officer', 'Supervisor', 'Collections')) THEN
        RAISE EXCEPTION 'a follow-up is put off by who follows it up'
            USING ERRCODE = 'check_violation';
    END IF;
    NEW.stored_at := clock_timestamp();
    RETURN NEW;
END $guard$"""

GUARDED = ("contacts", "promises", "snoozes")
CREATE = (
    STILL_OPEN,
    CONTACTS,
    PROMISES,
    SNOOZES,
    *(
        f"CREATE TRIGGER guard_{table} BEFORE INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION guard_{table}()"
        for table in GUARDED
    ),
)
