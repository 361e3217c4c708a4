"""From blocks to MJML. Texts are escaped; Liquid, **bold** and [a link](https://…) within them are kept."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kehu.engage.templates.faults import TemplateInvalid
from kehu.engage.templates.liquid.examine import LIQUID
from kehu.platform.text import Text

KINDS = ("headline", "text", "image", "button", "divider", "columns", "footer")
FONTS = "-apple-system, 'PingFang SC', 'Microsoft YaHei', 'Segoe UI', Roboto, Arial, sans-serif"
COLOR = "#1456b8"
MOST = 60
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_LINK = re.compile(
    r"\[([^\]\n]{1,200})\]\(((?:https?://|mailto:|tel:)[^\s()<>\"']{1,1000}|\{\{ ?[a-z_]+ ?\}\})\)"
)
_BOLD = re.compile(r"\*\*([^*\n]{1,500})\*\*")
Block = Mapping[str, Any]

WORDS = {
    "unsubscribe": Text("不想再收到此类邮件？点此退订", "No longer want these e-mails? Unsubscribe"),
    "view": Text("在浏览器中查看", "View in your browser"),
}


def to_mjml(document: Mapping[str, Any], language: str) -> str:
    """Return blocks as MJML. `document` is {color, preview, blocks}. Raises TemplateInvalid for a block that is not known."""
    blocks = document.get("blocks")
    if not isinstance(blocks, list) or len(blocks) > MOST or not all(isinstance(one, dict) for one in blocks):
        raise _wrong("blocks")
    color = str(document.get("color") or COLOR)
    if not _COLOR.fullmatch(color):
        raise _wrong("color")
    preview = str(document.get("preview") or "")[:200]
    groups = "\n".join(_section(group, color, language) for group in _grouped(blocks))
    return (
        "<mjml>\n  <mj-head>\n"
        + (f"    <mj-preview>{_inline(preview)}</mj-preview>\n" if preview else "")
        + "    <mj-attributes>\n"
        f'      <mj-all font-family="{FONTS}" />\n'
        '      <mj-text font-size="15px" line-height="1.7" color="#1f2933" padding="6px 32px" />\n'
        f'      <mj-button background-color="{color}" color="#ffffff" font-size="15px" border-radius="6px"'
        ' inner-padding="12px 28px" padding="14px 32px" align="left" />\n'
        '      <mj-image padding="0" />\n      <mj-divider border-width="1px" border-color="#e4e7eb" padding="14px 32px" />\n'
        "    </mj-attributes>\n  </mj-head>\n"
        f'  <mj-body background-color="#f2f4f7" width="600px">\n{_band(color)}\n{groups}\n  </mj-body>\n</mjml>\n'
    )


def _band(color: str) -> str:
    return (
        f'    <mj-section background-color="{color}" padding="0"><mj-column>'
        '<mj-spacer height="6px" /></mj-column></mj-section>'
    )


def _grouped(blocks: Sequence[Block]) -> list[list[Block]]:
    """Put blocks that stand below each other into one section; columns and the foot have their own."""
    groups: list[list[Block]] = []
    for block in blocks:
        alone = block.get("kind") in {"columns", "footer"}
        if alone or not groups or groups[-1][0].get("kind") in {"columns", "footer"}:
            groups.append([block])
        else:
            groups[-1].append(block)
    return groups


def _section(group: Sequence[Block], color: str, language: str) -> str:
    kind = group[0].get("kind")
    if kind == "footer":
        return _footer(group[0], language)
    if kind == "columns":
        sides = "\n".join(
            f"      <mj-column>\n{_lines(_part(one, color) for one in _side(group[0], side))}\n      </mj-column>"
            for side in ("left", "right")
        )
        return f'    <mj-section background-color="#ffffff" padding="8px 0">\n{sides}\n    </mj-section>'
    lines = _lines(_part(one, color) for one in group)
    return (
        '    <mj-section background-color="#ffffff" padding="14px 0">\n      <mj-column>\n'
        f"{lines}\n      </mj-column>\n    </mj-section>"
    )


def _side(block: Block, side: str) -> list[Block]:
    found = block.get(side)
    if not isinstance(found, list) or len(found) > MOST or not all(isinstance(one, dict) for one in found):
        raise _wrong(side)
    return found


def _lines(parts: Any) -> str:
    return "\n".join(f"        {part}" for part in parts)


def _part(block: Block, color: str) -> str:
    match block.get("kind"):
        case "headline":
            return _headline(block, color)
        case "text":
            return f"<mj-text>{_rich(_said(block, 'text'), color)}</mj-text>"
        case "image":
            link = f" href={quoteattr(_said(block, 'href'))}" if block.get("href") else ""
            return f"<mj-image src={quoteattr(_said(block, 'src'))} alt={_attribute(_said(block, 'alt'))}{link} />"
        case "button":
            return f"<mj-button href={quoteattr(_said(block, 'href'))}>{_inline(_said(block, 'text'))}</mj-button>"
        case "divider":
            return "<mj-divider />"
        case _:
            raise _wrong(str(block.get("kind"))[:40])


def _headline(block: Block, color: str) -> str:
    above = _said(block, "eyebrow")
    line = f'<mj-text font-size="13px" font-weight="600" color="{color}" padding="16px 32px 0">{_inline(above)}</mj-text>'
    gap = "4px" if above else "16px"
    text = (
        f'<mj-text font-size="24px" line-height="1.35" font-weight="700" padding="{gap} 32px 6px">'
        f"{_inline(_said(block, 'text'))}</mj-text>"
    )
    return f"{line}\n        {text}" if above else text


def _footer(block: Block, language: str) -> str:
    text = _rich(_said(block, "text"), "#616e7c")
    leave, view = WORDS["unsubscribe"].within(language), WORDS["view"].within(language)
    style = 'style="color:#616e7c;text-decoration:underline"'
    return (
        '    <mj-section padding="18px 0 28px">\n      <mj-column>\n'
        f'        <mj-text font-size="12px" line-height="1.7" color="#616e7c" align="center">{text}</mj-text>\n'
        '        <mj-text font-size="12px" line-height="1.7" color="#616e7c" align="center">'
        f'<a href="{{{{ unsubscribe_url }}}}" {style}>{escape(leave)}</a>&nbsp;&nbsp;·&nbsp;&nbsp;'
        f'<a href="{{{{ view_url }}}}" {style}>{escape(view)}</a></mj-text>\n'
        "      </mj-column>\n    </mj-section>"
    )


def _said(block: Block, name: str) -> str:
    return str(block.get(name) or "")[:5_000]


def _attribute(text: str) -> str:
    """Return a text as an attribute; its Liquid stays as it is."""
    return '"' + _around(text, lambda part: escape(part, {'"': "&quot;", "\n": " "})) + '"'


def _inline(text: str) -> str:
    return _around(text, escape).replace("\n", "<br/>")


def _rich(text: str, color: str) -> str:
    kept: list[str] = []

    def aside(found: re.Match[str]) -> str:
        style = f'style="color:{color};text-decoration:underline"'
        kept.append(f"<a href={quoteattr(found.group(2))} {style}>{_inline(found.group(1))}</a>")
        return f"\x01{len(kept) - 1}\x02"

    marked = _LINK.sub(aside, text.replace("\x01", "").replace("\x02", ""))
    written = _BOLD.sub(r"<strong>\1</strong>", _inline(marked))
    return re.sub("\x01([0-9]+)\x02", lambda found: kept[int(found.group(1))], written)


def _around(text: str, change: Any) -> str:
    """Change what stands around Liquid."""
    parts, last = [], 0
    for found in LIQUID.finditer(text):
        parts += [change(text[last : found.start()]), found.group()]
        last = found.end()
    return "".join([*parts, change(text[last:])])


def _wrong(what: str) -> TemplateInvalid:
    text = Text(
        f"内容块“{what}”不对。可用：{'、'.join(KINDS)}。",
        f"The block “{what}” is not as it must be. There are: {', '.join(KINDS)}.",
    )
    return TemplateInvalid("blocks", text)
