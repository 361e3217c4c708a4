"""What the ledger tells of one send to whoever holds its address: the pixel, the links, the page for leaving."""

from uuid import UUID

from kehu.engage.campaigns.terms import read_variants
from kehu.engage.channels.tracking import Sent
from kehu.engage.models.campaigns import Send


def find_sent(send_id: UUID) -> Sent | None:
    """Return a send of a campaign that may have been handed over; None of any other. Within the system's scope."""
    rows = Send.objects.select_related("campaign__segment").filter(pk=send_id)
    send = rows.filter(state__in=("claimed", "accepted", "unknown")).first()
    if send is None:
        return None
    versions = {one.key: str(one.version_id) for one in read_variants(send.campaign.variants)}
    return Sent(
        versions.get(send.variant, ""), send.customer_id, send.campaign.segment.purpose, send.campaign.channel,
        send.ended_at,
    )  # fmt: skip
