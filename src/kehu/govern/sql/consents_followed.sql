-- The lake mirrors what was said: an entry goes when its customer is erased, or when the import that brought it is void.
CREATE TRIGGER tell_gone AFTER DELETE ON govern_consent REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION sec.tell_gone('consents');

-- After a restore on another server, and then alone, an entry carries a number of that server's transactions.
GRANT UPDATE (written_in) ON govern_consent TO kehu_system;

CREATE FUNCTION sec.tell_void() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO public.platform_gone (dataset, key, written_in, told_at)
    SELECT 'consents', c.id, pg_current_xact_id()::text::bigint, clock_timestamp()
    FROM public.govern_consent c WHERE c.import_id = NEW.import_id;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_void AFTER INSERT ON govern_consent_void FOR EACH ROW EXECUTE FUNCTION sec.tell_void();
