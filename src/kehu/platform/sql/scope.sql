-- The signed scope: set by the application, checked here. Without it nobody sees a row; a forged one is an error.
CREATE SCHEMA IF NOT EXISTS sec;
REVOKE ALL ON SCHEMA sec FROM PUBLIC;

CREATE TABLE sec.k (
  id int PRIMARY KEY,
  inner_pad bytea NOT NULL CHECK (length(inner_pad) = 64),
  outer_pad bytea NOT NULL CHECK (length(outer_pad) = 64)
);

-- Returns exp, pid, owner, is_system, units, unit sets after checking signature, time and backend; NULL where none is set.
CREATE FUNCTION sec.ctx() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
SET search_path = pg_catalog, sec, pg_temp AS $$
DECLARE
  c text := current_setting('kehu.ctx', true);
  p text;
  m text;
  f text[];
BEGIN
  IF c IS NULL OR c = '' THEN RETURN NULL; END IF;
  p := split_part(c, '~', 1);
  SELECT encode(sha256(outer_pad || sha256(inner_pad || convert_to(p, 'UTF8'))), 'hex') INTO m FROM sec.k WHERE id = 1;
  IF m IS NULL OR m IS DISTINCT FROM split_part(c, '~', 2) THEN
    RAISE EXCEPTION 'bad security context' USING ERRCODE = '42501';
  END IF;
  f := string_to_array(p, '|');
  IF f[1]::bigint < extract(epoch FROM clock_timestamp()) OR f[2]::int <> pg_backend_pid() THEN
    RAISE EXCEPTION 'stale or foreign security context' USING ERRCODE = '42501';
  END IF;
  RETURN f;
END $$;

CREATE FUNCTION sec.units() RETURNS int[] LANGUAGE sql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog, sec, pg_temp AS $$ SELECT coalesce(string_to_array((sec.ctx())[5], ',')::int[], '{}') $$;

CREATE FUNCTION sec.unit_sets() RETURNS int[] LANGUAGE sql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog, sec, pg_temp AS $$ SELECT coalesce(string_to_array((sec.ctx())[6], ',')::int[], '{}') $$;

CREATE FUNCTION sec.uid() RETURNS int LANGUAGE sql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog, sec, pg_temp AS $$ SELECT nullif((sec.ctx())[3], '')::int $$;

CREATE FUNCTION sec.is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED
SET search_path = pg_catalog, sec, pg_temp AS $$ SELECT coalesce((sec.ctx())[4] = '1', false) $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sec FROM PUBLIC;
GRANT USAGE ON SCHEMA sec TO kehu_app, kehu_system;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sec TO kehu_app, kehu_system;

-- What the owner makes from here on may be used by both; each migration takes back what it must.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO kehu_app, kehu_system;
ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO kehu_app, kehu_system;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO kehu_app, kehu_system;
GRANT USAGE ON SCHEMA public TO kehu_app, kehu_system, kehu_sealer;
