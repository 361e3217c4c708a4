"""Row scope of every table with customer data."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("profile", "0001_initial"), ("resolve", "0001_initial"), ("collect", "0001_initial")]
    operations = [migrations.RunSQL((SQL / "row_scope.sql").read_text())]
