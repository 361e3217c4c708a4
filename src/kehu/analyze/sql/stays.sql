-- What stage a customer was in is seen by whoever may see the customer, under every id that leads to him.
ALTER TABLE analyze_stay ENABLE ROW LEVEL SECURITY;
ALTER TABLE analyze_stay FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON analyze_stay FOR SELECT TO kehu_app USING (
  EXISTS (SELECT 1 FROM resolve_cluster k WHERE k.id = customer_id)
);
CREATE POLICY system ON analyze_stay TO kehu_system USING ((SELECT sec.is_system())) WITH CHECK ((SELECT sec.is_system()));
REVOKE INSERT, UPDATE, DELETE ON analyze_stay FROM kehu_app;
