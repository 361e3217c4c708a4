"""Which files make up the lake: a commit adds and takes away files and moves the watermark, in one transaction.

A reader asks once and reads what it was told; files that were taken away stay for `KEPT_FOR`, so that it can finish.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kehu.platform.lake import store
from kehu.platform.models import LakeDataset, LakeFile

KEPT_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class File:
    """One file of a dataset. `part` is its partition; a `delta` holds newer rows of things that a base holds already."""

    name: str
    part: str
    rows: int
    size: int
    is_delta: bool


@dataclass(frozen=True, slots=True)
class State:
    """A dataset as it is committed. `watermark` is the transaction up to which it is complete, `synced_at` when that was."""

    watermark: int
    synced_at: datetime | None
    shape: str
    files: tuple[File, ...]


def get(dataset: str) -> State:
    """Return what a dataset consists of; one never written is empty."""
    return get_all([dataset])[dataset]


def get_all(datasets: Collection[str]) -> dict[str, State]:
    """Return what each of these datasets consists of, by name."""
    files: dict[str, list[File]] = {name: [] for name in datasets}
    for f in LakeFile.objects.filter(dataset__in=datasets, removed_at=None).order_by("id"):
        files[f.dataset_id].append(File(f.name, f.part, f.rows, f.size, f.is_delta))
    rows = LakeDataset.objects.in_bulk(list(datasets))
    return {
        name: State(rows[name].watermark, rows[name].synced_at, rows[name].shape, tuple(own))
        if name in rows
        else State(0, None, "", ())
        for name, own in files.items()
    }


def commit(
    dataset: str, *, added: Sequence[File], removed: Sequence[File], watermark: int, shape: str, now: datetime
) -> None:
    """Make files part of a dataset and take others out of it, all at once."""
    LakeDataset.objects.update_or_create(
        pk=dataset, defaults={"watermark": watermark, "synced_at": now, "shape": shape}
    )
    LakeFile.objects.filter(dataset_id=dataset, name__in=[f.name for f in removed]).update(removed_at=now)
    LakeFile.objects.bulk_create(
        LakeFile(
            dataset_id=dataset,
            name=f.name,
            part=f.part,
            rows=f.rows,
            size=f.size,
            is_delta=f.is_delta,
            added_at=now,
        )
        for f in added
    )


def keep_only(datasets: Sequence[str], *, now: datetime) -> None:
    """Take out of the lake what is no longer mirrored; its files go as others do."""
    others = LakeDataset.objects.exclude(pk__in=datasets)
    LakeFile.objects.filter(dataset__in=others, removed_at=None).update(removed_at=now)
    others.filter(lakefile=None).delete()


def confirm(datasets: Sequence[str], *, watermark: int, now: datetime) -> None:
    """Note that nothing came to these datasets: they are complete up to a transaction, and of now."""
    LakeDataset.objects.filter(pk__in=datasets).update(watermark=watermark, synced_at=now)


def sweep(*, now: datetime) -> int:
    """Remove files that were taken out long enough ago, and those that a killed writer left. Returns how many."""
    old = LakeFile.objects.filter(removed_at__lt=now - KEPT_FOR)
    gone = set(old.values_list("name", flat=True))
    known = set(LakeFile.objects.values_list("name", flat=True))
    strays = store.strays(known, now - KEPT_FOR)
    for name in gone | strays:
        store.remove(name)
    old.delete()
    return len(gone | strays)


_forgotten_at: datetime | None = None


def forget_copies(*, now: datetime) -> None:
    """Remove copies on this machine of files that are no longer part of the lake, where it lies in a bucket.

    Whoever asks the lake calls it; it looks once in the time for which files are kept.
    """
    global _forgotten_at  # noqa: PLW0603 (one a process, as the folder of copies is one a machine)
    if _forgotten_at is not None and timedelta() <= now - _forgotten_at < KEPT_FOR:
        return
    _forgotten_at = now
    store.forget_copies(set(LakeFile.objects.values_list("name", flat=True)), before=now - KEPT_FOR)
