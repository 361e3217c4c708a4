"""Starting Django for a command: the server is joined, the schema is as the release needs it."""

import os

from kehu.platform.postgres.server import ensure


def boot(*, is_migrated: bool = True) -> None:
    """Set Django up against the database of this home; a new home is made ready first when `is_migrated` is wanted."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kehu.config.settings")
    ensure()
    import django

    django.setup()
    if is_migrated:
        from kehu.cli.installation import migrate_if_needed

        migrate_if_needed()
