"""The shared cache of sign-in limits."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("platform", "0002_idempotency")]
    operations = [migrations.RunSQL((SQL / "cache.sql").read_text())]
