-- Row scope of every table with customer data. The system's own work passes by its role and its signed context;
-- users read what their scope covers and write through operations of the system only.

ALTER TABLE profile_customer ENABLE ROW LEVEL SECURITY;
ALTER TABLE profile_customer FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON profile_customer FOR SELECT TO kehu_app USING (
  unit_id = ANY ((SELECT sec.units())::int[])
  OR owner_id = (SELECT sec.uid())
  OR unit_set_id = ANY ((SELECT sec.unit_sets())::int[])
);

DO $$
DECLARE
  t record;
BEGIN
  FOR t IN SELECT * FROM (VALUES
    ('profile_search_token', 'EXISTS (SELECT 1 FROM profile_customer c WHERE c.id = customer_id)'),
    ('profile_change',       'EXISTS (SELECT 1 FROM profile_customer c WHERE c.id = customer_id)'),
    ('profile_relationship', 'EXISTS (SELECT 1 FROM profile_customer c WHERE c.id = customer_id)'),
    ('resolve_link',         'EXISTS (SELECT 1 FROM profile_customer c WHERE c.id = cluster_id)'),
    ('resolve_identifier',   'EXISTS (SELECT 1 FROM profile_customer c WHERE c.id = cluster_id)'),
    ('resolve_review',       'EXISTS (SELECT 1 FROM profile_customer c WHERE c.id = cluster_id)'),
    ('collect_record',       'EXISTS (SELECT 1 FROM resolve_link l WHERE l.record_id = collect_record.id AND l.ended_at IS NULL)'),
    ('collect_record_version', 'EXISTS (SELECT 1 FROM resolve_link l WHERE l.record_id = collect_record_version.record_id AND l.ended_at IS NULL)'),
    ('collect_event',        'EXISTS (SELECT 1 FROM resolve_link l WHERE l.record_id = collect_event.record_id AND l.ended_at IS NULL)'),
    ('collect_import',       'unit_id = ANY ((SELECT sec.units())::int[])'),
    ('collect_refusal',      'EXISTS (SELECT 1 FROM collect_import i WHERE i.id = import_id)')
  ) AS tables(name, condition)
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
    EXECUTE format('CREATE POLICY scope ON %I FOR SELECT TO kehu_app USING (%s)', t.name, t.condition);
  END LOOP;
END $$;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['profile_customer', 'profile_search_token', 'profile_change', 'profile_relationship',
    'resolve_cluster', 'resolve_link', 'resolve_identifier', 'resolve_review', 'collect_record', 'collect_record_version',
    'collect_event', 'collect_import', 'collect_refusal', 'collect_inbox', 'collect_quarantined']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY system ON %I TO kehu_system USING ((SELECT sec.is_system())) WITH CHECK ((SELECT sec.is_system()))', t);
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I FROM kehu_app', t);
  END LOOP;
END $$;

-- An id once given keeps its answer: who may see the living customer may follow the retired id to it.
CREATE POLICY scope ON resolve_cluster FOR SELECT TO kehu_app USING (
  EXISTS (SELECT 1 FROM profile_customer c WHERE c.id = coalesce(forwarded_to_id, resolve_cluster.id))
);

-- Tracking acknowledges before anything is resolved: the web process may put batches in, and never read them.
GRANT INSERT ON collect_inbox TO kehu_app;
CREATE POLICY put ON collect_inbox FOR INSERT TO kehu_app WITH CHECK (true);
REVOKE SELECT ON collect_inbox FROM kehu_app;
