"""The signed scope names unit sets by bits."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("platform", "0003_cache")]
    operations = [migrations.RunSQL((SQL / "unit_set_bits.sql").read_text())]
