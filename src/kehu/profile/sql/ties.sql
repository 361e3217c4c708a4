-- A relationship hangs on a record of each side, a tag on one of the customer: both follow merges and splits.
-- A relationship tells of two people: it is seen by whoever may see both.
CREATE POLICY scope ON profile_relationship FOR SELECT TO kehu_app USING (
  EXISTS (SELECT 1 FROM resolve_link l WHERE l.record_id = profile_relationship.record_id AND l.ended_at IS NULL)
  AND EXISTS (SELECT 1 FROM resolve_link l WHERE l.record_id = profile_relationship.other_record_id AND l.ended_at IS NULL)
);
ALTER TABLE profile_relationship
  ADD CONSTRAINT ties_go_with_their_record FOREIGN KEY (record_id) REFERENCES collect_record (id) ON DELETE CASCADE,
  ADD CONSTRAINT ties_go_with_the_other_record FOREIGN KEY (other_record_id) REFERENCES collect_record (id) ON DELETE CASCADE;
ALTER TABLE profile_tagged ENABLE ROW LEVEL SECURITY;
ALTER TABLE profile_tagged FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON profile_tagged FOR SELECT TO kehu_app USING (
  EXISTS (SELECT 1 FROM resolve_link l WHERE l.record_id = profile_tagged.record_id AND l.ended_at IS NULL)
);
CREATE POLICY system ON profile_tagged TO kehu_system
  USING ((SELECT sec.is_system())) WITH CHECK ((SELECT sec.is_system()));
REVOKE INSERT, UPDATE, DELETE ON profile_tag, profile_tagged FROM kehu_app;
ALTER TABLE profile_tagged ADD CONSTRAINT tags_go_with_their_record
  FOREIGN KEY (record_id) REFERENCES collect_record (id) ON DELETE CASCADE;
SELECT sec.follow('profile_relationship', 'tied');
SELECT sec.follow('profile_tagged', 'tagged');
