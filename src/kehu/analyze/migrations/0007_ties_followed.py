from django.db import migrations

WAKE = "CREATE TRIGGER tell_touched AFTER INSERT OR UPDATE OR DELETE ON {} FOR EACH STATEMENT EXECUTE FUNCTION sec.tell_touched()"


class Migration(migrations.Migration):
    """Segments follow the tags and the relationships of customers."""

    dependencies = [("analyze", "0006_boards"), ("profile", "0011_ties")]

    operations = [
        migrations.RunSQL([WAKE.format("profile_relationship"), WAKE.format("profile_tagged")]),
    ]
