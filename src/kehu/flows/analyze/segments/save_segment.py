"""A segment is saved and its members are found: at once where there are not too many customers to wait for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kehu.analyze.mirror.asking import LakeEmpty
from kehu.analyze.models.segments import Segment
from kehu.analyze.segments.saved import operations
from kehu.analyze.segments.saved.following import follow, refresh_one
from kehu.analyze.segments.saved.operations import Change
from kehu.govern.access.actors import Actor
from kehu.platform.lake import manifest
from kehu.platform.lake.engines import LakeBroken

MOST_AT_ONCE = 200_000
"""Customers up to whom somebody who saves waits for the members; of more they are found after the next sync."""


def create_segment(
    *, name: str, purpose: str, definition: Mapping[str, Any], actor: Actor, now: datetime
) -> Segment:
    """Save a segment and find its members. Raises as `operations.create_segment`."""
    made = operations.create_segment(name=name, purpose=purpose, definition=definition, actor=actor, now=now)
    return _found(made, now)


def change_segment(*, segment_id: UUID, change: Change, actor: Actor, now: datetime) -> Segment:
    """Change a segment, and find its members anew where they may be others."""
    changed = operations.change_segment(segment_id=segment_id, change=change, actor=actor, now=now)
    return changed if changed.watermark or changed.is_archived else _found(changed, now)


def _found(segment: Segment, now: datetime) -> Segment:
    if sum(file.rows for file in manifest.get("customers").files) <= MOST_AT_ONCE:
        try:
            with transaction.atomic():
                refresh_one(segment.pk, now=now)
                follow(now=now)
        except (LakeEmpty, LakeBroken):
            return segment
        segment.refresh_from_db()
    return segment
