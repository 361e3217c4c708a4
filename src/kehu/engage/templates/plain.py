"""The text alternative of a message, made of its HTML: paragraphs, lists, links with their addresses."""

import re
from html.parser import HTMLParser

_SILENT = frozenset({"style", "title", "head"})
_BLOCKS = frozenset(
    {"p", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "section", "blockquote"}
)
_HIDDEN = re.compile(r"display:\s*none")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0
        self.hidden = 0
        self.address = ""
        self.said = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if self.hidden or (tag == "div" and _HIDDEN.search(found.get("style") or "")):
            self.hidden += tag == "div"
        if tag in _SILENT:
            self.silent += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "hr":
            self.parts.append("\n----------\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "a":
            self.address, self.said = found.get("href") or "", len(self.parts)

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            self.hidden -= tag == "div"
        elif tag in _SILENT:
            self.silent -= 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "a" and self.address:
            said = "".join(self.parts[self.said :]).strip()
            self.parts.append(f" ({self.address})" if said and said != self.address else self.address)
            self.address = ""

    def handle_data(self, data: str) -> None:
        if not self.silent and not self.hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def to_text(html: str) -> str:
    """Return the text of HTML in which Liquid is put aside. What reads as Liquid in it is made text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [re.sub(r"[ \u00a0]+", " ", line).strip() for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
