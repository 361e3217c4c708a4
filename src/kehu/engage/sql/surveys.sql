-- What a customer is asked and answers is seen by whoever may see him, under every id that leads to him. Answers to an open
-- link belong to nobody's scope; those of anonymous surveys are counted by whoever reads results, never fewer than a threshold.
DO $$
DECLARE
  t record;
BEGIN
  FOR t IN SELECT * FROM (VALUES
    ('engage_survey_invitation', 'EXISTS (SELECT 1 FROM resolve_cluster k WHERE k.id = customer_id)'),
    ('engage_survey_answer', 'customer_id IS NULL OR EXISTS (SELECT 1 FROM resolve_cluster k WHERE k.id = customer_id)'),
    ('engage_survey_anonymous', 'true')
  ) AS tables(name, condition)
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
    EXECUTE format('CREATE POLICY scope ON %I FOR SELECT TO kehu_app USING (%s)', t.name, t.condition);
    EXECUTE format('CREATE POLICY system ON %I TO kehu_system USING ((SELECT sec.is_system())) WITH CHECK ((SELECT sec.is_system()))', t.name);
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I FROM kehu_app', t.name);
  END LOOP;
END $$;
-- What people have answered to stays as it was published.
REVOKE UPDATE, DELETE ON engage_survey_version FROM kehu_app, kehu_system;
-- Who counts what was taken is the system, once an answer has come.
REVOKE UPDATE ON engage_survey_quota FROM kehu_app;
GRANT UPDATE (most) ON engage_survey_quota TO kehu_app;
