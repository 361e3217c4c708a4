"""The checks of a message, each with its remedy. What is `refused` cannot be saved; a `warning` is for the author to judge."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

from kehu.engage.templates.checks.samples import sample_values
from kehu.engage.templates.faults import TemplateInvalid
from kehu.engage.templates.markup import hosts
from kehu.engage.templates.rendering import (
    Compiled,
    Draft,
    Missing,
    Urls,
    compile_draft,
    policies,
    require_allowed,
)
from kehu.engage.templates.values import Vocabulary
from kehu.platform.text import Text

LONGEST_SUBJECT = 60
WIDEST_SUBJECT = 200
LEAST_TEXT = 40
TEXT_AN_IMAGE = 60
MOST_HOSTS = 4
FEW_LETTERS = 6
CLIPPED_BYTES = 102 * 1024
SHORTENERS = frozenset(
    {"t.cn", "url.cn", "dwz.cn", "bit.ly", "t.co", "goo.gl", "tinyurl.com", "suo.im", "is.gd"}
)
EXAMPLE = "https://example.invalid"
SHOWN = Urls(view=f"{EXAMPLE}/view", unsubscribe=f"{EXAMPLE}/unsubscribe", pixel="", link=lambda place: f"{EXAMPLE}/{place}",
             survey=f"{EXAMPLE}/survey")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where (line 0: the subject or the whole), and how to mend it."""

    code: str
    level: Literal["refused", "warning"]
    text: Text
    line: int = 0


def check(draft: Draft, vocabulary: Vocabulary) -> tuple[Compiled | None, list[Finding]]:
    """Return a draft compiled, None where it cannot be, and everything that was found."""
    try:
        require_allowed(draft, vocabulary.require)
        compiled = compile_draft(draft, {**vocabulary.fields, **vocabulary.denied})
    except TemplateInvalid as fault:
        return None, [Finding(fault.fault, "refused", fault.plain, fault.line)]
    found = [
        *_trial(compiled, draft, vocabulary),
        *_subject(draft),
        *_body(compiled, vocabulary),
        *_gaps(draft, vocabulary),
    ]
    return compiled, sorted(found, key=lambda one: one.level != "refused")


def _trial(compiled: Compiled, draft: Draft, vocabulary: Vocabulary) -> Iterator[Finding]:
    values = sample_values("usual", vocabulary.fields, draft.language)
    seen = compiled.render(values, urls=SHOWN)
    if isinstance(seen, Missing):
        text = Text(
            "用示例客户试着生成没有成功。检查条件里比较的两边是否同类：金额和数字比，文字和文字比。",
            "It could not be made for a sample customer. Compare like with like: amounts with numbers, texts with texts.",
        )
        yield Finding("trial", "refused", text)
    elif (size := len(seen.html.encode())) > CLIPPED_BYTES:
        text = Text(
            f"正文有 {size // 1024} KB，超过 102 KB 的邮件会被截断。删减内容或样式。",
            f"The body has {size // 1024} kB; mails above 102 kB are clipped. Shorten content or styles.",
        )
        yield Finding("size", "warning", text)


def _subject(draft: Draft) -> Iterator[Finding]:
    subject = draft.subject.strip()
    if not subject:
        yield Finding("subject_empty", "refused", Text("主题是空的。", "The subject is empty."))
        return
    shown = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", subject)
    if len(shown) > LONGEST_SUBJECT:
        text = Text(
            f"主题有 {len(shown)} 字，手机上只显示前 30 字左右。把要点放在前面，或缩短到 {LONGEST_SUBJECT} 字以内。",
            f"The subject has {len(shown)} characters; phones show about 30. Put the point first, or keep to {LONGEST_SUBJECT}.",
        )
        yield Finding("subject_long", "warning", text)
    letters = [c for c in shown if c.isascii() and c.isalpha()]
    loud = len(letters) > FEW_LETTERS and sum(c.isupper() for c in letters) > 0.7 * len(letters)
    if loud or re.search(r"[!！]{2,}|[?？]{2,}|[￥$]{2,}|【.*】.*【", shown):
        text = Text(
            "主题里有连续的感叹号或全大写，容易进垃圾箱。用平常的语气写。",
            "The subject shouts (capitals or repeated marks) and may be taken for spam. Write it plainly.",
        )
        yield Finding("subject_loud", "warning", text)


