"""A message sent to whoever writes it, to see it in a real mailbox: for a made-up customer, marked as a test, in no ledger."""

from datetime import datetime
from html import escape

from kehu.engage.channels.accounts import get_account
from kehu.engage.channels.contract import Content
from kehu.engage.channels.trying import Trial, send_content_to_self
from kehu.engage.templates.checks.findings import must_pass
from kehu.engage.templates.checks.samples import Sample
from kehu.engage.templates.operations import Written, draft_of
from kehu.engage.templates.preview import preview_sample
from kehu.engage.templates.values import vocabulary_of
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.platform.text import Text

MARK = Text("【测试】", "[Test] ")
BANNER = Text(
    "这是一封测试邮件，用的是编造的客户，只发给了您自己。退订链接在测试里不起作用。",
    "This is a test mail about a made-up customer, sent to you alone. The link to unsubscribe does nothing here.",
)
_STYLE = "margin:0;padding:10px 16px;background:#fff3d6;color:#5c3b00;font:14px/1.5 sans-serif"


def send_trial(
    written: Written, *, purpose: str, sample: Sample, account: str, actor: Actor, now: datetime
) -> Trial:
    """Send a message to the actor's own address, and tell the trail.

    Raises TemplateInvalid for what a check refuses, PurposeNotFound, AccountNotFound or AccountIsOff.
    """
    actor.require("template.manage")
    compiled = must_pass(draft_of(written), vocabulary_of(purpose, actor))
    seen = preview_sample(compiled, sample)
    if seen.content is None:
        return Trial(is_good=False, code="missing", detail=seen.missing)
    trial = send_content_to_self(get_account(account), marked(seen.content, compiled.language), actor=actor)
    audit.record(
        action="template.test", actor_id=actor.id, now=now, object_kind="template", object_id=account,
        details={"purpose": purpose, "is_good": trial.is_good}, request_id=actor.request_id,
    )  # fmt: skip
    return trial


def marked(content: Content, language: str) -> Content:
    """Return a message that says of itself that it is a test: in its subject, above its text, in both parts."""
    banner = BANNER.within(language)
    bar = f'<p style="{_STYLE}">{escape(banner)}</p>'
    head, body, rest = content.html.partition("<body")
    opening, end, inside = rest.partition(">")
    html = f"{head}{body}{opening}{end}{bar}{inside}" if body and end else bar + content.html
    return Content(
        f"{MARK.within(language)}{content.subject}", html, f"{banner}\n\n{content.text}", content.headers
    )
