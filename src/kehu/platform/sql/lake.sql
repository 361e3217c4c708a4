-- What the lake follows: every row that it mirrors carries the transaction that wrote it, and what was deleted is told.
CREATE FUNCTION sec.current_transaction() RETURNS bigint LANGUAGE sql STABLE
  RETURN pg_current_xact_id()::text::bigint;

CREATE FUNCTION sec.mark_transaction() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  NEW.written_in := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;

-- The argument names the dataset.
CREATE FUNCTION sec.tell_gone() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO public.platform_gone (dataset, key, written_in, told_at)
    SELECT TG_ARGV[0], id, pg_current_xact_id()::text::bigint, clock_timestamp() FROM gone;
  RETURN NULL;
END $$;

-- Migrations of the tables that are followed call this.
CREATE FUNCTION sec.follow(told regclass, dataset text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sec AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER mark_transaction BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION sec.mark_transaction()', told);
  EXECUTE format('CREATE TRIGGER tell_gone AFTER DELETE ON %s REFERENCING OLD TABLE AS gone '
    'FOR EACH STATEMENT EXECUTE FUNCTION sec.tell_gone(%L)', told, dataset);
END $$;
REVOKE ALL ON FUNCTION sec.follow(regclass, text) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION sec.follow(regclass, text) FROM kehu_app, kehu_system;
GRANT EXECUTE ON FUNCTION sec.current_transaction() TO kehu_app, kehu_system;
-- Kehu's own work keeps the lake; who asks it reads which files there are.
REVOKE INSERT, UPDATE, DELETE ON platform_lake_dataset, platform_lake_file FROM kehu_app;
REVOKE ALL ON platform_gone FROM kehu_app;