def _body(compiled: Compiled, vocabulary: Vocabulary) -> Iterator[Finding]:
    seen = compiled.markup
    if vocabulary.must_unsubscribe and not any(one.address == "unsubscribe_url" for one in seen.links):
        text = Text(
            "没有退订链接。加一个“页脚”块，或在文字里放 [退订]({{ unsubscribe_url }})。",
            "There is no link to unsubscribe. Add a footer block, or put [unsubscribe]({{ unsubscribe_url }}) into a text.",
        )
        yield Finding("unsubscribe", "refused", text)
    if seen.text_length < LEAST_TEXT:
        text = Text(
            f"正文只有 {seen.text_length} 个字，只有图片的邮件常被拦截。把要点写成文字。",
            f"The body has {seen.text_length} characters; mails of pictures alone are often held back. Say it in words too.",
        )
        yield Finding("text_short", "warning", text)
    elif len(seen.images) * TEXT_AN_IMAGE > seen.text_length:
        text = Text(
            f"{len(seen.images)} 张图片配 {seen.text_length} 个字，图片太多。减少图片或多写几句。",
            f"{len(seen.images)} pictures beside {seen.text_length} characters are many. Use fewer, or write more.",
        )
        yield Finding("images_many", "warning", text)
    if blank := sum(not (alt or "").strip() for _, alt in seen.images):
        text = Text(
            f"{blank} 张图片没有说明文字。很多邮箱默认不显示图片，给每张写一句说明。",
            f"{blank} pictures have no description. Many mailboxes hide pictures at first: describe each.",
        )
        yield Finding("alt", "warning", text)
    yield from _links(compiled)


def _links(compiled: Compiled) -> Iterator[Finding]:
    found = set(hosts(compiled.markup.links))
    plain = [one.address for one in compiled.markup.links if one.address.lower().startswith("http://")]
    if plain:
        text = Text(
            f"链接 {plain[0][:60]} 没有加密。换成 https 地址。",
            f"The link {plain[0][:60]} is not encrypted. Use an https address.",
        )
        yield Finding("link_plain", "warning", text)
    for host in sorted(found):
        if host in SHORTENERS or _is_number(host):
            text = Text(
                f"链接指向 {host}：短链接和数字地址看起来像诈骗。写完整的网址。",
                f"A link leads to {host}: short links and bare numbers look like fraud. Write the whole address.",
            )
            yield Finding("link_host", "warning", text)
    if len(found) > MOST_HOSTS:
        text = Text(
            f"链接指向 {len(found)} 个不同的网站，容易被当成垃圾邮件。尽量都用自己的网站。",
            f"Links lead to {len(found)} different sites, which looks like spam. Prefer your own site.",
        )
        yield Finding("hosts_many", "warning", text)


def _gaps(draft: Draft, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Tell which variables leave customers out without anybody having decided so."""
    for name, rule in policies(draft).items():
        if rule["policy"] != "skip" or name in draft.missing:
            continue
        spec = vocabulary.fields.get(name.removeprefix("customer."))
        label = spec.label if spec else Text(name, name)
        text = Text(
            f"没有“{label.zh}”的客户不会收到。若要照发，给它一个默认文字。",
            f"Customers without “{label.en}” are left out. To send to them too, give it a default text.",
        )
        yield Finding("gap", "warning", text)


def _is_number(host: str) -> bool:
    try:
        ip_address(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False
    return True


def must_pass(draft: Draft, vocabulary: Vocabulary) -> Compiled:
    """Return a draft compiled. Raises TemplateInvalid with the first thing that refuses it."""
    compiled, found = check(draft, vocabulary)
    for one in found:
        if one.level == "refused":
            raise TemplateInvalid(one.code, one.text, one.line)
    if compiled is None:
        raise TypeError
    return compiled
