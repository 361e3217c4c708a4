-- The roles of Kehu, for an administrator connected to the database "postgres"; may run again at any time.
-- kehu_owner owns the tables and migrates; kehu_app serves users and sees rows by policy only; kehu_system is put on by
-- kehu_app for Kehu's own work (SET ROLE) and never inherited; kehu_sealer seals the audit trail.
-- Verifiers of passwords are taken from kehu.verifier_<role> where set; a role that exists keeps
-- its password, unless kehu.reset_passwords is on.

SELECT pg_advisory_xact_lock(hashtextextended('kehu bootstrap', 0));

DO $$
DECLARE
  wanted record;
  verifier text;
  is_new boolean;
BEGIN
  FOR wanted IN
    SELECT * FROM (VALUES
      ('kehu_owner',  'LOGIN INHERIT'),
      ('kehu_app',    'LOGIN NOINHERIT'),
      ('kehu_system', 'NOLOGIN NOINHERIT'),
      ('kehu_sealer', 'LOGIN NOINHERIT')) AS roles(name, attributes)
  LOOP
    is_new := NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name);
    IF is_new THEN
      EXECUTE format('CREATE ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS %s',
                     wanted.name, wanted.attributes);
    END IF;
    verifier := current_setting('kehu.verifier_' || wanted.name, true);
    IF verifier <> '' AND (is_new OR current_setting('kehu.reset_passwords', true) = 'on') THEN
      EXECUTE format('ALTER ROLE %I PASSWORD %L', wanted.name, verifier);
    END IF;
  END LOOP;
END $$;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_auth_members
                 WHERE roleid = 'kehu_system'::regrole AND member = 'kehu_app'::regrole) THEN
    IF current_setting('server_version_num')::int >= 160000 THEN
      EXECUTE 'GRANT kehu_system TO kehu_app WITH INHERIT FALSE, SET TRUE';
    ELSE
      GRANT kehu_system TO kehu_app;
    END IF;
  END IF;
  IF EXISTS (SELECT FROM pg_auth_members
             WHERE roleid = 'kehu_owner'::regrole AND member = 'kehu_app'::regrole) THEN
    REVOKE kehu_owner FROM kehu_app;
  END IF;
  IF NOT pg_has_role(current_user, 'kehu_owner', 'USAGE') THEN
    GRANT kehu_owner TO CURRENT_USER;
  END IF;
END $$;
