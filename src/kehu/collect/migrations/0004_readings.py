"""How a person says that files are read, kept with the import and its source; and when refused rows were erased."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collect", "0003_a_trial_succeeds")]
    operations = [
        migrations.AddField("source", "reading", models.JSONField(default=dict, db_default={})),
        migrations.AddField("import", "reading", models.JSONField(default=dict, db_default={})),
        migrations.AddField("import", "refusals_erased_at", models.DateTimeField(null=True)),
    ]
