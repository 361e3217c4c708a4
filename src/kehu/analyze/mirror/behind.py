"""Whether the lake is behind: asked often, and answered without loading what writes it."""

from collections.abc import Mapping
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
        states = manifest.get_all([dataset.name for dataset in found])
        if any(must_be_made_anew(dataset, states[dataset.name], until) for dataset in found):
            return True
        if _came({dataset: states[dataset.name].watermark for dataset in found}):
            return True
        manifest.confirm([dataset.name for dataset in found], watermark=until, now=now)
    return False


def must_be_made_anew(dataset: Dataset, state: State, until: int) -> bool:
    """Tell whether nothing of a dataset can be kept: another shape, another server's transactions, or a file that is lost."""
    is_other = state.shape != dataset.shape or state.watermark > until
    return is_other or not store.has_all(file.name for file in state.files)


def _came(since: Mapping[Dataset, int]) -> bool:
    """Tell whether any row was written or deleted since, in one query."""
    parts: list[str] = []
    values: list[int | str] = []
    for dataset, watermark in since.items():
        parts.append(
            f"EXISTS (SELECT FROM {dataset.source} WHERE written_in >= %s) "
            "OR EXISTS (SELECT FROM platform_gone WHERE dataset = %s AND written_in >= %s)"
        )
        values += [watermark, dataset.name, watermark]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {' OR '.join(parts)}", values)
        return bool(cursor.fetchone()[0])
