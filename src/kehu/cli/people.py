"""Commands for units, sources, users and tokens."""

import argparse
from typing import Any

from kehu.cli.boot import boot


def add_commands(commands: Any) -> None:
    """Register the commands."""
    unit = commands.add_parser("unit", help="机构 / units").add_subparsers(dest="action", required=True)
    create = unit.add_parser("create")
    create.add_argument("code")
    create.add_argument("--name", required=True)
    create.add_argument("--parent")
    create.set_defaults(run=create_unit)
    source = commands.add_parser("source", help="数据源 / sources").add_subparsers(
        dest="action", required=True
    )
    create = source.add_parser("create")
    create.add_argument("key")
    create.add_argument("--name", required=True)
    create.add_argument("--kind", default="file")
    create.add_argument("--trust", type=int, default=50)
    create.add_argument("--unit")
    create.set_defaults(run=create_source)
    user = commands.add_parser("user", help="用户 / users").add_subparsers(dest="action", required=True)
    create = user.add_parser("create")
    create.add_argument("email")
    create.add_argument("--password", required=True)
    create.add_argument("--role", required=True, action="append")
    create.add_argument("--unit")
    create.add_argument("--name", default="")
    create.set_defaults(run=create_user)
    token = commands.add_parser("token", help="令牌 / tokens").add_subparsers(dest="action", required=True)
    create = token.add_parser("create")
    create.add_argument("--user", required=True)
    create.add_argument("--name", required=True)
    create.set_defaults(run=create_token)


def create_unit(options: argparse.Namespace) -> int:
    """Create a unit."""
    boot()
    from django.db import transaction
    from django.utils import timezone

    from kehu.govern import operations

    with transaction.atomic():
        parent = operations.get_unit(options.parent) if options.parent else None
        operations.create_unit(
            code=options.code, name=options.name, parent=parent, actor_id=None, now=timezone.now()
        )
    return 0


def create_source(options: argparse.Namespace) -> int:
    """Create a source and print its write key, which cannot be had again."""
    boot()
    from django.db import transaction
    from django.utils import timezone

    from kehu.collect import sources
    from kehu.govern import operations

    with transaction.atomic():
        _, write_key = sources.create_source(
            key=options.key, name=options.name, kind=options.kind, trust=options.trust,
            unit=operations.get_unit(options.unit), actor_id=None, now=timezone.now(),
        )  # fmt: skip
    print(write_key)
    return 0


def create_user(options: argparse.Namespace) -> int:
    """Create a user."""
    boot()
    from django.db import transaction
    from django.utils import timezone

    from kehu.govern import operations

    with transaction.atomic():
        operations.create_user(
            email=options.email, name=options.name, password=options.password, roles=options.role,
            unit=operations.get_unit(options.unit), actor_id=None, now=timezone.now(),
        )  # fmt: skip
    return 0


def create_token(options: argparse.Namespace) -> int:
    """Create a token and print it, and nothing else."""
    boot()
    from django.db import transaction
    from django.utils import timezone

    from kehu.govern import operations
    from kehu.govern.models.access import User
    from kehu.platform.errors import NotFound
    from kehu.platform.text import Text

    with transaction.atomic():
        user = User.objects.filter(email__iexact=options.user).first()
        if user is None:
            raise NotFound(Text("没有这个用户。", "There is no such user."))
        print(operations.create_token(user=user, name=options.name, actor_id=None, now=timezone.now()))
    return 0
