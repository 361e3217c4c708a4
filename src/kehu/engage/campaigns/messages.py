"""What a campaign says: its versions of templates, rendered for a made-up customer. Nothing of a real one is read."""

from dataclasses import dataclass

from kehu.engage.campaigns.terms import Variant, read_variants
from kehu.engage.models.campaigns import Campaign
from kehu.engage.models.templates import TemplateVersion
from kehu.engage.templates.preview import Seen, preview_sample
from kehu.engage.templates.rendering import compile_version


@dataclass(frozen=True, slots=True)
class Message:
    """One variant's message as it would arrive."""

    variant: Variant
    template_name: str
    number: int
    seen: Seen


def list_messages(campaign: Campaign) -> list[Message]:
    """Return the messages in the order of their variants. Raises FieldNotAllowed or PurposeNotFound."""
    variants = read_variants(campaign.variants)
    versions = TemplateVersion.objects.select_related("template").in_bulk(
        [one.version_id for one in variants]
    )
    return [
        Message(one, version.template.name, version.number, preview_sample(compile_version(version), "usual"))
        for one in variants
        if (version := versions.get(one.version_id)) is not None
    ]
