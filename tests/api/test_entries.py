"""Writing on a customer by hand: entering, correcting, contacts, relationships; and his rights: copy and erasure."""

from collections.abc import Callable

from django.db import connection
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.collect.tracking.quarantine import Bad, list_quarantined, put_away
from kehu.collect.tracking.reading.messages import Arrival
from kehu.platform.scope import SYSTEM, acting

MOBILE = "13857101234"
ID = "420111198508141226"


def the_customer(caller: Caller, name: str = "沈静仪") -> str:
    found = caller.post("/customers/search", {"q": name}).json()["items"]
    return str(found[0]["id"])


def test_a_manager_enters_a_customer_and_sees_him_as_his_own(
    world: World, call: Callable[..., Caller]
) -> None:
    alice = call(world.alice)

    made = alice.post(
        "/customers", {"party": "p", "values": {"name": "沈静仪", "mobile": "+86 138 5710 1234"}}
    )

    assert made.status_code == 201
    seen = alice.get(f"/customers/{made.json()['id']}").json()
    assert (seen["name"], seen["owner"]["name"]) == ("沈静仪", "alice")


def test_a_wrong_number_is_refused_with_field_and_remedy(world: World, call: Callable[..., Caller]) -> None:
    answer = call(world.alice).post("/customers", {"values": {"name": "沈静仪", "mobile": "1.38E+10"}})

    assert answer.status_code == 422
    assert answer.json()["code"] == "field_not_valid"
    assert answer.json()["detail"].startswith("手机：")


def test_a_correction_wins_and_is_pinned_and_can_be_taken_back(
    world: World, call: Callable[..., Caller]
) -> None:
    world.say(world.core, "1", name="沈静仪", tier="金")
    steward = call(world.steward)
    customer = the_customer(steward)

    def tier() -> dict[str, object]:
        fields = steward.get(f"/customers/{customer}").json()["fields"]
        return next(f for f in fields if f["key"] == "tier")

    assert (
        steward.patch(f"/customers/{customer}", {"values": {"tier": "钻石"}, "reason": "核实"}).status_code
        == 200
    )
    assert (tier()["shown"]["display"], tier()["mark"]) == ("钻石", "pinned")  # type: ignore[index]  # JSON
    steward.patch(f"/customers/{customer}", {"values": {"tier": ""}})
    assert tier()["shown"]["display"] == "金"  # type: ignore[index]  # JSON


def test_another_branch_cannot_correct(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", unit=world.xihu, name="沈静仪")
    customer = the_customer(call(world.steward))

    assert call(world.charlie).patch(f"/customers/{customer}", {"values": {"tier": "金"}}).status_code == 404


def test_likenesses_outside_the_scope_are_masked(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", unit=world.xihu, name="沈静仪", mobile=MOBILE)

    seen = call(world.charlie).post("/customers/check", {"values": {"mobile": MOBILE}}).json()

    assert seen == [
        {
            "customer_id": None,
            "name": "沈**",
            "mobile": "138****1234",
            "unit": "西湖支行",
            "is_visible": False,
            "ground": "number",
        }
    ]


def test_a_contact_stands_on_the_timeline(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪")
    alice = call(world.alice)
    customer = the_customer(alice)

    alice.post(f"/customers/{customer}/interactions", {"kind": "call", "text": "询问女儿留学购汇额度"})

    first = alice.get(f"/customers/{customer}/timeline").json()["items"][0]
    assert (first["kind"], first["name"]) == ("interaction", "call")
    assert first["details"]["text"] == "询问女儿留学购汇额度"


def test_a_relationship_is_seen_from_both_sides(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", name="沈静仪")
    world.say(world.core, "2", name="沈桂芳")
    steward = call(world.steward)
    child, mother = the_customer(steward), the_customer(steward, "沈桂芳")

    steward.post(f"/customers/{child}/relationships", {"other_id": mother, "role": "parent"})

    assert steward.get(f"/customers/{child}/relationships").json()[0]["label"]["zh"] == "父母"
    assert steward.get(f"/customers/{mother}/relationships").json()[0]["label"]["zh"] == "子女"


def test_the_copy_holds_every_value_with_its_source(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", name="沈静仪", mobile=MOBILE, resident_id=ID)
    steward = call(world.steward)

    held = steward.get(f"/customers/{the_customer(steward)}/export").json()

    assert {(v["key"], v["value"], v["source"]) for v in held["values"]} >= {
        ("mobile", MOBILE, "核心系统"), ("resident_id", ID, "核心系统")
    }  # fmt: skip
    assert held["records"][0]["versions"][0]["values"]["mobile"] == MOBILE


def test_after_erasure_no_table_knows_the_person(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", name="沈静仪", mobile=MOBILE, resident_id=ID)
    world.say(world.cards, "9", name="沈静仪", resident_id=ID)
    steward = call(world.steward)
    customer = the_customer(steward)

    answer = steward.post(f"/customers/{customer}/erase", {"reason": "本人申请"})

    assert answer.json() == {"records_erased": 2}
    assert steward.get(f"/customers/{customer}").status_code == 404
    tables = (
        "profile_customer", "profile_search_token", "profile_change", "resolve_cluster", "resolve_link",
        "resolve_identifier", "collect_record", "collect_record_version", "collect_event", "govern_data_key",
    )  # fmt: skip
    with acting(SYSTEM), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] == 0, table


def test_erasure_reaches_what_was_put_away(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", name="沈静仪", mobile=MOBILE)
    arrival = Arrival(NOW, None, "")
    with acting(SYSTEM):
        put_away(world.core.pk, [Bad(f'{{"traits":{{"phone":"{MOBILE}"}}}}'.encode(), arrival, "no_id")])
        put_away(world.core.pk, [Bad(b'{"traits":{"phone":"13900001111"}}', arrival, "no_id")])
    steward = call(world.steward)

    steward.post(f"/customers/{the_customer(steward)}/erase", {"reason": "本人申请"})

    with acting(SYSTEM):
        assert len(list_quarantined("open", 10)) == 1
