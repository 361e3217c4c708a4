-- The trail only grows: nobody who serves users may change or delete what is written.
REVOKE UPDATE, DELETE ON govern_audit_event FROM kehu_app, kehu_system;
ALTER TABLE govern_audit_event ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE govern_audit_event ADD COLUMN batch bigint;
CREATE INDEX audit_unsealed ON govern_audit_event (id) WHERE batch IS NULL;
REVOKE INSERT, UPDATE, DELETE ON govern_audit_batch FROM kehu_app, kehu_system;
GRANT SELECT, UPDATE (batch) ON govern_audit_event TO kehu_sealer;
GRANT SELECT, INSERT ON govern_audit_batch TO kehu_sealer;
GRANT SELECT ON govern_key_version TO kehu_sealer;
REVOKE INSERT, UPDATE, DELETE ON govern_key_version FROM kehu_app, kehu_system;
