"""QR codes of links, as SVG that prints at any size."""

import io

from kehu.engage.surveys.faults import SurveyStateWrong
from kehu.platform.text import Text


def draw(address: str | None) -> bytes:
    """Return the code of an address. Raises SurveyStateWrong where the survey has no link for all."""
    import segno

    if address is None:
        raise SurveyStateWrong(
            Text(
                "这份问卷没有公开链接：先发布；个人链接在“发放”里逐位生成。",
                "This survey has no open link: publish it first. Personal links are made one a customer.",
            )
        )
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", scale=6, border=4, xmldecl=False)
    return out.getvalue()
