"""What the banking pack brings along: sources, units, sign-ins, tiers, risk levels and fields.

衡川银行 (Hengchuan Bank) is fictional. Tier bounds are examples of the demo, never rules of the product.
"""

from typing import Literal, NamedTuple

from kehu.platform.text import Text

BANK = Text("衡川银行", "Hengchuan Bank")
DEMO_PASSWORD = "kehu-demo-2026"  # noqa: S105 - printed in the tutorial: the sign-in of every invented user
MAIL_DOMAIN = "hengchuan.example"

Form = Literal["csv", "xlsx", "batch"]
Role = Literal[
    "relationship_manager",
    "steward",
    "branch_head",
    "marketer",
    "compliance",
    "analyst",
    "security_admin",
    "system_admin",
    "audit_admin",
]


class Source(NamedTuple):
    """A source system; `trust` (0-100) decides between equally good values, higher wins."""

    key: str
    name: Text
    kind: Literal["file", "app"]
    trust: int
    form: Form
    encoding: str = "utf-8"


class Unit(NamedTuple):
    """An organizational unit; the root has an empty parent."""

    code: str
    name: Text
    parent: str


class DemoUser(NamedTuple):
    """A person who can sign in to the demo bank with `DEMO_PASSWORD`."""

    email: str
    name: str
    role: Role
    unit: str


class Tier(NamedTuple):
    """A band of assets under management, from `lower` yuan up to the next band's."""

    code: str
    name: Text
    lower: int


class PackField(NamedTuple):
    """A figure of the customer file; `standard` names how values are checked, `data_class` is that of JR/T 0171.

    Keys that the registry has from the start keep the registry's definition.
    """

    key: str
    label: Text
    standard: str
    data_class: str
    section: str = "figures"
    party: str = "any"


SOURCES = (
    Source("core", Text("核心系统", "Core banking"), "file", 95, "csv"),
    Source("cards", Text("信用卡系统", "Credit cards"), "file", 80, "csv", "gb18030"),
    Source("wealth", Text("财富管理", "Wealth"), "file", 90, "xlsx"),
    Source("service", Text("客服中心", "Call center"), "file", 60, "csv"),
    Source("app", Text("手机银行与网站", "App and website"), "app", 50, "batch"),
)

ROOT_UNIT = "100000"
_BRANCHES = (
    ("571000", "杭州分行", "Hangzhou Branch"),
    ("574000", "宁波分行", "Ningbo Branch"),
    ("575000", "绍兴分行", "Shaoxing Branch"),
    ("577000", "温州分行", "Wenzhou Branch"),
)
_SUB_BRANCHES = (
    ("571001", "西湖支行", "Xihu Sub-branch"),
    ("571002", "滨江支行", "Binjiang Sub-branch"),
    ("571003", "拱墅支行", "Gongshu Sub-branch"),
    ("571004", "上城支行", "Shangcheng Sub-branch"),
    ("571005", "萧山支行", "Xiaoshan Sub-branch"),
    ("571006", "余杭支行", "Yuhang Sub-branch"),
    ("574001", "海曙支行", "Haishu Sub-branch"),
    ("574002", "鄞州支行", "Yinzhou Sub-branch"),
    ("574003", "江北支行", "Jiangbei Sub-branch"),
    ("574004", "慈溪支行", "Cixi Sub-branch"),
    ("575001", "越城支行", "Yuecheng Sub-branch"),
    ("575002", "柯桥支行", "Keqiao Sub-branch"),
    ("575003", "诸暨支行", "Zhuji Sub-branch"),
    ("577001", "鹿城支行", "Lucheng Sub-branch"),
    ("577002", "瓯海支行", "Ouhai Sub-branch"),
    ("577003", "瑞安支行", "Rui'an Sub-branch"),
    ("577004", "乐清支行", "Yueqing Sub-branch"),
)
UNITS = (
    Unit(ROOT_UNIT, Text("衡川银行总行", "Hengchuan Bank Head Office"), ""),
    *(Unit(code, Text(zh, en), ROOT_UNIT) for code, zh, en in _BRANCHES),
    *(Unit(code, Text(zh, en), f"{code[:3]}000") for code, zh, en in _SUB_BRANCHES),
)

COMPLIANCE = f"tang.wenjing@{MAIL_DOMAIN}"
HEAD = f"he.jiahe@{MAIL_DOMAIN}"
MARKETER = f"xu.jianing@{MAIL_DOMAIN}"
DEMO_USERS = (
    DemoUser(f"lin.xiaolan@{MAIL_DOMAIN}", "林晓岚", "relationship_manager", "571001"),
    DemoUser(f"zhao.yizhou@{MAIL_DOMAIN}", "赵一舟", "relationship_manager", "571001"),
    DemoUser(HEAD, "何嘉禾", "branch_head", "571000"),
    DemoUser(f"zhou.qiming@{MAIL_DOMAIN}", "周启明", "steward", ROOT_UNIT),
    DemoUser(MARKETER, "徐嘉宁", "marketer", ROOT_UNIT),
    DemoUser(COMPLIANCE, "唐文静", "compliance", ROOT_UNIT),
    DemoUser(f"fang.zhiyuan@{MAIL_DOMAIN}", "方致远", "analyst", ROOT_UNIT),
    DemoUser(f"qin.an@{MAIL_DOMAIN}", "秦安", "security_admin", ROOT_UNIT),
    DemoUser(f"song.xitong@{MAIL_DOMAIN}", "宋希桐", "system_admin", ROOT_UNIT),
    DemoUser(f"shen.jian@{MAIL_DOMAIN}", "申鉴", "audit_admin", ROOT_UNIT),
)

TIERS = (
    Tier("basic", Text("普通", "Basic"), 0),
    Tier("silver", Text("银", "Silver"), 50_000),
    Tier("gold", Text("金", "Gold"), 500_000),
    Tier("platinum", Text("白金", "Platinum"), 1_000_000),
    Tier("diamond", Text("钻石", "Diamond"), 3_000_000),
    Tier("private", Text("私人银行", "Private banking"), 6_000_000),
)

RISK_LEVELS = {
    "C1": Text("保守型", "Conservative"),
    "C2": Text("谨慎型", "Cautious"),
    "C3": Text("稳健型", "Balanced"),
    "C4": Text("积极型", "Growth"),
    "C5": Text("激进型", "Aggressive"),
}

FIELDS = (
    PackField("tier", Text("客户等级", "Tier"), "code", "C1"),
    PackField("risk_level", Text("风险等级", "Risk level"), "code", "C1"),
    PackField("risk_expires_on", Text("风险评估到期日", "Risk assessment expires"), "date", "C1"),
    PackField("aum", Text("管理资产", "Assets under management"), "money", "C2"),
    PackField("deposit_balance", Text("存款余额", "Deposits"), "money", "C2"),
    PackField("loan_balance", Text("贷款余额", "Loans"), "money", "C2"),
    PackField("credit_limit", Text("信用额度", "Credit limit"), "money", "C2"),
    PackField("wealth_value", Text("理财市值", "Wealth value"), "money", "C2"),
    PackField("product_count", Text("持有产品数", "Products held"), "integer", "C1"),
    PackField("opened_on", Text("开户日期", "Opened"), "date", "C1", "account"),
)
