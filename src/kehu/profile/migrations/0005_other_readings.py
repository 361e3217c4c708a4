"""Readings of a name beside the usual one get tokens of their own, so that they are found without reading all names alike."""

from django.db import migrations

MOVE = """
ALTER TABLE profile_search_token NO FORCE ROW LEVEL SECURITY;
UPDATE profile_search_token SET token = 'v:' || substr(token, 3)
WHERE token >= 'p:' AND token < 'p;' AND NOT sort_key ^@ substr(token, 3);
ALTER TABLE profile_search_token FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("profile", "0004_token_scope")]
    operations = [migrations.RunSQL(MOVE)]
