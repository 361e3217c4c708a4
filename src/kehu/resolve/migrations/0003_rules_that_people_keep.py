from django.db import migrations, models

NEVER_USED = """
DELETE FROM resolve_blocked_value b WHERE b.kind <> '*'
  AND NOT EXISTS (SELECT 1 FROM resolve_identifier_kind k WHERE k.key = b.kind)
"""


class Migration(migrations.Migration):
    dependencies = [("resolve", "0002_identifiers_without_checks")]

    operations = [
        migrations.RunSQL(NEVER_USED, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="blockedvalue", name="one_pattern_a_kind"),
        migrations.AddField("blockedvalue", "sealed", models.BinaryField(null=True)),
        migrations.AddField("blockedvalue", "author_id", models.IntegerField(null=True)),
        migrations.AlterField("blockedvalue", "pattern", models.CharField(default="", max_length=200)),
        migrations.AddConstraint(
            "blockedvalue",
            models.UniqueConstraint(
                condition=models.Q(("sealed__isnull", True)), fields=("kind", "pattern"), name="one_pattern_a_kind"
            ),
        ),
        migrations.AddConstraint(
            "blockedvalue",
            models.CheckConstraint(
                condition=models.Q(("sealed__isnull", True)) ^ models.Q(("pattern", "")), name="a_value_or_a_pattern"
            ),
        ),
        migrations.AddField("review", "note_sealed", models.BinaryField(null=True)),
        migrations.AddIndex(
            "review",
            models.Index(
                condition=models.Q(("decided_at__isnull", False)),
                fields=["-decided_at", "-id"],
                name="reviews_by_decision",
            ),
        ),
    ]
