"""The separation of the three administrators: who runs, who grants and who audits are three people.

It is a matter of rights, not of role names: an own role counts by what it may do.
"""

from collections.abc import Iterable

from kehu.govern.models.access import RolePermission
from kehu.platform.errors import Conflict
from kehu.platform.text import Text

POWERS: tuple[frozenset[str], ...] = (
    frozenset({"unit.manage", "user.manage"}),
    frozenset({"role.manage", "key.manage"}),
    frozenset({"audit.read"}),
)


class RolesExclude(Conflict):
    """One person, or one role, would hold what two administrators must hold apart."""

    code = "roles_exclude"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "系统、安全、审计三类管理权限不能由一人或一个角色兼任。",
                "System, security and audit rights cannot lie with one person or in one role.",
            )
        )


def powers_of(role_keys: Iterable[str]) -> set[str]:
    """Return the permissions that several roles hold together."""
    rows = RolePermission.objects.filter(role_id__in=list(role_keys))
    return set(rows.values_list("permission", flat=True))


def require_separation(permissions: Iterable[str]) -> None:
    """Pass when the permissions touch one administrator's powers at most. Raises RolesExclude."""
    held = set(permissions)
    if sum(1 for power in POWERS if held & power) > 1:
        raise RolesExclude
