-- The visible unit sets as bits, bit n for set n: a row is checked by looking one up, not by walking thousands of ids.
CREATE FUNCTION sec.unit_set_bits() RETURNS bytea LANGUAGE sql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog, sec, pg_temp AS $$ SELECT coalesce(decode((sec.ctx())[6], 'hex'), '') $$;

REVOKE ALL ON FUNCTION sec.unit_set_bits() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.unit_set_bits() TO kehu_app, kehu_system;
