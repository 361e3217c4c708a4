"""MJML to HTML. Liquid is put aside before and put back after, and only where a value is text: not in styles, addresses or tags."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from markupsafe import Markup as Safe

from kehu.engage.templates.faults import TemplateInvalid
from kehu.engage.templates.liquid.examine import LIQUID, URLS, line_of
from kehu.platform.text import Text

LONGEST_SOURCE = 200_000
DEEPEST = 60
OPEN, CLOSE = "kehu-liquid-", "-end"
"""Marks of what is put aside: plain letters, as the MJML library escapes others within attributes."""
PLACE = re.compile(f"{OPEN}([0-9]+){CLOSE}")
_RESERVED = re.compile(f"{OPEN}|[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]")
_BRACE = re.compile(rf"\{{(?=[{{%]|{OPEN})")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)(?:\"[^\"]*\"|'[^']*'|[^>\"'])*?(/?)>")
_VOID = frozenset({"br", "img", "hr", "meta", "link", "input", "col", "wbr", "area", "source"})
_FORBIDDEN_TAGS = frozenset(
    {"script", "iframe", "object", "embed", "form", "input", "button", "textarea", "select", "base", "svg", "math",
     "video", "audio", "link", "template", "mj-include", "frame", "frameset", "applet"}
)  # fmt: skip
_SHIPPED_META = frozenset({"http-equiv", "content", "name", "charset"})
_TEXT_ATTRIBUTES = frozenset({"alt", "title", "aria-label"})
_ADDRESSES = frozenset(
    {"href", "src", "background", "action", "formaction", "srcset", "poster", "xlink:href"}
)
_PLAIN_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"'\\\\]+", re.IGNORECASE)
_HOST = re.compile(r"https?://([^/?#]+)", re.IGNORECASE)
PIXEL = Safe('<img src="{}" width="1" height="1" alt="" style="display:block" />')
_VARIABLE = re.compile(r"\{\{-?\s*([a-z_]+)\s*-?\}\}")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the message: where it leads, or the variable that says it, and whether it is followed."""

    address: str
    is_tracked: bool
    text: str = ""


@dataclass(slots=True)
class Markup:
    """The HTML with marks for its Liquid, the Liquid by mark, and what was seen."""

    marked: str
    liquid: Sequence[str]
    links: list[Link] = field(default_factory=list)
    images: list[tuple[str, str | None]] = field(default_factory=list)
    text_length: int = 0


def to_markup(source: str) -> Markup:
    """Return a source as HTML. Raises TemplateInvalid: it cannot be read, is too deep, or does what a mail must not do."""
    _check_size(source)
    liquid: list[str] = []
    lines: list[int] = []

    def aside(found: re.Match[str]) -> str:
        liquid.append(found.group())
        lines.append(line_of(source, found.start()))
        return f"{OPEN}{len(liquid) - 1}{CLOSE}"

    marked = defuse(_convert(LIQUID.sub(aside, source)), "&#8203;")
    seen = _Walk(liquid, lines)
    seen.feed(marked)
    seen.close()
    kept = {int(place) for place in PLACE.findall(marked)}
    lost = [place for place in range(len(liquid)) if place not in kept]
    if lost:
        raise _outside(lines[lost[0]])
    return Markup(marked, liquid, seen.links, seen.images, seen.text_length)


def _check_size(source: str) -> None:
    if len(source) > LONGEST_SOURCE:
        text = Text(
            f"源码超过 {LONGEST_SOURCE // 1000} 千字。图片用地址引用，不要嵌在里面。",
            f"The source is longer than {LONGEST_SOURCE // 1000} thousand characters. Refer to images by address.",
        )
        raise TemplateInvalid("size", text)
    if found := _RESERVED.search(source):
        text = Text(
            "源码里有不可见的控制字符，删除它。", "There is a control character in the source. Remove it."
        )
        raise TemplateInvalid("characters", text, line_of(source, found.start()))
    depth = 0
    for tag in _TAG.finditer(source):
        if tag.group(3) or tag.group(2).lower() in _VOID:
            continue
        depth += -1 if tag.group(1) else 1
        if depth > DEEPEST:
            text = Text(f"标签嵌套超过 {DEEPEST} 层。", f"Tags are nested more than {DEEPEST} deep.")
            raise TemplateInvalid("depth", text, line_of(source, tag.start()))


def _convert(source: str) -> str:
    from mjml import mjml2html

    try:
        return mjml2html(source, disable_comments=True, fonts={})
    except ValueError as error:
        where = re.search(r"position (\d+):", str(error))
        line = _line_of_bytes(source, int(where.group(1))) if where else 0
        text = Text(
            "MJML 读不懂。检查标签是否成对，属性是否有引号，& 写成 &amp;，< 写成 &lt;。",
            "The MJML cannot be read. Check that tags are closed, attributes quoted, & written &amp; and < written &lt;.",
        )
        raise TemplateInvalid("mjml", text, line) from error


def _line_of_bytes(source: str, place: int) -> int:
    return source.encode()[:place].count(b"\n") + 1


def defuse(text: str, between: str) -> str:
    """Make what would read as Liquid in the constant parts read as text: only what was examined is Liquid."""
    return _BRACE.sub("{" + between, text)


def _outside(line: int) -> TemplateInvalid:
    text = Text(
        "这里不能放 Liquid。条件和循环要写在 mj-text 里面，或用 mj-raw 包起来。",
        "Liquid cannot stand here. Conditions and loops go inside mj-text, or are wrapped in mj-raw.",
    )
    return TemplateInvalid("place", text, line)


