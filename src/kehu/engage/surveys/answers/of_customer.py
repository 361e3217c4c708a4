"""All that one customer was asked and answered, opened: for his export."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from kehu.engage.models.surveys import Answer, Invitation
from kehu.engage.surveys.answers.collecting import open_sealed


def export_surveys(customer_ids: Collection[UUID]) -> list[dict[str, Any]]:
    """Return invitations and answers under these ids within the open scope, the oldest first."""
    invited = Invitation.objects.filter(customer_id__in=customer_ids).select_related("survey").order_by("id")
    found = (
        Answer.objects.filter(customer_id__in=customer_ids).select_related("version__survey").order_by("id")
    )
    answers = list(found)
    opened = open_sealed([(a.pk, None if a.sealed is None else bytes(a.sealed)) for a in answers])
    asked = [
        {"survey": i.survey.name, "invited_at": i.created_at.isoformat(), "purpose": i.purpose}
        for i in invited
    ]
    told = [
        {
            "survey": a.version.survey.name, "version": a.version.version, "answered_at": a.answered_at.isoformat(),
            "answers": {**a.plain, **opened.get(a.pk, {})},
        }
        for a in answers
    ]  # fmt: skip
    return [*asked, *told]
