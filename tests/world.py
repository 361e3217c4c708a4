"""The one shared scene: a head office with two branches, people with their rights, and sources to speak."""

from dataclasses import dataclass
from datetime import UTC, datetime

from kehu.collect.models import Source
from kehu.collect.records import Statement
from kehu.collect.sources import create_source, get_source
from kehu.flows.ingest import Ingested, ingest
from kehu.govern import operations
from kehu.govern.access.actors import Actor, load_actor
from kehu.govern.models.access import Unit, User

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
PASSWORD = "a-long-quiet-evening"


@dataclass(frozen=True)
class World:
    """Hangzhou with Xihu below it, and Ningbo; a steward at the root, a head in Hangzhou, managers in both."""

    root: Unit
    hangzhou: Unit
    xihu: Unit
    ningbo: Unit
    steward: User
    head: User
    alice: User
    charlie: User
    core: Source
    cards: Source

    def actor(self, user: User) -> Actor:
        """Return a user's rights as a request would load them."""
        found = load_actor(user.pk)
        assert found is not None
        return found

    def say(self, source: Source, key: str, /, *, unit: Unit | None = None, owner: User | None = None,
            now: datetime = NOW, **values: object) -> Ingested:  # fmt: skip
        """Let a source state one record."""
        statement = Statement(
            key=key, values=values, unit_id=unit.pk if unit else None, owner_id=owner.pk if owner else None
        )
        return ingest([statement], source=source, now=now)


def make_world() -> World:
    """Build the scene in the open transaction."""
    root = operations.get_unit(None)
    hangzhou = _unit("hz", "杭州分行", root)
    xihu = _unit("hz-xihu", "西湖支行", hangzhou)
    ningbo = _unit("nb", "宁波分行", root)
    return World(
        root, hangzhou, xihu, ningbo,
        _user("steward", "steward", root), _user("head", "branch_head", hangzhou),
        _user("alice", "relationship_manager", xihu), _user("charlie", "relationship_manager", ningbo),
        _source("core", "核心系统", 95, root), _source("cards", "信用卡系统", 80, root),
    )  # fmt: skip


def _unit(code: str, name: str, parent: Unit) -> Unit:
    return operations.create_unit(code=code, name=name, parent=parent, actor_id=None, now=NOW)


def _user(name: str, role: str, unit: Unit) -> User:
    return operations.create_user(
        email=f"{name}@hengchuan.example",
        name=name,
        password=PASSWORD,
        roles=[role],
        unit=unit,
        actor_id=None,
        now=NOW,
    )


def _source(key: str, name: str, trust: int, unit: Unit) -> Source:
    create_source(key=key, name=name, kind="file", trust=trust, unit=unit, actor_id=None, now=NOW)
    return get_source(key)