class _Walk(HTMLParser):
    """Walks the HTML once: refuses what a mail must not hold, and notes links, images and text."""

    def __init__(self, liquid: Sequence[str], lines: Sequence[int]) -> None:
        super().__init__(convert_charrefs=False)
        self.liquid = liquid
        self.lines = lines
        self.links: list[Link] = []
        self.images: list[tuple[str, str | None]] = []
        self.text_length = 0
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check a tag and its attributes."""
        if tag in _FORBIDDEN_TAGS or tag.startswith("mj-"):
            raise self._fault("tag", Text(f"邮件里不能用 <{tag}>。", f"A mail cannot hold <{tag}>."))
        raw = self.get_starttag_text() or ""
        if PLACE.search(re.sub(r'"[^"]*"', "", raw)):
            raise self._place_fault(raw)
        for name, value in attrs:
            self._check_attribute(tag, name, value or "")
        if tag in {"style", "title"}:
            self.silent += 1
        found = dict(attrs)
        if tag == "img":
            self.images.append((found.get("src") or "", found.get("alt")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check a tag that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag in {"style", "title"}:
            self.silent -= 1

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag whose content is not read."""
        if tag in {"style", "title"}:
            self.silent = max(self.silent - 1, 0)

    def handle_data(self, data: str) -> None:
        """Count text; refuse values in styles."""
        if self.silent and self.lasttag == "style" and PLACE.search(data):
            raise self._place_fault(data)
        if not self.silent:
            self.text_length += len("".join(PLACE.sub("", data).split()))

    def handle_comment(self, data: str) -> None:
        """Refuse values in comments; mail clients read conditional ones."""
        if PLACE.search(data):
            raise self._place_fault(data)

    def _check_attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or (
            name == "style" and re.search(r"expression|javascript:|url\(", value, re.IGNORECASE)
        ):
            raise self._fault(
                "attribute", Text(f"邮件里不能用属性 {name}。", f"A mail cannot use {name} this way.")
            )
        if name == "http-equiv" and value.lower() == "refresh":
            raise self._fault("attribute", Text("邮件不能自动跳转。", "A mail cannot redirect by itself."))
        if name in _ADDRESSES:
            self._check_address(tag, name, value.strip())
        elif PLACE.search(value) and (name not in _TEXT_ATTRIBUTES or "{%" in self._restored(value)):
            raise self._place_fault(value)

    def _check_address(self, tag: str, name: str, value: str) -> None:
        shown = self._restored(value)
        variable = _VARIABLE.fullmatch(shown)
        if name == "href" and tag in {"a", "area"} and variable and variable.group(1) in URLS:
            self.links.append(Link(variable.group(1), is_tracked=False))
            return
        if PLACE.search(value):
            text = Text(
                "链接和图片的地址里不能有客户的信息：地址会留在别人的日志里。",
                "An address cannot hold what is known of a customer: addresses stay in the logs of others.",
            )
            raise TemplateInvalid("address", text, self._line(value))
        is_link = name == "href" and tag in {"a", "area"}
        if not _PLAIN_ADDRESS.fullmatch(value) or (not is_link and not _HOST.match(value)):
            text = Text(
                f"地址“{value[:60]}”不能用。写完整的 https 地址。",
                f"The address “{value[:60]}” cannot be used. Write it whole, with https.",
            )
            raise TemplateInvalid("address", text)
        if is_link:
            self.links.append(Link(value, is_tracked=bool(_HOST.match(value))))

    def _restored(self, value: str) -> str:
        return PLACE.sub(lambda found: self.liquid[int(found.group(1))], value)

    def _line(self, value: str) -> int:
        found = PLACE.search(value)
        return self.lines[int(found.group(1))] if found else 0

    def _place_fault(self, value: str) -> TemplateInvalid:
        text = Text(
            "变量只能放在文字里，不能放在样式、标签属性或注释里。",
            "A variable stands within text, not in styles, attributes of tags or comments.",
        )
        return TemplateInvalid("place", text, self._line(value))

    @staticmethod
    def _fault(code: str, text: Text) -> TemplateInvalid:
        return TemplateInvalid(code, text)


def hosts(links: Sequence[Link]) -> Iterator[str]:
    """Yield the hosts to which the links lead."""
    for link in links:
        if found := _HOST.match(link.address):
            yield found.group(1).lower()


_HREF = re.compile(r'(<(?:a|area)\b[^>]*?\bhref=")([^"]*)(")', re.IGNORECASE)


def track(marked: str, liquid: Sequence[str]) -> tuple[str, list[str], tuple[str, ...]]:
    """Return the HTML with each web link replaced by the variable of its place, all Liquid, and the addresses in order."""
    addresses: list[str] = []
    joined = list(liquid)

    def numbered(found: re.Match[str]) -> str:
        address = unescape(found.group(2)).strip()
        if PLACE.search(address) or not _HOST.match(address):
            return found.group()
        joined.append(f"{{{{ link_{len(addresses)} }}}}")
        addresses.append(address)
        return f"{found.group(1)}{OPEN}{len(joined) - 1}{CLOSE}{found.group(3)}"

    return _HREF.sub(numbered, marked), joined, tuple(addresses)


def restore(marked: str, liquid: Sequence[str]) -> str:
    """Return a text with its Liquid back in place."""
    return PLACE.sub(lambda found: liquid[int(found.group(1))], marked)


def with_pixel(html: str) -> str:
    """Return the HTML with the place of the picture that tells that it was opened."""
    return re.sub(r"</body>", "{{ pixel }}</body>", html, count=1, flags=re.IGNORECASE)


def pixel_tag(address: str) -> Safe:
    """Return the picture that tells that a mail was opened; nothing without an address."""
    return PIXEL.format(address) if address else Safe("")
