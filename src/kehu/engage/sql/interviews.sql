-- A talk is seen by whoever may see its customer, under every id that leads to him; whose draft it is, the query says.
ALTER TABLE engage_interview_record ENABLE ROW LEVEL SECURITY;
ALTER TABLE engage_interview_record FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON engage_interview_record FOR SELECT TO kehu_app USING (
  EXISTS (SELECT 1 FROM resolve_cluster k WHERE k.id = customer_id)
);
CREATE POLICY system ON engage_interview_record TO kehu_system
  USING ((SELECT sec.is_system())) WITH CHECK ((SELECT sec.is_system()));
REVOKE INSERT, UPDATE, DELETE ON engage_interview_record FROM kehu_app;
-- What people were asked stays as it was published.
REVOKE UPDATE, DELETE ON engage_interview_guide_version FROM kehu_app, kehu_system;
