"""Who may see a customer may follow every retired id to him, and sees the reviews that name one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("profile", "0006_unit_set_bits"), ("resolve", "0004_where_ids_lead")]
    operations = [migrations.RunSQL((SQL / "forwarded_scope.sql").read_text())]
