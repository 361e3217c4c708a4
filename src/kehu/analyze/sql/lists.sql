-- Who is on a list is seen by whoever may see the customer, and goes with the record that led to him.
ALTER TABLE analyze_list_member ENABLE ROW LEVEL SECURITY;
ALTER TABLE analyze_list_member FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON analyze_list_member FOR SELECT TO kehu_app USING (
  EXISTS (SELECT 1 FROM resolve_link l WHERE l.record_id = analyze_list_member.record_id AND l.ended_at IS NULL)
);
CREATE POLICY system ON analyze_list_member TO kehu_system
  USING ((SELECT sec.is_system())) WITH CHECK ((SELECT sec.is_system()));
REVOKE INSERT, UPDATE, DELETE ON analyze_list, analyze_list_version, analyze_list_member FROM kehu_app;
ALTER TABLE analyze_list_member ADD CONSTRAINT members_go_with_their_record
  FOREIGN KEY (record_id) REFERENCES collect_record (id) ON DELETE CASCADE;
-- What was pasted is counted once, and stays as it was told.
REVOKE UPDATE ON analyze_list_version FROM kehu_system;
SELECT sec.follow('analyze_list_member', 'listed');
-- Segments follow their lists.
CREATE TRIGGER tell_touched AFTER INSERT OR UPDATE OR DELETE ON analyze_list_member
  FOR EACH STATEMENT EXECUTE FUNCTION sec.tell_touched();
