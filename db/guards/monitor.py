"""PostgreSQL's own word on alerts, and its notice of every act.

Source: data-and-sync.md 6 and 8. An alert moves only with its line in the log, which is only added
to; who acknowledges is a person. A notice says branch, aggregate, id and sequence, once a
transaction and never anything about a person, since anyone may listen. SQLite has neither.

Statements contain no blank line and no per cent sign: see db/migrations/frozen_ddl.py.
"""

CHANNEL = "kasauti"

ALERTS = """\
CREATE FUNCTION guard_alerts() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'alerts are never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.cleared_on IS NOT NULL OR NEW.version <> OLD.version + 1
            OR (NEW.branch_id, NEW.alert_id, NEW.rule, NEW.since, NEW.raised_at)
                IS DISTINCT FROM
               (OLD.branch_id, OLD.alert_id, OLD.rule, OLD.since, OLD.raised_at)) THEN
        RAISE EXCEPTION 'an alert keeps what it was raised for and ends once'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.acknowledged_by IS NOT NULL AND NOT EXISTS (SELECT FROM user_branches u
            WHERE u.user_id = NEW.acknowledged_by
            AND (u.branch_id = NEW.branch_id OR NEW.branch_id = 0)) THEN
        RAISE EXCEPTION 'a person of the branch acknowledges' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

ALERT_LOGGED = """\
CREATE FUNCTION guard_alert_logged() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF NOT EXISTS (SELECT FROM alert_log g WHERE g.branch_id = NEW.branch_id
            AND g.alert_id = NEW.alert_id AND g.xmin = pg_current_xact_id()::xid) THEN
        RAISE EXCEPTION 'an alert moves with its line in the log'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $guard$"""

ALERT_LOG = """\
CREATE FUNCTION guard_alert_log() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'the log of alerts is only added to' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.entry IN ('Acknowledged', 'Snoozed') AND NOT EXISTS (SELECT FROM user_branches u
            WHERE u.user_id = NEW.actor_id
            AND (u.branch_id = NEW.branch_id OR NEW.branch_id = 0)) THEN
        RAISE EXCEPTION 'a person of the branch acknowledges' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

NOTICE = """\
CREATE FUNCTION tell_of_act() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF coalesce(current_setting('kasauti.told', true), '') <> pg_current_xact_id()::text THEN
        PERFORM set_config('kasauti.told', pg_current_xact_id()::text, true);
        PERFORM pg_notify('kasauti', json_build_object('branch', NEW.branch_id,
            'aggregate', NEW.entity, 'id', NEW.entity_id, 'version', NEW.sequence)::text);
    END IF;
    RETURN NULL;
END $guard$"""

CREATE = (
    ALERTS,
    ALERT_LOGGED,
    ALERT_LOG,
    NOTICE,
    (
        "CREATE TRIGGER guard_alerts BEFORE INSERT OR UPDATE OR DELETE ON alerts "
        "FOR EACH ROW EXECUTE FUNCTION guard_alerts()"
    ),
    (
        "CREATE CONSTRAINT TRIGGER guard_alert_logged AFTER INSERT OR UPDATE ON alerts "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_alert_logged()"
    ),
    (
        "CREATE TRIGGER guard_alert_log BEFORE INSERT OR UPDATE OR DELETE ON alert_log "
        "FOR EACH ROW EXECUTE FUNCTION guard_alert_log()"
    ),
    (
        "CREATE TRIGGER tell_of_act AFTER INSERT ON audit_entries "
        "FOR EACH ROW EXECUTE FUNCTION tell_of_act()"
    ),
)
TRIGGERS = (
    ("guard_alerts", "alerts"),
    ("guard_alert_logged", "alerts"),
    ("guard_alert_log", "alert_log"),
    ("tell_of_act", "audit_entries"),
)
