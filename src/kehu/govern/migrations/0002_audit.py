"""The audit trail only grows."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("govern", "0001_initial")]
    operations = [migrations.RunSQL((SQL / "audit.sql").read_text())]
