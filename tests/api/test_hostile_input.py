"""What an attacker, or a broken client, puts into every string and number: refused or read, never a fault, never more rows."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.api.staff import appoint
from tests.architecture.route_rules import FILE, ID, RULES
from tests.architecture.routes import Operation, ruled
from tests.conftest import Caller
from tests.world import World

INJECTIONS = (
    "' OR '1'='1", "'; DROP TABLE profile_customer; --", "x') UNION SELECT id FROM govern_user --", "%s %(x)s %", "{0} {x}",
    "\\'; SELECT set_config('kehu.ctx', '', false); --", "$$; SELECT pg_sleep(9) $$",
)  # fmt: skip
BROKEN = ("\x00", "a\x00b", "\ud800", "𠮷" * 50, "\u202e\u200b", "A" * 100_000, "1e400", "=1+1")
OPERATIONS = ruled()


def poisoned(body: Any, poison: Any) -> Iterator[Any]:
    """Return copies of a body with the poison in the place of each leaf in turn."""
    if isinstance(body, dict):
        for key, value in body.items():
            for changed in poisoned(value, poison):
                yield body | {key: changed}
    elif isinstance(body, list):
        for changed in poisoned(body[0], poison) if body else ():
            yield [changed, *body[1:]]
    else:
        yield poison


@pytest.fixture
def callers(world: World, call: Callable[..., Caller]) -> Callable[[Operation], Caller]:
    """Find the caller of an operation among four who may all together."""
    staff = {role: call(appoint(world, role)) for role in ("system_admin", "security_admin", "audit_admin")}
    steward = call(world.steward)
    powers = {"unit.manage": "system_admin", "user.manage": "system_admin", "audit.read": "audit_admin"}

    def find(operation: Operation) -> Caller:
        permission = RULES[operation.name].permissions[0]
        role = powers.get(permission, "security_admin" if permission == "role.manage" else "")
        return staff.get(role, steward)

    return find


def path_of(operation: Operation, key: str = ID) -> str:
    with_ids = re.sub(r"\{\w+_id\}", key, operation.path)
    return "/api/v1" + re.sub(r"\{\w+\}", "nothing", with_ids)


@pytest.mark.parametrize(
    "poison", [*INJECTIONS, *BROKEN, -1, 2**63, 10**400, None, [], {}], ids=lambda p: repr(p)[:24]
)
def test_no_body_brings_a_route_down(
    world: World, callers: Callable[[Operation], Caller], poison: Any
) -> None:
    for operation in OPERATIONS:
        body = RULES[operation.name].body
        for bad in poisoned(body, poison) if isinstance(body, dict) else ():
            answer = callers(operation).client.generic(
                operation.method, path_of(operation), data=json.dumps(bad), content_type="application/json"
            )
            assert answer.status_code < 500, f"{operation.name} {bad!r}"[:200]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'{"q": "\xff\xfe"}', b"[" * 100_000, b'{"q": 1e999}', b'{"q": NaN}', b'"text"', b"null", b'{"q":"a","q":"b"}'],
    ids=lambda body: repr(body[:12]),
)  # fmt: skip
def test_what_is_no_json_is_refused(
    world: World, callers: Callable[[Operation], Caller], body: bytes
) -> None:
    for operation in OPERATIONS:
        if RULES[operation.name].body not in (None, FILE):
            answer = callers(operation).client.generic(
                operation.method, path_of(operation), data=body, content_type="application/json"
            )
            assert answer.status_code < 500, operation.name


@pytest.mark.parametrize("text", [*INJECTIONS, *BROKEN[:5]], ids=lambda text: repr(text)[:24])
def test_no_query_widens_what_is_seen(world: World, call: Callable[..., Caller], text: str) -> None:
    world.say(world.core, "1", unit=world.xihu, name="沈静仪", tier="gold")
    charlie, text = call(world.charlie), text.encode(errors="replace").decode()

    for asked in ({"sort": text}, {"cursor": text}, {"filter": f"tier:eq:{text}"}, {"filter": text}, {"count": text},
                  {"filter": f"{text}:eq:gold"}, {"filter": f"tier:{text}:gold"}):  # fmt: skip
        answer = charlie.get("/customers", **asked)
        assert answer.status_code in {200, 422}, asked
        assert "沈静仪" not in answer.content.decode()
    assert charlie.post("/customers/search", {"q": text}).json().get("items", []) == []


@pytest.mark.parametrize("text", [*INJECTIONS, *BROKEN[:5]], ids=lambda text: repr(text)[:24])
def test_no_question_breaks_the_audit(world: World, call: Callable[..., Caller], text: str) -> None:
    auditor, text = call(appoint(world, "audit_admin")), text.encode(errors="replace").decode()

    for key in ("action", "object", "from", "to", "cursor", "actor"):
        answer = auditor.get("/audit", **{key: text})
        assert answer.status_code in {200, 422}, key
        assert answer.json().get("items", []) == []


@pytest.mark.parametrize("forged", ["1|1|||1||~00", "9999999999|1||1|1,2,3|~", "nonsense", "~~~|||"])
def test_a_forged_scope_is_an_error_and_no_rows(world: World, forged: str) -> None:
    world.say(world.core, "1", unit=world.xihu, name="沈静仪")
    with transaction.atomic(), connection.cursor() as db:
        db.execute("SELECT set_config('kehu.ctx', %s, true)", [forged])
        with pytest.raises(ProgrammingError) as refused:
            db.execute("SELECT count(*) FROM profile_customer")
        transaction.set_rollback(True)

    assert getattr(refused.value.__cause__, "sqlstate", "") == "42501"
