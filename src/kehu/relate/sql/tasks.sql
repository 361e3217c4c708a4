-- A task is seen by whoever may see its customer, under every id that leads to him.
ALTER TABLE relate_task ENABLE ROW LEVEL SECURITY;
ALTER TABLE relate_task FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON relate_task FOR SELECT TO kehu_app USING (
  EXISTS (SELECT 1 FROM resolve_cluster k WHERE k.id = customer_id)
);
CREATE POLICY system ON relate_task TO kehu_system
  USING ((SELECT sec.is_system())) WITH CHECK ((SELECT sec.is_system()));
REVOKE INSERT, UPDATE, DELETE ON relate_task FROM kehu_app;
