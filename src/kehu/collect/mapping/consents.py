"""Columns of a file of consents: who, which purpose, what was said, for which channels, when, and with what proof."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kehu.collect.mapping import wording
from kehu.collect.mapping.events import SUBJECT_FIELDS
from kehu.collect.mapping.proposal import ColumnProposal, FieldSpec
from kehu.collect.mapping.proposing import propose
from kehu.platform.text import Text

RECORD = "record_key"
CONSENT_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("purpose", Text("目的", "Purpose"), "text", ("用途", "授权用途", "处理目的", "同意事项", "授权事项", "PURPOSE_CODE")),
    FieldSpec(
        "consent_state", Text("表示", "Said"), "text",
        ("状态", "同意状态", "授权状态", "是否同意", "是否授权", "STATE", "STATUS", "CONSENT", "CONSENT_STATUS", "OPT_IN"),
    ),
    FieldSpec(
        "said_at", Text("表示时间", "Said at"), "timestamp",
        ("同意时间", "授权时间", "签署时间", "签署日期", "同意日期", "授权日期", "时间", "CONSENT_TIME", "CONSENT_DATE", "SIGNED_AT"),
    ),
    FieldSpec("consent_channels", Text("渠道", "Channels"), "text", ("授权渠道", "联系渠道", "CHANNEL", "CHANNELS")),
    FieldSpec("evidence", Text("凭证", "Evidence"), "text", ("证明", "凭证号", "签字单", "授权书编号", "录音编号", "PROOF")),
    FieldSpec("notice_version", Text("告知书版本", "Notice version"), "text", ("版本", "协议版本", "隐私政策版本", "VERSION")),
    FieldSpec("valid_until", Text("有效期至", "Valid until"), "timestamp", ("到期时间", "到期日", "失效日期", "EXPIRES_AT")),
    FieldSpec(RECORD, Text("记录主键", "Record key"), "text", ("来源主键", "RECORD_ID")),
)  # fmt: skip
REQUIRED = ("purpose", "consent_state", "said_at")


def propose_consents(
    columns: Sequence[str],
    samples: Sequence[Sequence[str]],
    fields: Sequence[FieldSpec],
    remembered: Mapping[str, str] | None = None,
) -> list[ColumnProposal]:
    """Propose targets for the columns of a file of consents; the parameters are those of `propose`, the role is `field`."""
    del remembered  # what columns of customers mean says nothing of these
    subjects = [field for field in fields if field.key in SUBJECT_FIELDS]
    found = propose(columns, samples, [*CONSENT_FIELDS, *subjects])
    has_time = any(p.field == "said_at" for p in found)
    return [_as_consent(proposal, takes_time=not has_time) for proposal in found]


def _as_consent(proposal: ColumnProposal, *, takes_time: bool) -> ColumnProposal:
    if proposal.role == "key" and proposal.field:
        return replace(proposal, role="field")
    if proposal.role == "key":
        return replace(proposal, role="field", field=RECORD)
    if proposal.role == "at" and takes_time:
        return replace(proposal, role="field", field="said_at")
    if proposal.role in ("unit", "owner", "at"):
        return replace(proposal, role="ignore", certainty="none", reason=wording.NO_FIELD, warning=None)
    return proposal


def mapping_of_consents(proposals: Sequence[ColumnProposal]) -> dict[str, Any]:
    """Return the mapping that proposals amount to: `{"columns": {column: target}}`."""
    return {"columns": {p.column: p.field for p in proposals if p.field and p.role == "field"}}
