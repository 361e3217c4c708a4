from pathlib import Path

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "sql"
OLDEST = "SELECT l.record_id FROM resolve_link l WHERE l.cluster_id = r.{} AND l.ended_at IS NULL ORDER BY l.linked_at, l.record_id LIMIT 1"
MOVE = f"""
UPDATE profile_relationship r SET record_id = ({OLDEST.format("customer_id")}), other_record_id = ({OLDEST.format("other_id")})
"""
OPEN = "ALTER TABLE {} NO FORCE ROW LEVEL SECURITY"
CLOSE = "ALTER TABLE {} FORCE ROW LEVEL SECURITY"
READ = ("profile_relationship", "resolve_link")
TRANSACTION = models.Func(function="sec.current_transaction", output_field=models.BigIntegerField())


class Migration(migrations.Migration):
    dependencies = [("profile", "0010_closed_channels"), ("resolve", "0005_followed"), ("collect", "0005_followed")]

    operations = [
        migrations.AddField("relationship", "record_id", models.UUIDField(null=True)),
        migrations.AddField("relationship", "other_record_id", models.UUIDField(null=True)),
        migrations.RunSQL(
            [
                *(OPEN.format(table) for table in READ),
                "DROP POLICY scope ON profile_relationship",
                MOVE,
                "DELETE FROM profile_relationship WHERE record_id IS NULL OR other_record_id IS NULL",
                *(CLOSE.format(table) for table in READ),
                "SET CONSTRAINTS ALL IMMEDIATE",
            ],
        ),
        migrations.RemoveField("relationship", "customer"),
        migrations.RemoveField("relationship", "other"),
        migrations.AlterField("relationship", "record_id", models.UUIDField()),
        migrations.AlterField("relationship", "other_record_id", models.UUIDField()),
        migrations.AddField(
            "relationship", "written_in", models.BigIntegerField(db_default=TRANSACTION, editable=False)
        ),
        migrations.AddIndex("relationship", models.Index(fields=["record_id"], name="ties_of_a_record")),
        migrations.AddIndex("relationship", models.Index(fields=["other_record_id"], name="ties_to_a_record")),
        migrations.AddIndex(
            "relationship",
            django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["written_in"], name="ties_by_transaction"
            ),
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=20)),
                ("meaning", models.CharField(blank=True, max_length=200)),
                ("author_id", models.IntegerField(null=True)),
                ("is_archived", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "profile_tag",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_archived", False)), fields=("name",), name="one_living_tag_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tagged",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=models.Func(function="gen_random_uuid"), primary_key=True, serialize=False
                    ),
                ),
                ("record_id", models.UUIDField()),
                ("author_id", models.IntegerField(null=True)),
                ("given_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by_id", models.IntegerField(null=True)),
                ("written_in", models.BigIntegerField(db_default=TRANSACTION, editable=False)),
                (
                    "tag",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="profile.tag"
                    ),
                ),
            ],
            options={
                "db_table": "profile_tagged",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("tag", "record_id"), name="once_a_record"
                    )
                ],
                "indexes": [
                    models.Index(fields=["record_id"], name="tags_of_a_record"),
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True, fields=["written_in"], name="tagged_by_transaction"
                    ),
                ],
            },
        ),
        migrations.RunSQL((SQL / "ties.sql").read_text()),
    ]
