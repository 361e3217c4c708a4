"""Installations for tests that kill, fill and cut: one for each test, and one that stands and is served to them all."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from tests.installation import Api, Installation, free_port, installed, until

PEOPLE = """
from django.utils import timezone
from kehu.collect.sources import create_source
from kehu.govern import operations
now, root, tokens = timezone.now(), operations.get_unit(None), {}
units = {"root": root}
for code in ("hangzhou", "ningbo"):
    units[code] = operations.create_unit(code=code, name=code, parent=root, actor_id=None, now=now)
staff = (("steward", "steward", "root"), ("alice", "branch_head", "hangzhou"), ("charlie", "branch_head", "ningbo"),
    ("auditor", "audit_admin", "root"))
for name, role, unit in staff:
    user = operations.create_user(email=f"{name}@hengchuan.example", name=name, password="a-long-quiet-evening",
        roles=[role], unit=units[unit], actor_id=None, now=now)
    tokens[name] = operations.create_token(user=user, name="test", actor_id=None, now=now)
_, tokens["write_key"] = create_source(key="core", name="核心系统", kind="file", trust=90, unit=root, actor_id=None, now=now)
print(json.dumps(tokens))
"""


@dataclass(frozen=True)
class Bank:
    """A served installation: a steward over all, Alice who heads Hangzhou, Charlie who heads Ningbo, an auditor."""

    installation: Installation
    port: int
    tokens: dict[str, str]

    def api(self, name: str = "steward", port: int | None = None) -> Api:
        """Return somebody who asks."""
        return Api(port or self.port, self.tokens[name])

    def count(self, statement: str, *values: object) -> int:
        """Return the one number that a query finds."""
        return int(self.installation.query(statement, *values)[0][0])


@pytest.fixture
def installation() -> Iterator[Installation]:
    """A migrated home with a source `core`."""
    with installed() as made:
        made.run("source", "create", "core", "--name", "核心系统", "--kind", "file", "--trust", "90")
        yield made


@pytest.fixture(scope="session")
def bank() -> Iterator[Bank]:
    """One installation for many tests, each of which must leave it as able as it found it."""
    with installed() as made:
        yield open_bank(made)


def open_bank(made: Installation) -> Bank:
    """Fill a migrated home with people and serve it."""
    port = free_port()
    built = Bank(made, port, made.do(PEOPLE))
    made.start("serve", "--port", str(port))
    until(built.api().is_there)
    return built
