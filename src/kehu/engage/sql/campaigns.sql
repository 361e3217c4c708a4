-- What was sent to whom is seen by whoever may see the customer, under every id that leads to him.
ALTER TABLE engage_send ENABLE ROW LEVEL SECURITY;
ALTER TABLE engage_send FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON engage_send FOR SELECT TO kehu_app USING (
  EXISTS (SELECT 1 FROM resolve_cluster k WHERE k.id = customer_id)
);
CREATE POLICY system ON engage_send TO kehu_system USING ((SELECT sec.is_system())) WITH CHECK ((SELECT sec.is_system()));
REVOKE INSERT, UPDATE, DELETE ON engage_send, engage_campaign FROM kehu_app;
-- Chance that can be repeated: a number from 0 to 1 that follows from a seed and an id.
CREATE FUNCTION sec.chance(seed text, id uuid) RETURNS float8 LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog
  RETURN ('x' || substr(encode(sha256(convert_to(seed || id::text, 'UTF8')), 'hex'), 1, 8))::bit(32)::bigint / 4294967296.0::float8;
GRANT EXECUTE ON FUNCTION sec.chance(text, uuid) TO kehu_app, kehu_system;
