"""Writes of govern: units, users, roles, tokens. Each is audited in the transaction that does it."""

import hashlib
import secrets
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from kehu.govern import audit
from kehu.govern.access.rights import SHIPPED_ROLES
from kehu.govern.access.separation import RolesExclude, powers_of, require_separation
from kehu.govern.models.access import Role, RoleFieldRule, RolePermission, Token, Unit, User, UserRole
from kehu.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from kehu.platform.text import Text

ROOT_CODE = "root"


class UnitNotFound(NotFound):
    """No unit of this code."""

    code = "unit_not_found"


class UserNotFound(NotFound):
    """No user of this id."""

    code = "user_not_found"


class TokenNotFound(NotFound):
    """The user has no living token of this id."""

    code = "token_not_found"


class OwnRights(NotAllowed):
    """Somebody tries to change his own rights, or to disable himself."""

    code = "own_rights"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "不能更改自己的权限或停用自己，需由另一位管理员办理。",
                "You cannot change your own rights or disable yourself; another administrator can.",
            )
        )


class CodeTaken(Conflict):
    """Something of this code or address exists."""

    code = "taken"


def get_unit(code: str | None) -> Unit:
    """Return a unit by code, the root for None. Raises UnitNotFound."""
    units = Unit.objects.filter(parent__isnull=True) if code is None else Unit.objects.filter(code=code)
    found = units.order_by("id").first()
    if found is None:
        raise UnitNotFound(Text(f"没有代码为“{code}”的机构。", f"There is no unit with the code {code!r}."))
    return found


def create_unit(*, code: str, name: str, parent: Unit | None, actor_id: int | None, now: datetime) -> Unit:
    """Create a unit below `parent` (the root, when None and a root exists). Raises CodeTaken."""
    if Unit.objects.filter(code=code).exists():
        raise CodeTaken(Text(f"代码“{code}”已有机构使用。", f"A unit with the code {code!r} exists."))
    above = parent or Unit.objects.filter(parent__isnull=True).first()
    unit = Unit.objects.create(code=code, name=name, parent=above, created_at=now)
    unit.path = [*(above.path if above else []), unit.pk]
    unit.save(update_fields=["path"])
    audit.record(action="unit.create", actor_id=actor_id, now=now, object_kind="unit", object_id=unit.pk)
    return unit


def rename_unit(*, unit_id: int, name: str, actor_id: int | None, now: datetime) -> Unit:
    """Give a unit another name; its code stays, since sources name it. Raises UnitNotFound."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise UnitNotFound(Text("没有这个机构。", "There is no such unit."))
    unit.name = name
    unit.save(update_fields=["name"])
    audit.record(action="unit.rename", actor_id=actor_id, now=now, object_kind="unit", object_id=unit.pk)
    return unit


def get_user(user_id: int) -> User:
    """Return a user by id. Raises UserNotFound."""
    found = User.objects.select_related("unit").filter(pk=user_id).first()
    if found is None:
        raise UserNotFound(Text("没有这个用户。", "There is no such user."))
    return found


def create_user(
    *, email: str, name: str, password: str, roles: list[str], unit: Unit, actor_id: int | None, now: datetime
) -> User:
    """Create a user with roles at a unit. Raises CodeTaken, Invalid (address, password, role) or RolesExclude."""
    if User.objects.filter(email__iexact=email).exists():
        raise CodeTaken(Text("这个邮箱已有用户。", "A user with this address exists."))
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(Text("邮箱格式不对。", "This is no e-mail address.")) from error
    _require_good(password)
    user = User.objects.create(
        email=email,
        name=name or email.split("@", maxsplit=1)[0],
        password=make_password(password),
        unit=unit,
        created_at=now,
    )
    for role in roles:
        grant_role(user=user, role_key=role, unit=unit, actor_id=actor_id, now=now)
    audit.record(action="user.create", actor_id=actor_id, now=now, object_kind="user", object_id=user.pk)
    return user


def _require_good(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as error:
        raise Invalid(
            Text(
                "密码太短或太常见，至少 8 位。",
                "The password is too short or too common; use at least 8 characters.",
            )
        ) from error


def move_user(
    *, user: User, name: str | None, unit: Unit | None, actor_id: int | None, now: datetime
) -> None:
    """Change a user's name or his own unit; the units of his roles stay."""
    changed = []
    if name is not None:
        user.name, changed = name, ["name"]
    if unit is not None:
        user.unit, changed = unit, [*changed, "unit"]
    user.save(update_fields=changed)
    audit.record(
        action="user.change",
        actor_id=actor_id,
        now=now,
        object_kind="user",
        object_id=user.pk,
        fields=changed,
    )


