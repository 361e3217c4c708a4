"""Campaigns that ask: the survey behind `{{ survey_url }}`, and whom it leaves alone because he was asked lately."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from kehu.engage.campaigns.terms import CampaignInvalid, Variant
from kehu.engage.models.campaigns import Campaign
from kehu.engage.models.surveys import Survey
from kehu.engage.models.templates import TemplateVersion
from kehu.engage.surveys import inviting
from kehu.engage.surveys.answers.collecting import require_open
from kehu.engage.templates.liquid.examine import examine
from kehu.platform.text import Text

ASKED_LATELY = "survey_cool_down"
_NEEDS = Text(
    "内容里有问卷链接（survey_url），要选一份问卷。",
    "A message has the link to a survey (survey_url). Choose the survey.",
)
_HAS_NONE = Text(
    "每个版本的内容里都要有问卷链接（survey_url），这样客户才打得开。",
    "Every message needs the link to the survey (survey_url), or nobody can open it.",
)
_NOT_PERSONAL = Text(
    "要选一份正在收集、用个人链接的问卷。",
    "Choose a survey that collects answers by personal links.",
)


def survey_of(survey_id: UUID | None, variants: Sequence[Variant]) -> Survey | None:
    """Return the survey of a campaign that is written. Raises CampaignInvalid where it and the messages do not fit."""
    versions = TemplateVersion.objects.filter(pk__in={one.version_id for one in variants})
    have = [asks(version) for version in versions]
    if survey_id is None:
        if any(have):
            raise CampaignInvalid("survey_id", _NEEDS)
        return None
    survey = Survey.objects.filter(pk=survey_id).first()
    if survey is None or survey.mode != "personal" or survey.state != "open":
        raise CampaignInvalid("survey_id", _NOT_PERSONAL)
    if not all(have):
        raise CampaignInvalid("survey_id", _HAS_NONE)
    return survey


def asks(version: TemplateVersion) -> bool:
    """Whether a message has the link to a survey."""
    return any(use.name == "survey_url" for use in examine(version.source).uses)


def require_survey(campaign: Campaign, now: datetime) -> None:
    """Pass where the campaign's survey takes answers, or it has none. Raises SurveyNotOpen."""
    if campaign.survey is not None:
        require_open(campaign.survey, now)


def asked_lately(campaign: Campaign, people: Mapping[UUID, UUID], now: datetime) -> set[UUID]:
    """Return which rows are of customers who were asked a short while ago, or are asked by another row of this turn.

    `people` are living customers by row; a row that is tried again is not in its own way.
    """
    if campaign.survey is None:
        return set()
    asked = inviting.asked_lately(campaign.survey, people, now=now)
    seen: set[UUID] = set()
    for send_id, customer_id in people.items():
        if send_id not in asked and customer_id in seen:
            asked.add(send_id)
        elif send_id not in asked:
            seen.add(customer_id)
    return asked


def invite(campaign: Campaign, people: Mapping[UUID, UUID], *, purpose: str, now: datetime) -> None:
    """Write the invitation of each row that goes out, within the transaction that claims it."""
    if campaign.survey is not None:
        inviting.invite_by_message(
            campaign.survey, people, purpose=purpose, author_id=campaign.author_id, now=now
        )
