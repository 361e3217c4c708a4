"""Whether the lake is behind: asked often, and answered without loading what writes it."""

from datetime import datetime

from django.db import connection, transaction

from kehu.analyze.mirror.datasets import Dataset, every
from kehu.govern.fields.registry import registry
from kehu.platform.db.transactions import horizon
from kehu.platform.lake import manifest, store
from kehu.platform.lake.manifest import State
from kehu.platform.scope import SYSTEM, acting


def is_behind(*, now: datetime) -> bool:
    """Tell whether something came that the lake has not. Where nothing did, the lake is noted to be of now."""
    with acting(SYSTEM), transaction.atomic():
        until = horizon()
        found = every(registry())
        if any(_is_behind(dataset, until) for dataset in found):
            return True
        manifest.confirm([dataset.name for dataset in found], watermark=until, now=now)
    return False


def must_be_made_anew(dataset: Dataset, state: State, until: int) -> bool:
    """Tell whether nothing of a dataset can be kept: another shape, another server's transactions, or a file that is lost."""
    is_other = state.shape != dataset.shape or state.watermark > until
    return is_other or not store.has_all(file.name for file in state.files)


def _is_behind(dataset: Dataset, until: int) -> bool:
    state = manifest.get(dataset.name)
    if must_be_made_anew(dataset, state, until):
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM {dataset.source} WHERE written_in >= %s) "
            "OR EXISTS (SELECT FROM platform_gone WHERE dataset = %s AND written_in >= %s)",
            [state.watermark, dataset.name, state.watermark],
        )
        return bool(cursor.fetchone()[0])
