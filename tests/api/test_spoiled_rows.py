"""F-16: a sealed value that was tampered with spoils its own row only, and the trail says so."""

from collections.abc import Callable

from django.db import connection
from tests.conftest import Caller
from tests.world import World

from kehu.govern.models.audit import AuditEvent
from kehu.platform.scope import SYSTEM, acting


def test_a_tampered_customer_does_not_take_the_list_with_him(
    world: World, call: Callable[..., Caller]
) -> None:
    world.say(world.core, "1", name="沈静仪", mobile="13857101234")
    world.say(world.core, "2", name="顾长林", mobile="13957101234")
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE profile_customer SET sealed = set_byte(sealed, 20, (get_byte(sealed, 20) + 1) %% 256) WHERE name = %s",
            ["沈静仪"],
        )

    items = {item["name"]: item["fields"] for item in call(world.steward).get("/customers").json()["items"]}

    assert "mobile" not in items["沈静仪"]
    assert items["顾长林"]["mobile"]["display"] == "139****1234"
    assert AuditEvent.objects.filter(action="seal.broken").count() == 1
