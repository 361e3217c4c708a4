"""A person's copy of all that is held of him, as a page that he can read: Chinese, with English beside (PIPL 45)."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

_STYLE = (
    "body{font:14px/1.6 sans-serif;max-width:860px;margin:32px auto}table{border-collapse:collapse;width:100%}"
    "td,th{border-bottom:1px solid #e4e7ec;padding:6px 8px;text-align:left;font-weight:400;vertical-align:top}"
    "th{color:#5b6474}td{overflow-wrap:anywhere;white-space:pre-wrap}"
)
_PARTS = {
    "relationships": "关系 Relationships", "consents": "同意 Consents", "segments": "客群 Segments", "lists": "名单 Lists",
    "tags": "标签 Tags",    "messages": "发送的消息 Messages", "surveys": "问卷 Surveys", "interviews": "访谈 Interviews", "tasks": "待办 Tasks",
    "traits": "算出的指标 Computed traits", "offers": "推荐 Offers", "accesses": "谁查看过 Who looked",
}  # fmt: skip
_WORDS = {
    "at": "时间 Time", "name": "名称 Name", "source": "来源 Source", "role": "角色 Role", "other": "对方 With", "from": "自 From",
    "to": "至 To", "purpose": "目的 Purpose", "version": "版本 Version", "channel": "渠道 Channel", "state": "状态 State",
    "said_at": "表示时间 Said at", "evidence": "凭证 Evidence", "notice_hash": "告知书摘要 Notice", "entered_at": "进入 Entered",
    "left_at": "离开 Left", "campaign": "活动 Campaign", "reason": "原因 Reason", "planned_at": "计划时间 Planned",
    "ended_at": "结束 Ended", "receipts": "回执 Receipts", "survey": "问卷 Survey", "invited_at": "邀请 Invited",
    "answered_at": "回答 Answered", "answers": "回答 Answers", "guide": "提纲 Guide", "held_at": "访谈时间 Held",
    "themes": "主题 Themes", "notes": "记录 Notes", "title": "事项 Title", "outcome": "结果 Outcome", "key": "代码 Key",
    "used_for": "用途 Used for", "unit": "单位 Unit", "value": "值 Value", "as_of": "截至 As of", "offer": "推荐 Offer",
    "because": "原因 Because", "place": "位置 Place", "action": "操作 Action", "decision": "决定 Decision", "fields": "字段 Fields",
}  # fmt: skip


def write_copy(held: Mapping[str, Any]) -> str:
    """Return an export as a page. Every part of it is there; what is empty is left out."""
    values = "".join(
        f"<tr><th>{escape(v['label'])} {escape(v['label_en'])}</th><td>{escape(v['display'])}</td><td>{escape(v['source'])}</td></tr>"
        for v in held["values"]
    )
    records = "".join(
        f"<li>{escape(r['source'])}，{len(r['versions'])} 个版本，{escape(r['linked_at'][:10])} 起</li>"
        for r in held["records"]
    )
    events = "".join(
        f"<tr><th>{escape(e['at'][:19])}</th><td>{escape(e['source'] or '')}</td><td>{escape(e['name'])}</td>"
        f"<td>{_told(e['details'])}</td></tr>"
        for e in held["timeline"]
    )
    parts = "".join(_part(title, held[key]) for key, title in _PARTS.items() if held.get(key))
    return (
        "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>个人信息副本</title>"
        f"<style>{_STYLE}</style>"
        f"<h1>个人信息副本 Copy of personal information</h1><p>{escape(held['exported_at'][:19])}</p>"
        f"<h2>资料 Values</h2><table>{values}</table><h2>来源记录 Records</h2><ul>{records}</ul>"
        f"<h2>时间线 Timeline</h2><table>{events}</table>{parts}</html>"
    )


def _part(title: str, items: Iterable[Any]) -> str:
    entries = "".join(f"<tr><td>{_told(one)}</td></tr>" for one in items)
    return f"<h2>{title}</h2><table>{entries}</table>"


def _told(one: Any) -> str:
    """Return a value in words: of an object a line for each thing that it says."""
    if isinstance(one, Mapping):
        said = ((_WORDS.get(str(key), str(key)), value) for key, value in one.items())
        return "<br>".join(
            f"{escape(word)}：{_told(value)}" for word, value in said if value not in (None, "", [], {})
        )
    if isinstance(one, list | tuple):
        return "；".join(_told(part) for part in one)
    return escape(str(one))
