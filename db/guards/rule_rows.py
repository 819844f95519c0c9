"""PostgreSQL's own word on rule rows: no direct write gets past two people.

Source: data-and-sync.md 6 and 7. Triggers, not privileges, so that they hold for whoever owns the
tables too. A row may be added only when an approved proposal says so, only its end may change, and
nothing is deleted. SQLite has CHECK constraints and the services alone.

Statements contain no blank line and no per cent sign: see db/migrations/frozen_ddl.py.
"""

RULE_VALUES = """\
CREATE FUNCTION guard_rule_values() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'rule rows are never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(NEW) - 'effective_to') IS DISTINCT FROM (to_jsonb(OLD) - 'effective_to')
            OR NEW.effective_to IS NULL OR NEW.effective_to >= OLD.effective_to
            OR NOT EXISTS (SELECT FROM rule_proposals p WHERE p.state = 'Approved'
                AND p.code = NEW.code AND p.segment = NEW.segment
                AND p.effective_from = NEW.effective_to + 1) THEN
            RAISE EXCEPTION 'rule rows are only closed by an approved change'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM rule_proposals p WHERE p.state = 'Approved'
            AND p.code = NEW.code AND p.segment = NEW.segment AND p.value = NEW.value
            AND p.effective_from = NEW.effective_from
            AND p.effective_to IS NOT DISTINCT FROM NEW.effective_to
            AND p.proposed_by = NEW.proposed_by AND p.decided_by = NEW.approved_by)
        OR EXISTS (SELECT FROM rule_values v WHERE v.code = NEW.code AND v.segment = NEW.segment
            AND coalesce(v.effective_to, 'infinity') >= NEW.effective_from
            AND v.effective_from <= coalesce(NEW.effective_to, 'infinity')) THEN
        RAISE EXCEPTION 'a rule row needs an approved change and a free period'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

PRODUCTS = """\
CREATE FUNCTION guard_products() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'products are never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(NEW) - 'effective_to') IS DISTINCT FROM (to_jsonb(OLD) - 'effective_to')
            OR NEW.effective_to IS NULL OR NEW.effective_to >= OLD.effective_to
            OR NOT EXISTS (SELECT FROM rule_proposals p WHERE p.state = 'Approved'
                AND p.product_code = NEW.product_code
                AND p.effective_from = NEW.effective_to + 1) THEN
            RAISE EXCEPTION 'products are only closed by an approved change'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM rule_proposals p WHERE p.state = 'Approved'
            AND p.product_code = NEW.product_code AND p.effective_from = NEW.effective_from
            AND NEW.definition::jsonb @> (p.value::jsonb - 'source')
            AND p.proposed_by = NEW.proposed_by AND p.decided_by = NEW.approved_by)
        OR EXISTS (SELECT FROM products v WHERE v.product_code = NEW.product_code
            AND coalesce(v.effective_to, 'infinity') >= NEW.effective_from
            AND v.effective_from <= coalesce(NEW.effective_to, 'infinity')) THEN
        RAISE EXCEPTION 'a product needs an approved change and a free period'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

RULE_PROPOSALS = """\
CREATE FUNCTION guard_rule_proposals() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'proposals are never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' AND (NEW.state <> 'Proposed' OR NEW.decided_by IS NOT NULL) THEN
        RAISE EXCEPTION 'a proposal starts undecided' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.state <> 'Proposed' OR NEW.decided_by IS NULL
            OR NEW.version <> OLD.version + 1
            OR (to_jsonb(NEW) - '{state,decided_by,decided_at,note,version}'::text[])
                IS DISTINCT FROM
               (to_jsonb(OLD) - '{state,decided_by,decided_at,note,version}'::text[])) THEN
        RAISE EXCEPTION 'a proposal is decided once and never edited'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$"""

_TABLES = ("rule_values", "products", "rule_proposals")
CREATE = (
    RULE_VALUES,
    PRODUCTS,
    RULE_PROPOSALS,
    *(
        f"CREATE TRIGGER guard_{table} BEFORE INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION guard_{table}()"
        for table in _TABLES
    ),
)
