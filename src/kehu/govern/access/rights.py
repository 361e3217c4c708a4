"""The rights of the shipped roles, as data. A right is a permission with a scope: own, team, below (unit and below) or all."""

from typing import NamedTuple

from kehu.platform.text import Text

PERMISSIONS: dict[str, Text] = {
    "customer.read": Text("查看客户", "Read customers"),
    "customer.correct": Text("新建和更正客户", "Create and correct customers"),
    "customer.reveal": Text("查看完整号码", "Reveal masked values"),
    "customer.lookup": Text("按号码查找", "Look up by number"),
    "customer.export": Text("导出个人资料", "Export a person's data"),
    "customer.erase": Text("删除个人资料", "Erase a person"),
    "customer.contact": Text("记录联系和访谈", "Record contacts and interviews"),
    "customer.tag": Text("给客户加标签", "Put tags on customers"),
    "tag.manage": Text("管理标签", "Manage tags"),
    "import.run": Text("导入", "Import"),
    "import.revert": Text("撤回导入", "Revert an import"),
    "source.manage": Text("管理数据源", "Manage sources"),
    "event.inspect": Text("查看实时事件", "Inspect live events"),
    "review.decide": Text("审核待定记录", "Decide reviews"),
    "match.manage": Text("管理匹配规则", "Manage matching rules"),
    "field.manage": Text("管理字段", "Manage fields"),
    "user.manage": Text("管理用户", "Manage users"),
    "role.manage": Text("管理角色与权限", "Manage roles and rights"),
    "unit.manage": Text("管理机构", "Manage units"),
    "access.explain": Text("说明谁能看到", "Explain access"),
    "audit.read": Text("查看审计", "Read the audit"),
    "key.manage": Text("管理密钥", "Manage keys"),
    "view.share": Text("共享视图", "Share views"),
    "purpose.manage": Text("管理目的与告知", "Manage purposes and notices"),
    "consent.record": Text("登记同意与撤回", "Record consent and withdrawal"),
    "segment.read": Text("统计和查看客群", "Count and read segments"),
    "segment.manage": Text("保存和修改客群", "Save and change segments"),
    "segment.export": Text("导出客群成员", "Export the members of segments"),
    "dashboard.read": Text("查看看板", "Read dashboards"),
    "channel.manage": Text("管理渠道", "Manage channels"),
    "campaign.read": Text("查看营销活动", "Read campaigns"),
    "campaign.manage": Text("编写、启动和停止营销活动", "Write, start and stop campaigns"),
    "campaign.approve": Text("审批营销活动", "Approve campaigns"),
    "template.manage": Text("管理模板", "Manage templates"),
    "survey.read": Text("查看问卷、访谈和结果", "Read surveys, interviews and their results"),
    "survey.manage": Text("编写和发布问卷、访谈提纲", "Write and publish surveys and interview guides"),
    "survey.invite": Text("邀请客户答问卷", "Invite customers to surveys"),
    "survey.export": Text("导出问卷答案和访谈", "Export answers of surveys and interviews"),
    "task.work": Text("处理待办", "Work on tasks"),
    "trait.manage": Text("管理指标与模型", "Manage traits and models"),
    "offer.read": Text("查看产品推荐", "Read offers"),
    "offer.manage": Text("编写产品推荐", "Write offers"),
}


class ShippedRole(NamedTuple):
    """A role of the release. `excludes` names the roles that its holder must not have."""

    key: str
    label: Text
    scope: str
    permissions: tuple[str, ...]
    field_rule: str
    excludes: tuple[str, ...] = ()


_ADMINS = ("system_admin", "security_admin", "audit_admin")


def _admin(key: str, label: Text, permissions: tuple[str, ...]) -> ShippedRole:
    others = tuple(a for a in _ADMINS if a != key)
    return ShippedRole(key, label, "all", permissions, "hidden", others)


SHIPPED_ROLES: tuple[ShippedRole, ...] = (
    _admin(
        "system_admin",
        Text("系统管理员", "System administrator"),
        ("unit.manage", "user.manage", "field.manage"),
    ),
    _admin(
        "security_admin",
        Text("安全管理员", "Security administrator"),
        ("role.manage", "access.explain", "key.manage"),
    ),
    _admin("audit_admin", Text("审计管理员", "Audit administrator"), ("audit.read",)),
    ShippedRole(
        "steward",
        Text("数据管理员", "Data steward"),
        "all",
        (
            "customer.read",
            "customer.correct",
            "customer.reveal",
            "customer.lookup",
            "customer.export",
            "customer.erase",
            "customer.contact",
            "customer.tag",
            "tag.manage",
            "import.run",
            "import.revert",
            "source.manage",
            "event.inspect",
            "review.decide",
            "match.manage",
            "field.manage",
            "access.explain",
            "view.share",
            "consent.record",
            "dashboard.read",
            "channel.manage",
            "template.manage",
            "survey.read",
            "task.work",
        ),
        "masked",
    ),
    ShippedRole(
        "branch_head",
        Text("支行负责人", "Branch head"),
        "below",
        (
            "customer.read",
            "customer.correct",
            "customer.reveal",
            "customer.lookup",
            "customer.contact",
            "customer.tag",
            "view.share",
            "consent.record",
            "segment.read",
            "dashboard.read",
            "campaign.read",
            "campaign.approve",
            "survey.read",
            "survey.invite",
            "task.work",
            "offer.read",
        ),
        "masked",
    ),
    ShippedRole(
        "relationship_manager",
        Text("客户经理", "Relationship manager"),
        "own",
        (
            "customer.read",
            "customer.correct",
            "customer.reveal",
            "customer.lookup",
            "customer.contact",
            "customer.tag",
            "consent.record",
            "survey.read",
            "survey.invite",
            "task.work",
            "offer.read",
            "dashboard.read",
        ),
        "masked",
    ),
    ShippedRole(
        "marketer",
        Text("市场", "Marketer"),
        "all",
        (
            "customer.read",
            "customer.tag",
            "tag.manage",
            "segment.read",
            "segment.manage",
            "segment.export",
            "dashboard.read",
            "channel.manage",
            "campaign.read",
            "campaign.manage",
            "template.manage",
            "survey.read",
            "survey.manage",
            "survey.invite",
            "survey.export",
            "trait.manage",
            "offer.read",
            "offer.manage",
        ),
        "masked",
    ),
    ShippedRole(
        "analyst",
        Text("分析师", "Analyst"),
        "all",
        (
            "customer.read",
            "segment.read",
            "segment.manage",
            "campaign.read",
            "survey.read",
            "survey.export",
            "trait.manage",
            "offer.read",
            "dashboard.read",
        ),
        "masked",
    ),
    ShippedRole(
        "compliance",
        Text("合规", "Compliance"),
        "all",
        (
            "customer.read",
            "audit.read",
            "access.explain",
            "purpose.manage",
            "consent.record",
            "segment.read",
            "dashboard.read",
            "campaign.read",
            "campaign.approve",
            "survey.read",
        ),
        "masked",
    ),
)
