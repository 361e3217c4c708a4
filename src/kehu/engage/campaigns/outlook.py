"""Before a campaign is sent: how many it would reach, and how small a difference so many could show."""

from dataclasses import dataclass
from uuid import UUID

from kehu.analyze.segments.saved.queries import open_segment
from kehu.engage.campaigns import planning
from kehu.engage.channels.accounts import get_account
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import open_gate
from kehu.standardize.numbers.shares import detectable


@dataclass(frozen=True, slots=True)
class Outlook:
    """Members of the segment, whom of them purpose and channel allow, and how those would be divided.

    `to_compare` and `to_prove` are the shares that would stand out from the base: between two variants, and beside
    those held out. None where there is nothing to compare, or too few for any difference to show.
    """

    members: int
    allowed: int
    held: int
    each: int
    base: float
    to_compare: float | None
    to_prove: float | None


def look_ahead(
    *, segment_id: UUID, account: str, variants: int, holdout_share: float, base: float, actor: Actor
) -> Outlook:
    """Return the outlook for customers of the open scope; `base` is the share that does it anyway.

    Raises SegmentNotFound, AccountNotFound, or what the purpose's gate raises for the channel.
    """
    segment = open_segment(segment_id, actor)
    gate = open_gate(segment.purpose, get_account(account).kind)
    members, allowed = planning.count_members(segment.pk, gate)
    held = round(allowed * holdout_share)
    sent = allowed - held
    each = sent // variants
    compared = detectable(base, each, each) if variants > 1 else None
    proved = detectable(base, sent, held)
    return Outlook(
        members, allowed, held, each, base,
        None if compared is None else base + compared, None if proved is None else base + proved,
    )  # fmt: skip
