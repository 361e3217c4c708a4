-- Who may enter Kehu's database, for its owner or an administrator connected to it; may run again at any time.

DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO kehu_app, kehu_sealer', current_database());
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO kehu_app, kehu_system', current_database());
END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
