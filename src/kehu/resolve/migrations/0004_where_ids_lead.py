from django.db import migrations, models

LEAD = """
WITH RECURSIVE back AS (
  SELECT c.id, c.forwarded_to_id AS living FROM resolve_cluster c JOIN resolve_cluster k ON k.id = c.forwarded_to_id
  WHERE k.retired_at IS NULL
  UNION ALL SELECT c.id, b.living FROM resolve_cluster c JOIN back b ON c.forwarded_to_id = b.id
)
UPDATE resolve_cluster c SET living_id = b.living FROM back b WHERE b.id = c.id
"""


class Migration(migrations.Migration):
    dependencies = [("resolve", "0003_rules_that_people_keep")]

    operations = [
        migrations.AddField("cluster", "living_id", models.UUIDField(null=True)),
        migrations.RunSQL(
            ("ALTER TABLE resolve_cluster NO FORCE ROW LEVEL SECURITY", LEAD, "ALTER TABLE resolve_cluster FORCE ROW LEVEL SECURITY"),
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            "cluster",
            models.Index(
                condition=models.Q(("living_id__isnull", False)), fields=["living_id"], name="clusters_by_living"
            ),
        ),
    ]
