"""The security schema comes before every other table, so that default privileges hold for all of them."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    run_before = [
        ("contenttypes", "0001_initial"),
        ("auth", "0001_initial"),
        ("govern", "0001_initial"),
        ("account", "0001_initial"),
        ("socialaccount", "0001_initial"),
        ("mfa", "0001_initial"),
        ("sessions", "0001_initial"),
        ("procrastinate", "0001_initial"),
    ]
    operations = [migrations.RunSQL((SQL / "scope.sql").read_text())]
