-- What a person has said is seen by whoever may see him, under every id that leads to him; it is written once and never changed.
ALTER TABLE govern_consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE govern_consent FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON govern_consent FOR SELECT TO kehu_app USING (
  EXISTS (SELECT 1 FROM resolve_cluster k WHERE k.id = customer_id)
);
CREATE POLICY system ON govern_consent TO kehu_system
  USING ((SELECT sec.is_system())) WITH CHECK ((SELECT sec.is_system()));
REVOKE INSERT, UPDATE, DELETE ON govern_consent FROM kehu_app;
REVOKE UPDATE ON govern_consent FROM kehu_system;
GRANT UPDATE (evidence_sealed) ON govern_consent TO kehu_system;
-- The terms that were agreed to stay as they were published; only the bit of a replaced version is given free.
REVOKE UPDATE, DELETE ON govern_purpose_version FROM kehu_app, kehu_system;
GRANT UPDATE (bit) ON govern_purpose_version TO kehu_system;
