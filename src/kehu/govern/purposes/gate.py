"""The gate of every read that acts: it names its purpose, and the query itself leaves out whom it may not touch."""

from dataclasses import dataclass

from kehu.govern.models.purposes import Purpose
from kehu.govern.purposes.ledger import PurposeIsOff, terms_of
from kehu.govern.purposes.operations import get_purpose
from kehu.govern.purposes.standing import Terms
from kehu.govern.purposes.terms import CHANNEL_PLACES, CHANNELS
from kehu.platform.errors import Invalid
from kehu.platform.text import Text


class PurposeMissing(Invalid):
    """A read that acts named no purpose: that is an error, not everybody."""

    code = "purpose_missing"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "先选目的：不说明处理目的，就不能统计、导出或发送。",
                "Choose the purpose first: without one nothing is counted, exported or sent.",
            )
        )


class ChannelNotOfPurpose(Invalid):
    """A purpose may not use this channel: nobody was told that it would."""

    code = "channel_not_of_purpose"

    def __init__(self, key: str, channel: str, channels: tuple[str, ...]) -> None:
        super().__init__(
            Text(
                f"目的“{key}”不用渠道“{channel}”。可选：{'、'.join(CHANNELS[c].zh for c in channels)}。",
                f"The purpose “{key}” does not use the channel “{channel}”. It uses: {', '.join(channels)}.",
            )
        )


@dataclass(frozen=True, slots=True)
class Gate:
    """An open gate for one purpose: the terms in force, and whether who objects to automated decisions is left out.

    With a channel it leaves out whom the purpose may not reach by this one; without, whom it may reach by none.
    """

    key: str
    terms: Terms
    is_automated: bool
    channel: str = ""

    def condition(self, customer: str = "c") -> str:
        """Return the condition on rows of customers, or of their mirror, with the columns of the masks."""
        bit = 1 << self.terms.bit
        sql = (
            f"({customer}.consented & {bit}) <> 0"
            if self.terms.needs_consent
            else f"({customer}.objected & {bit}) = 0"
        )
        if self.channel:
            place = CHANNEL_PLACES.index(self.channel) + 1
            sql += f" AND (COALESCE({customer}.closed[{place}], 0) & {bit}) = 0"
        return f"({sql} AND NOT {customer}.is_automation_objected)" if self.is_automated else f"({sql})"


def open_gate(key: str | None, channel: str | None = None) -> Gate:
    """Return the gate of a purpose, or of one of its channels.

    Raises PurposeMissing, PurposeNotFound, PurposeIsOff or ChannelNotOfPurpose: nothing is read then.
    """
    if not key:
        raise PurposeMissing
    purpose: Purpose = get_purpose(key)
    version = purpose.current
    if not purpose.is_active or version is None or version.bit is None:
        raise PurposeIsOff(key)
    terms = terms_of(version)
    if channel and channel not in terms.channels:
        raise ChannelNotOfPurpose(key, channel, terms.channels)
    return Gate(key, terms, version.is_automated, channel or "")
