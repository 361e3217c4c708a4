-- Who was in a segment is seen by whoever may see the customer, under every id that leads to him.
ALTER TABLE analyze_membership ENABLE ROW LEVEL SECURITY;
ALTER TABLE analyze_membership FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON analyze_membership FOR SELECT TO kehu_app USING (
  EXISTS (SELECT 1 FROM resolve_cluster k WHERE k.id = customer_id)
);
ALTER TABLE analyze_segment_due ENABLE ROW LEVEL SECURITY;
ALTER TABLE analyze_segment_due FORCE ROW LEVEL SECURITY;
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['analyze_membership', 'analyze_segment_due']
  LOOP
    EXECUTE format('CREATE POLICY system ON %I TO kehu_system USING ((SELECT sec.is_system())) WITH CHECK ((SELECT sec.is_system()))', t);
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I FROM kehu_app', t);
  END LOOP;
END $$;
REVOKE INSERT, UPDATE, DELETE ON analyze_segment, analyze_segment_version, analyze_snapshot FROM kehu_app;
-- A definition that was saved stays as it was.
REVOKE UPDATE ON analyze_segment_version FROM kehu_system;

-- Texts of events are what senders made of them: what is no number or no day is not known, and no error.
CREATE FUNCTION sec.try_number(value text) RETURNS float8 LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog AS $$
BEGIN
  RETURN value::float8;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END $$;
CREATE FUNCTION sec.try_day(value text) RETURNS date LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog AS $$
BEGIN
  RETURN CASE WHEN value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN value::date END;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION sec.try_number(text), sec.try_day(text) TO kehu_app, kehu_system;

-- Whoever follows is woken when a transaction that touched customers has committed.
CREATE FUNCTION sec.tell_touched() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_notify('kehu_touched', '');
  RETURN NULL;
END $$;
CREATE TRIGGER tell_touched AFTER INSERT OR UPDATE OR DELETE ON profile_customer FOR EACH STATEMENT EXECUTE FUNCTION sec.tell_touched();
CREATE TRIGGER tell_touched AFTER INSERT OR DELETE ON collect_event FOR EACH STATEMENT EXECUTE FUNCTION sec.tell_touched();
CREATE TRIGGER tell_touched AFTER INSERT OR UPDATE ON analyze_segment FOR EACH STATEMENT EXECUTE FUNCTION sec.tell_touched();
