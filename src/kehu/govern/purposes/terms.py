"""The words of a purpose: legal bases, the slots of a notice, states, channels."""

import hashlib
import json
from collections.abc import Mapping

from kehu.platform.errors import Invalid
from kehu.platform.text import Text

LEGAL_BASES: dict[str, Text] = {
    "consent": Text("本人同意", "Consent"),
    "contract": Text("履行合同", "Contract"),
    "hr": Text("人力资源管理", "Human resources"),
    "legal_duty": Text("法定职责或义务", "Legal duty"),
    "emergency": Text("应急与保护", "Emergency"),
    "news": Text("新闻与舆论监督", "News"),
    "public_info": Text("已公开的信息", "Public information"),
    "other_law": Text("法律另有规定", "Other law"),
}
"""PIPL 13."""

NOTICE_SLOTS: dict[str, Text] = {
    "handler": Text("处理者", "Handler"),
    "contact": Text("联系方式", "Contact"),
    "purpose": Text("处理目的", "Purpose"),
    "method": Text("处理方式", "Method"),
    "categories": Text("信息种类", "Categories"),
    "retention": Text("保存期限", "Retention"),
    "rights": Text("行使权利的方式", "How to use your rights"),
}
"""PIPL 17: what a person has to be told before his data is used."""

CHANNELS: dict[str, Text] = {
    "email": Text("电子邮件", "E-mail"),
    "sms": Text("短信", "SMS"),
    "phone": Text("电话", "Phone"),
    "wecom": Text("企业微信", "WeCom"),
    "wechat": Text("微信", "WeChat"),
    "app": Text("手机银行与应用", "App"),
    "post": Text("信函", "Post"),
    "visit": Text("面访", "Visit"),
    "webhook": Text("数据接口", "Webhook"),
}
CHANNEL_PLACES = ("email", "sms", "phone", "wecom", "wechat", "app", "post", "visit", "webhook")
"""The place of each channel in what is kept on customers, from 1: a new channel comes last, and none is ever moved."""
SAID = ("given", "refused", "withdrawn")
OBJECTIONS = ("objected", "lifted")
MOST_TEXT = 20_000


def read_notice(notice: str | Mapping[str, str]) -> dict[str, str]:
    """Return a notice as it is kept: its text, or the seven slots of the law. Raises Invalid where something is missing."""
    if isinstance(notice, str):
        text = notice.strip()
        if not text or len(text) > MOST_TEXT:
            raise Invalid(
                Text(
                    f"告知书要写明内容，最多 {MOST_TEXT} 字。",
                    f"The notice needs a text of at most {MOST_TEXT} characters.",
                )
            )
        return {"text": text}
    unknown = notice.keys() - NOTICE_SLOTS.keys()
    missing = [label for key, label in NOTICE_SLOTS.items() if not notice.get(key, "").strip()]
    if unknown or missing:
        raise Invalid(
            Text(
                "告知书还缺：" + "、".join(label.zh for label in missing)
                if missing
                else "告知书只有七项内容。",
                "The notice lacks: " + ", ".join(label.en for label in missing)
                if missing
                else "A notice has seven slots.",
            )
        )
    return {key: notice[key].strip() for key in NOTICE_SLOTS}


def hash_of(notice: Mapping[str, str]) -> str:
    """Return the SHA-256 of a notice in its one written form: whoever holds the text can prove that it was this one."""
    written = json.dumps(dict(notice), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
