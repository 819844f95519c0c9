"""PostgreSQL's own word on penal charges that no day-end levied: they come with a closing.

Source: data-and-sync.md 6, lending-rules.md 4.5 and section 5. A penal charge that names no
instalment is part of what two people closed the loan with, or comes with a receipt that left no
principal owed. It stands on the day of the closing or, for a month that had ended, on its last day.
Looked at when the transaction ends: the loan is written after its rows.

Statements contain no blank line and no per cent sign: see db/migrations/frozen_ddl.py.
"""

CLOSING = """\
CREATE FUNCTION guard_closing_penal() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF NOT EXISTS (SELECT FROM loan_acts a WHERE a.branch_id = NEW.branch_id
            AND a.loan_id = NEW.loan_id AND a.act = 'FORECLOSURE' AND a.state = 'Posted'
            AND (a.value_date = NEW.value_date OR (a.value_date > NEW.value_date
                AND EXTRACT(day FROM NEW.value_date + 1) = 1)))
        AND NOT EXISTS (SELECT FROM repayments r JOIN loans l
            ON l.branch_id = r.branch_id AND l.loan_id = r.loan_id
            JOIN repayments q ON q.branch_id = r.branch_id AND q.loan_id = r.loan_id
            WHERE r.branch_id = NEW.branch_id AND r.loan_id = NEW.loan_id
            AND r.kind = 'Receipt' AND r.recorded_at = NEW.recorded_at
            AND r.actor_id = NEW.actor_id AND l.outstanding_paise = 0
            AND (q.value_date = NEW.value_date OR (q.value_date > NEW.value_date
                AND EXTRACT(day FROM NEW.value_date + 1) = 1))) THEN
        RAISE EXCEPTION 'a day-end levies penal charges, or a closing brings them'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $guard$"""

CREATE = (
    CLOSING,
    (
        "CREATE CONSTRAINT TRIGGER guard_closing_penal AFTER INSERT ON charges "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
        "WHEN (NEW.entry = 'Levied' AND NEW.kind = 'PENAL' AND NEW.due_date IS NULL) "
        "EXECUTE FUNCTION guard_closing_penal()"
    ),
)
