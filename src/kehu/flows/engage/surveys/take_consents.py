"""A customer says yes or no in a survey: it goes into the ledger like any other word, with the notice that he was shown.

Only a whole answer by a personal link writes; the later of two answers counts, as it does for every word in the ledger.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kehu.engage.models.surveys import SurveyVersion
from kehu.engage.surveys.answers.reading import Given
from kehu.engage.surveys.faults import AnswerInvalid
from kehu.engage.surveys.form.consents import asking
from kehu.engage.surveys.form.questions import Definition, Question
from kehu.flows.consent.change_consent import write_consent
from kehu.govern import audit
from kehu.govern.models.purposes import Purpose, PurposeVersion
from kehu.govern.purposes.ledger import Said, check
from kehu.platform.text import Text

SOURCE = "survey"


def take_consents(
    *, version: SurveyVersion, definition: Definition, given: Given, notices: Mapping[str, str], customer_id: UUID,
    now: datetime,
) -> None:  # fmt: skip
    """Write what an answer says about purposes; `notices` are the digests that the form showed, by question.

    What was not answered says nothing. Of a purpose that is out of use, or uses the channel no more, nothing is written, and the trail tells so.
    Raises AnswerInvalid where the notice that was shown is not known.
    """
    for question in asking(definition):
        if question.name not in given.plain:
            continue
        purpose = Purpose.objects.select_related("current").get(key=question.purpose)
        if not _may_be_said(question, purpose):
            audit.record(
                action="survey.consent_not_taken", actor_id=None, now=now, object_kind="customer", object_id=customer_id,
                details={"purpose": purpose.key, "survey": str(version.survey_id)}, request_id="",
            )  # fmt: skip
            continue
        terms = _shown(question, purpose, notices.get(question.name, ""))
        said = Said(
            state="given" if given.plain[question.name] else "refused", purpose=purpose,
            channel=question.channel, source=SOURCE, version=terms,
            evidence=_evidence(version, question, terms),
        )  # fmt: skip
        check(said, now)
        write_consent(customer_id=customer_id, said=said, actor_id=None, request_id="", now=now)


def _may_be_said(question: Question, purpose: Purpose) -> bool:
    """Whether the purpose is still asked about: an answer about a channel is never widened to all of them."""
    held = purpose.current
    return (
        purpose.is_active and held is not None and (not question.channel or question.channel in held.channels)
    )


def _shown(question: Question, purpose: Purpose, digest: str) -> PurposeVersion:
    """Return the terms whose notice was shown: they are what was agreed to, whether or not others came since."""
    found = PurposeVersion.objects.filter(purpose=purpose, notice_hash=digest).order_by("-version").first()
    if found is None:
        raise AnswerInvalid(
            question.name,
            Text(
                "没有看到这一目的的告知书。刷新页面后再提交。",
                "The notice of this purpose was not shown. Open the page again.",
            ),
        )
    return found


def _evidence(version: SurveyVersion, question: Question, terms: PurposeVersion) -> str:
    return (
        f"问卷“{version.survey.name}”（{version.survey_id}）第 {version.version} 版，题目 {question.name}；"
        f"告知书第 {terms.version} 版，SHA-256 {terms.notice_hash}"
    )
