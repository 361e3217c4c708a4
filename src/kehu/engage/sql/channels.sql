-- Accounts, addresses and mails are read and written by the program alone; who may ask is decided above.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['engage_channel_account', 'engage_suppression', 'engage_dead_letter', 'engage_sink_mail']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY system ON %I TO kehu_system USING ((SELECT sec.is_system())) WITH CHECK ((SELECT sec.is_system()))', t);
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I FROM kehu_app', t);
  END LOOP;
END $$;
REVOKE INSERT, UPDATE, DELETE ON engage_receipt, engage_tracked_link FROM kehu_app;
-- What was heard stays as it was heard; that it was a machine may come out later.
REVOKE UPDATE ON engage_receipt FROM kehu_system;
GRANT UPDATE (is_machine, reason) ON engage_receipt TO kehu_system;
