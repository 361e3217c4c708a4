"""The mapping of each demo file, column by column, as the bank's own people would confirm it.

`target` is a field key, or a property name for events; `role` says what a column is when it is no field.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Role = Literal["field", "key", "unit", "owner", "kind", "record_key", "happened_at", "property", "ignored"]


class Column(NamedTuple):
    """One column of a file: its header, the field it fills, and its role.

    `key` is the record's own key in its source, `record_key` in an event file the key of the record
    the event belongs to, `unit` a unit code, `owner` the e-mail of a user.
    """

    header: str
    target: str = ""
    role: Role = "field"


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How one file is read; `header_row` counts from 0, past the title lines above it.

    Where `kind` is a column, rows whose cell equals `organization_value` take the targets of
    `organization_targets` in place of the usual ones.
    """

    source: str
    form: Literal["csv", "xlsx"]
    holds: Literal["records", "events"]
    columns: tuple[Column, ...]
    encoding: str = "utf-8"
    header_row: int = 0
    event: str = ""
    organization_value: str = ""
    organization_targets: dict[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers in the order of the file."""
        return tuple(column.header for column in self.columns)

    def targets(self) -> dict[str, str]:
        """Return field key by header, for the columns that fill a field."""
        return {column.header: column.target for column in self.columns if column.target}


CORE = FileMapping(
    source="core",
    form="csv",
    holds="records",
    organization_value="企业",
    organization_targets={"证件号码": "uscc"},
    columns=(
        Column("客户号", "customer_no", "key"),
        Column("客户名称", "name"),
        Column("客户类型", "", "kind"),
        Column("证件类型", "", "ignored"),
        Column("证件号码", "resident_id"),
        Column("性别", "sex"),
        Column("出生日期", "birth_date"),
        Column("手机号码", "mobile"),
        Column("通讯地址", "address"),
        Column("职业", "occupation"),
        Column("工作单位", "employer"),
        Column("婚姻状况", "marital_status"),
        Column("学历", "education"),
        Column("开户日期", "opened_on"),
        Column("开户机构", "", "unit"),
        Column("客户经理", "", "owner"),
        Column("管理资产", "aum"),
        Column("存款余额", "deposit_balance"),
        Column("贷款余额", "loan_balance"),
        Column("客户等级", "tier"),
    ),
)

CARDS = FileMapping(
    source="cards",
    form="csv",
    holds="records",
    encoding="gb18030",
    header_row=1,
    columns=(
        Column("CUST_NBR", "", "key"),
        Column("CUST_NAME", "name"),
        Column("ID_NO", "resident_id"),
        Column("MOBILE_NO", "mobile"),
        Column("BIRTH_DT", "birth_date"),
        Column("SEX_CD", "sex"),
        Column("HOME_ADDR", "address"),
        Column("EMAIL", "email"),
        Column("CRD_LMT", "credit_limit"),
        Column("CARD_NO", "bank_card"),
        Column("OPEN_BRCH", "", "unit"),
    ),
)

WEALTH = FileMapping(
    source="wealth",
    form="xlsx",
    holds="records",
    columns=(
        Column("客户编号", "", "key"),
        Column("姓名", "name"),
        Column("身份证号", "resident_id"),
        Column("手机", "mobile"),
        Column("邮箱", "email"),
        Column("风险等级", "risk_level"),
        Column("风险评估到期日", "risk_expires_on"),
        Column("持有产品数", "product_count"),
        Column("理财市值", "wealth_value"),
        Column("客户经理", "", "owner"),
    ),
)

SERVICE_CALLERS = FileMapping(
    source="service",
    form="csv",
    holds="records",
    columns=(
        Column("来电人编号", "", "key"),
        Column("姓名", "name"),
        Column("手机", "mobile"),
        Column("备注", "note"),
    ),
)

SERVICE_RECORDS = FileMapping(
    source="service",
    form="csv",
    holds="events",
    event="服务工单",
    columns=(
        Column("工单号", "", "key"),
        Column("来电人编号", "", "record_key"),
        Column("客户姓名", "", "ignored"),
        Column("来电号码", "", "ignored"),
        Column("客户号", "", "ignored"),
        Column("业务类型", "topic", "property"),
        Column("工单类别", "category", "property"),
        Column("内容", "content", "property"),
        Column("受理时间", "", "happened_at"),
        Column("办结时间", "resolved_at", "property"),
        Column("满意度", "satisfaction", "property"),
    ),
)

TRANSACTIONS = FileMapping(
    source="core",
    form="csv",
    holds="events",
    event="交易",
    columns=(
        Column("流水号", "", "key"),
        Column("客户号", "", "record_key"),
        Column("交易时间", "", "happened_at"),
        Column("交易类型", "type", "property"),
        Column("金额", "amount", "property"),
        Column("币种", "currency", "property"),
        Column("渠道", "channel", "property"),
        Column("摘要", "summary", "property"),
    ),
)

FILES = {
    "core": CORE,
    "cards": CARDS,
    "wealth": WEALTH,
    "service": SERVICE_CALLERS,
    "service_records": SERVICE_RECORDS,
    "transactions": TRANSACTIONS,
}
