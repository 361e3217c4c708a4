"""Who may do what on whose rows: units, users, roles, tokens. No customer data here, so no row security."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Unit(models.Model):
    """A node of the organisation; `path` holds the ids from the root down, so that a subtree is a prefix."""

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = ArrayField(models.IntegerField(), default=list)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "govern_unit"


class UnitSet(models.Model):
    """A distinct set of units that see some customer besides his home unit; interned, so that a row carries one number."""

    id = models.AutoField(primary_key=True)
    unit_ids = ArrayField(models.IntegerField(), unique=True)

    class Meta:
        db_table = "govern_unit_set"


class Users(BaseUserManager["User"]):
    """The manager that sign-in asks for; users are made by `kehu.govern.operations`."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by address, without regard to case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person or machine that signs in. Never deleted, only disabled: the audit refers to it."""

    id = models.AutoField(primary_key=True)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    language = models.CharField(max_length=8, default="zh-CN")
    is_active = models.BooleanField(default=True)
    failed_sign_ins = models.SmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "govern_user"


class Role(models.Model):
    """A named set of rights. Shipped ones are kept as the release says; own ones are made in the web app."""

    key = models.CharField(max_length=64, primary_key=True)
    label_zh = models.CharField(max_length=100)
    label_en = models.CharField(max_length=100)
    is_shipped = models.BooleanField(default=False)
    excludes = ArrayField(models.CharField(max_length=64), default=list)

    class Meta:
        db_table = "govern_role"


class RolePermission(models.Model):
    """Object × action × scope; scope is own, team, below or all."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="permissions")
    permission = models.CharField(max_length=64)
    scope = models.CharField(max_length=8)

    class Meta:
        db_table = "govern_role_permission"
        constraints = [
            models.UniqueConstraint(fields=["role", "permission"], name="one_scope_a_permission"),
            models.CheckConstraint(
                condition=models.Q(scope__in=["own", "team", "below", "all"]), name="scope_is_known"
            ),
        ]


class RoleFieldRule(models.Model):
    """What a role sees of one field, or of a class of fields (`C1`, `C2`, `*`): hidden, masked or clear."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="field_rules")
    field = models.CharField(max_length=64)
    rule = models.CharField(max_length=8)

    class Meta:
        db_table = "govern_role_field_rule"
        constraints = [
            models.UniqueConstraint(fields=["role", "field"], name="one_rule_a_field"),
            models.CheckConstraint(
                condition=models.Q(rule__in=["hidden", "masked", "clear"]), name="rule_is_known"
            ),
        ]


class UserRole(models.Model):
    """A user's role, standing at one unit."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="user_roles")
    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    since = models.DateTimeField()

    class Meta:
        db_table = "govern_user_role"
        constraints = [models.UniqueConstraint(fields=["user", "role", "unit"], name="one_role_a_unit")]


class Token(models.Model):
    """A machine's key to its user's rights; only the digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    name = models.CharField(max_length=100)
    digest = models.BinaryField(unique=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "govern_token"
