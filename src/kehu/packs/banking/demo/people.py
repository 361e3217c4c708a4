"""Who of the demo bank does what is done in somebody's name."""

from kehu.govern.access.actors import Actor, load_actor
from kehu.govern.models.access import User


def actor_of(email: str) -> Actor:
    """Return the rights of one of the bank's people, in the open transaction. Raises LookupError."""
    user = User.objects.filter(email=email).first()
    actor = load_actor(user.pk) if user is not None else None
    if actor is None:
        raise LookupError(email)
    return actor
