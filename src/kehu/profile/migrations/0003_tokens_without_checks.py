"""Search tokens are written ten a customer and can be made again: their reference is kept by the code, not checked row by row."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("profile", "0002_row_scope")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="searchtoken",
            name="customer",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.CASCADE, to="profile.customer"
            ),
        ),
    ]
