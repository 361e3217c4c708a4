"""More people for the scene: administrators and others, appointed when a test needs them; and the trail that they leave."""

from tests.world import NOW, PASSWORD, World

from kehu.govern import operations
from kehu.govern.models.access import Unit, User
from kehu.govern.models.audit import AuditEvent


def appoint(world: World, role: str, unit: Unit | None = None, name: str = "") -> User:
    """Make a user with a role, at the root where no unit is named."""
    name = name or f"the-{role}"
    return operations.create_user(
        email=f"{name}@hengchuan.example", name=name, password=PASSWORD, roles=[role], unit=unit or world.root,
        actor_id=None, now=NOW,
    )  # fmt: skip


def trail(action: str) -> list[AuditEvent]:
    """Return the events of an action, oldest first."""
    return list(AuditEvent.objects.filter(action=action).order_by("id"))
