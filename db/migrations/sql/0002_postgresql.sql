CREATE TABLE rule_proposals (
	proposal_id UUID NOT NULL,
	code TEXT COLLATE "C",
	segment TEXT COLLATE "C",
	product_code TEXT COLLATE "C",
	value TEXT COLLATE "C" NOT NULL,
	effective_from DATE NOT NULL,
	effective_to DATE,
	source TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	proposed_by TEXT COLLATE "C" NOT NULL,
	proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	decided_by TEXT COLLATE "C",
	decided_at TIMESTAMP WITH TIME ZONE,
	note TEXT COLLATE "C" NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_rule_proposals PRIMARY KEY (proposal_id),
	CONSTRAINT ck_rule_proposals_state_word CHECK (state IN ('Proposed', 'Approved', 'Refused', 'Closed')),
	CONSTRAINT ck_rule_proposals_one_subject CHECK ((code IS NOT NULL AND segment IS NOT NULL AND product_code IS NULL) OR (code IS NULL AND segment IS NULL AND product_code IS NOT NULL)),
	CONSTRAINT ck_rule_proposals_two_persons CHECK (decided_by IS NULL OR decided_by <> proposed_by),
	CONSTRAINT ck_rule_proposals_decided_by_somebody CHECK (state = 'Proposed' OR decided_by IS NOT NULL),
	CONSTRAINT ck_rule_proposals_period CHECK (effective_to IS NULL OR effective_to >= effective_from)
);

CREATE INDEX ix_rule_proposals_state ON rule_proposals (state, proposed_at);

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
END $guard$;

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
END $guard$;

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
END $guard$;

CREATE TRIGGER guard_rule_values BEFORE INSERT OR UPDATE OR DELETE ON rule_values FOR EACH ROW EXECUTE FUNCTION guard_rule_values();

CREATE TRIGGER guard_products BEFORE INSERT OR UPDATE OR DELETE ON products FOR EACH ROW EXECUTE FUNCTION guard_products();

CREATE TRIGGER guard_rule_proposals BEFORE INSERT OR UPDATE OR DELETE ON rule_proposals FOR EACH ROW EXECUTE FUNCTION guard_rule_proposals();
