"""The roles with their rights, and how many people hold each."""

from dataclasses import dataclass

from django.db.models import Count

from kehu.govern.access.roles import RoleNotFound
from kehu.govern.models.access import Role
from kehu.platform.text import Text


@dataclass(frozen=True, slots=True)
class RoleRights:
    """A role: scope by permission, rule by field or data class."""

    key: str
    label: Text
    is_shipped: bool
    excludes: tuple[str, ...]
    permissions: dict[str, str]
    field_rules: dict[str, str]
    holder_count: int


def list_roles(key: str | None = None) -> list[RoleRights]:
    """Return all roles (or the one of `key`), shipped ones first."""
    rows = Role.objects.annotate(holders=Count("userrole__user", distinct=True)).order_by(
        "-is_shipped", "key"
    )
    if key is not None:
        rows = rows.filter(pk=key)
    return [
        RoleRights(
            key=row.key,
            label=Text(row.label_zh, row.label_en),
            is_shipped=row.is_shipped,
            excludes=tuple(row.excludes),
            permissions={p.permission: p.scope for p in row.permissions.all()},
            field_rules={f.field: f.rule for f in row.field_rules.all()},
            holder_count=row.holders,
        )
        for row in rows.prefetch_related("permissions", "field_rules")
    ]


def get_role(key: str) -> RoleRights:
    """Return one role. Raises RoleNotFound."""
    found = list_roles(key)
    if not found:
        raise RoleNotFound(Text("没有这个角色。", "There is no such role."))
    return found[0]