def set_active(*, user: User, is_active: bool, actor_id: int | None, now: datetime) -> None:
    """Disable a user, which ends his sessions and tokens for good, or let him in again. Raises OwnRights."""
    if user.pk == actor_id and not is_active:
        raise OwnRights
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    if not is_active:
        end_sessions(user=user, now=now)
        Token.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=now)
    action = "user.enable" if is_active else "user.disable"
    audit.record(action=action, actor_id=actor_id, now=now, object_kind="user", object_id=user.pk)


def end_sessions(*, user: User, now: datetime) -> None:
    """End every session of a user. A session does not say whose it is before it is opened, so all living ones are."""
    theirs = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=now).iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()


def set_password(*, user: User, password: str, actor_id: int | None, now: datetime) -> None:
    """Set a new password, lift the lock and end the sessions that the old one opened. Raises Invalid."""
    _require_good(password)
    user.password = make_password(password)
    user.failed_sign_ins, user.locked_until = 0, None
    user.save(update_fields=["password", "failed_sign_ins", "locked_until"])
    end_sessions(user=user, now=now)
    audit.record(action="user.password", actor_id=actor_id, now=now, object_kind="user", object_id=user.pk)


def grant_role(*, user: User, role_key: str, unit: Unit, actor_id: int | None, now: datetime) -> None:
    """Give a user a role at a unit. Raises Invalid, OwnRights, or RolesExclude where his other roles forbid it."""
    if user.pk == actor_id:
        raise OwnRights
    role = Role.objects.filter(pk=role_key).first()
    if role is None:
        raise Invalid(Text(f"没有“{role_key[:60]}”这个角色。", f"There is no role {role_key[:60]!r}."))
    held = {r.role_id: r.role for r in UserRole.objects.filter(user=user).select_related("role")}
    if set(role.excludes) & held.keys() or any(role_key in r.excludes for r in held.values()):
        raise RolesExclude
    require_separation(powers_of([*held, role_key]))
    UserRole.objects.get_or_create(user=user, role=role, unit=unit, defaults={"since": now})
    audit.record(
        action="user.grant",
        actor_id=actor_id,
        now=now,
        object_kind="user",
        object_id=user.pk,
        details={"role": role_key},
    )


def revoke_role(*, user: User, role_key: str, unit: Unit, actor_id: int | None, now: datetime) -> None:
    """Take a role at a unit away; one that he does not hold is no error. Raises OwnRights."""
    if user.pk == actor_id:
        raise OwnRights
    UserRole.objects.filter(user=user, role_id=role_key, unit=unit).delete()
    audit.record(
        action="user.revoke", actor_id=actor_id, now=now, object_kind="user", object_id=user.pk,
        details={"role": role_key},
    )  # fmt: skip


def create_token(*, user: User, name: str, actor_id: int | None, now: datetime) -> str:
    """Make a token with its user's rights; the text is returned once and never kept."""
    text = "kehu_" + secrets.token_urlsafe(32)
    Token.objects.create(user=user, name=name, digest=hashlib.sha256(text.encode()).digest(), created_at=now)
    audit.record(action="token.create", actor_id=actor_id, now=now, object_kind="user", object_id=user.pk)
    return text


def revoke_token(*, user_id: int, token_id: int, now: datetime) -> None:
    """End one of a user's own tokens. Raises TokenNotFound."""
    if not Token.objects.filter(pk=token_id, user_id=user_id, revoked_at__isnull=True).update(revoked_at=now):
        raise TokenNotFound(Text("没有这个令牌。", "There is no such token."))
    audit.record(action="token.revoke", actor_id=user_id, now=now, object_kind="user", object_id=user_id)


def sync_shipped_roles() -> None:
    """Write the shipped roles as the release says; own roles are left alone. Run by the owner of the schema."""
    for shipped in SHIPPED_ROLES:
        role, _ = Role.objects.using("owner").update_or_create(
            key=shipped.key,
            defaults={
                "label_zh": shipped.label.zh, "label_en": shipped.label.en,
                "is_shipped": True, "excludes": list(shipped.excludes),
            },
        )  # fmt: skip
        for permission in shipped.permissions:
            RolePermission.objects.using("owner").update_or_create(
                role=role, permission=permission, defaults={"scope": shipped.scope}
            )
        RolePermission.objects.using("owner").filter(role=role).exclude(
            permission__in=shipped.permissions
        ).delete()
        RoleFieldRule.objects.using("owner").update_or_create(
            role=role, field="C2", defaults={"rule": shipped.field_rule}
        )


def sync_root_unit(*, now: datetime, name: str) -> None:
    """Make the root of the organisation where there is none."""
    if not Unit.objects.using("owner").exists():
        unit = Unit.objects.using("owner").create(code=ROOT_CODE, name=name, created_at=now)
        unit.path = [unit.pk]
        unit.save(using="owner", update_fields=["path"])
