-- The lake mirrors who was in a segment and when. A stay is numbered, where the lake knows rows by an id.
CREATE TRIGGER mark_transaction BEFORE UPDATE ON analyze_membership FOR EACH ROW EXECUTE FUNCTION sec.mark_transaction();

CREATE FUNCTION sec.tell_stays_gone() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO public.platform_gone (dataset, key, written_in, told_at)
    SELECT 'memberships', lpad(to_hex(id), 32, '0')::uuid, pg_current_xact_id()::text::bigint, clock_timestamp() FROM gone;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_gone AFTER DELETE ON analyze_membership REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION sec.tell_stays_gone();
