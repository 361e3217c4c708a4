-- What became of offers is seen by whoever may see the customer, under every id that leads to him.
ALTER TABLE engage_offer_outcome ENABLE ROW LEVEL SECURITY;
ALTER TABLE engage_offer_outcome FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON engage_offer_outcome FOR SELECT TO kehu_app USING (
  EXISTS (SELECT 1 FROM resolve_cluster k WHERE k.id = customer_id)
);
CREATE POLICY system ON engage_offer_outcome TO kehu_system USING ((SELECT sec.is_system())) WITH CHECK ((SELECT sec.is_system()));
REVOKE INSERT, UPDATE, DELETE ON engage_offer, engage_offer_outcome FROM kehu_app;
-- What happened stays as it was told; it goes only with the customer. An offer that was shown is never deleted.
REVOKE UPDATE ON engage_offer_outcome FROM kehu_system;
REVOKE DELETE ON engage_offer FROM kehu_system;
