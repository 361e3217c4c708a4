-- A value is seen by whoever sees its customer, and goes with him, whether he was erased or became part of another.
ALTER TABLE analyze_trait_value ENABLE ROW LEVEL SECURITY;
ALTER TABLE analyze_trait_value FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON analyze_trait_value FOR SELECT TO kehu_app USING (
  EXISTS (SELECT 1 FROM profile_customer c WHERE c.id = customer_id)
);
CREATE POLICY system ON analyze_trait_value TO kehu_system
  USING ((SELECT sec.is_system())) WITH CHECK ((SELECT sec.is_system()));
REVOKE INSERT, UPDATE, DELETE ON analyze_trait_value FROM kehu_app;
ALTER TABLE analyze_trait_value ADD CONSTRAINT values_go_with_their_customer
  FOREIGN KEY (customer_id) REFERENCES profile_customer (id) ON DELETE CASCADE;
ALTER TABLE analyze_trait_value ADD CONSTRAINT values_go_with_their_trait
  FOREIGN KEY (trait_id) REFERENCES analyze_trait (id) ON DELETE CASCADE;
SELECT sec.follow('analyze_trait_value', 'traits');
-- A definition that was published stays as it was.
REVOKE UPDATE ON analyze_trait_version FROM kehu_app, kehu_system;
-- Segments follow what traits come to.
CREATE TRIGGER tell_touched AFTER INSERT OR UPDATE ON analyze_trait_value FOR EACH STATEMENT EXECUTE FUNCTION sec.tell_touched();
