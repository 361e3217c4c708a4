"""Sealed batches name their leaves and their key; a key version is known for a while before it is used."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("govern", "0002_audit")]
    operations = [
        migrations.AddField("auditbatch", "leaves", models.BinaryField(default=b""), preserve_default=False),
        migrations.AddField("auditbatch", "key_version", models.SmallIntegerField(default=1), preserve_default=False),
        migrations.AddField("keyversion", "activated_at", models.DateTimeField(null=True)),
        migrations.RunSQL("UPDATE govern_key_version SET activated_at = created_at"),
    ]
