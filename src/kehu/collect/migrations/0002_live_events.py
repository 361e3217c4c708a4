"""Live events: their order of arrival, what waits in the inbox, and each bad event once in quarantine."""

from django.db import migrations, models

MARK = """
INSERT INTO collect_inbox_mark (id, applied_id) VALUES (1, 0);
REVOKE INSERT, UPDATE, DELETE ON collect_inbox_mark FROM kehu_app;
"""


class Migration(migrations.Migration):
    dependencies = [("collect", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="InboxMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("applied_id", models.BigIntegerField()),
            ],
            options={"db_table": "collect_inbox_mark"},
        ),
        migrations.RunSQL(MARK),
        migrations.AddIndex("event", models.Index(fields=["source", "id"], name="events_by_arrival")),
        migrations.AddField("quarantined", "content_index", models.BinaryField(null=True)),
        migrations.AddConstraint(
            "quarantined",
            models.UniqueConstraint(fields=["source", "content_index"], name="one_quarantine_an_event"),
        ),
    ]
