CREATE INDEX ix_loans_next_due_date ON loans (branch_id, next_due_date);

CREATE INDEX ix_instalments_paid_late ON instalments (branch_id, paid_on, loan_id) WHERE paid_on > due_date;

CREATE INDEX ix_npa_tracking_date ON npa_tracking (branch_id, business_date);

CREATE FUNCTION guard_penal_charges() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF NEW.entry = 'Reversed' AND (
        EXISTS (SELECT FROM charges u WHERE u.branch_id = NEW.branch_id
            AND u.loan_id = NEW.loan_id AND u.reverses_id = NEW.reverses_id)
        OR NOT EXISTS (SELECT FROM charges c WHERE c.branch_id = NEW.branch_id
            AND c.charge_id = NEW.reverses_id AND c.loan_id = NEW.loan_id
            AND c.entry <> 'Reversed' AND c.kind = NEW.kind
            AND c.amount_paise = NEW.amount_paise AND c.value_date = NEW.value_date)) THEN
        RAISE EXCEPTION 'a charge is taken back once, as it was' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.entry = 'Levied' AND NEW.kind = 'PENAL' AND NEW.due_date IS NOT NULL AND (
        EXTRACT(day FROM NEW.value_date + 1) <> 1
        OR NOT EXISTS (SELECT FROM instalments i WHERE i.branch_id = NEW.branch_id
            AND i.loan_id = NEW.loan_id AND i.due_date = NEW.due_date
            AND i.due_date <= NEW.value_date
            UNION ALL SELECT FROM past_instalments p WHERE p.branch_id = NEW.branch_id
            AND p.loan_id = NEW.loan_id AND p.due_date = NEW.due_date
            AND p.due_date <= NEW.value_date)
        OR EXISTS (SELECT FROM charges c WHERE c.branch_id = NEW.branch_id
            AND c.loan_id = NEW.loan_id AND c.value_date = NEW.value_date
            AND c.entry = 'Levied' AND c.kind = 'PENAL' AND c.due_date IS NOT NULL
            AND NOT EXISTS (SELECT FROM charges u WHERE u.branch_id = c.branch_id
                AND u.loan_id = c.loan_id AND u.reverses_id = c.charge_id))) THEN
        RAISE EXCEPTION 'a penal charge stands once for a loan and a month'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$;

CREATE FUNCTION guard_penal_day() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF NEW.kind = 'PENAL' AND NEW.due_date IS NOT NULL
        AND NOT EXISTS (SELECT FROM day_ends d WHERE d.branch_id = NEW.branch_id
            AND d.business_date = NEW.value_date) THEN
        RAISE EXCEPTION 'a day-end levies penal charges' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $guard$;

CREATE FUNCTION guard_who_closes() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF NOT EXISTS (SELECT FROM user_branches u WHERE u.branch_id = NEW.branch_id
            AND u.user_id = NEW.actor_id AND u.role = 'Supervisor') THEN
        RAISE EXCEPTION 'a supervisor of the branch closes a day' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$;

CREATE TRIGGER guard_penal_charges BEFORE INSERT ON charges FOR EACH ROW EXECUTE FUNCTION guard_penal_charges();

CREATE CONSTRAINT TRIGGER guard_penal_day AFTER INSERT ON charges DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_penal_day();

CREATE TRIGGER guard_who_closes BEFORE INSERT ON day_ends FOR EACH ROW EXECUTE FUNCTION guard_who_closes();
