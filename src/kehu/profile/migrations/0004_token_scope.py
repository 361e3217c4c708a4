"""Search tokens are checked one by one, never against a list of all visible customers."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("profile", "0003_tokens_without_checks")]
    operations = [migrations.RunSQL((SQL / "token_scope.sql").read_text())]
