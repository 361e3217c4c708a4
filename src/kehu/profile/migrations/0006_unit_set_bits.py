"""The policy of customers looks a unit set up in the scope's bits."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("profile", "0005_other_readings"), ("platform", "0004_unit_set_bits")]
    operations = [migrations.RunSQL((SQL / "unit_set_bits.sql").read_text())]
