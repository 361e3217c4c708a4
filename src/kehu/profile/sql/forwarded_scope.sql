-- However many times customers were merged since, an id leads to the one who lives, for whoever may see him.
DROP POLICY scope ON resolve_cluster;
CREATE POLICY scope ON resolve_cluster FOR SELECT TO kehu_app USING (
  EXISTS (SELECT 1 FROM profile_customer c WHERE c.id = coalesce(living_id, resolve_cluster.id))
);
DROP POLICY scope ON resolve_review;
CREATE POLICY scope ON resolve_review FOR SELECT TO kehu_app USING (
  EXISTS (SELECT 1 FROM resolve_cluster k WHERE k.id = cluster_id)
);
