"""Making a database ready: schema, keys, shipped roles, fields and identifier kinds. Safe to run at every start."""

from datetime import datetime

from django.core.management import call_command
from django.db import connections, transaction

from kehu.collect.sources import sync_manual_source
from kehu.govern.fields.registry import sync_core_fields
from kehu.govern.models.keys import KeyVersion
from kehu.govern.operations import sync_root_unit, sync_shipped_roles
from kehu.govern.sealing.keyring import PURPOSES, add_version
from kehu.platform import scope
from kehu.platform.installation.environment import environment
from kehu.resolve.kinds import sync_kinds

_PADS = """
INSERT INTO sec.k (id, inner_pad, outer_pad) VALUES (1, %s, %s)
ON CONFLICT (id) DO UPDATE SET inner_pad = EXCLUDED.inner_pad, outer_pad = EXCLUDED.outer_pad
"""


def prepare(*, now: datetime) -> None:
    """Migrate and write what every installation begins with, as the owner of the schema."""
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute(_PADS, list(scope.pads()))
        for purpose in PURPOSES:
            if not KeyVersion.objects.using("owner").filter(purpose=purpose).exists():
                add_version(purpose=purpose, now=now)
        sync_root_unit(now=now, name=environment().organization)
        sync_shipped_roles()
        sync_core_fields(now=now)
        sync_kinds(now=now)
        sync_manual_source(now=now)
