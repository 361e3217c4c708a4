"""Identifiers are written three a record beside it and can be made again: their references are kept by the code, not checked row by row."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("resolve", "0001_initial")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="identifier",
            name="record",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to="collect.record"
            ),
        ),
        migrations.AlterField(
            model_name="identifier",
            name="cluster",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.CASCADE, to="resolve.cluster"
            ),
        ),
    ]
