"""Taking an import back: as if it had never been, but for what somebody has said since."""

from uuid import UUID

from tests.world import NOW, World

from kehu.collect.models import Import, Source
from kehu.collect.records import Statement
from kehu.flows.ingest import ingest
from kehu.flows.revert_import import preview_revert, revert_import
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.models import Customer


def an_import(world: World, source: Source, *rows: tuple[str, dict[str, object]]) -> UUID:
    with acting(SYSTEM):
        job = Import.objects.create(
            id=new_id(),
            source=source,
            unit=world.root,
            file_name_sealed=b"",
            file_size=0,
            state="succeeded",
            created_at=NOW,
        )
    ingest([Statement(key=k, values=v) for k, v in rows], source=source, import_id=job.pk, now=NOW)
    return job.pk


def standing() -> dict[str, dict[str, object]]:
    with acting(SYSTEM):
        return {c.name: c.plain for c in Customer.objects.all()}


def test_customers_that_it_created_are_gone(world: World) -> None:
    job = an_import(world, world.core, ("1", {"name": "沈静仪"}), ("2", {"name": "顾长林"}))

    done = revert_import(import_id=job, actor_id=None, reason="", now=NOW)

    assert standing() == {}
    assert done.customers_removed == 2


def test_values_that_it_changed_are_as_before(world: World) -> None:
    an_import(world, world.core, ("1", {"name": "沈静仪", "tier": "金", "occupation": "教师"}))
    before = standing()
    second = an_import(world, world.core, ("1", {"tier": "钻石", "education": "20"}))

    done = revert_import(import_id=second, actor_id=None, reason="", now=NOW)

    assert standing() == before
    assert (done.values_restored, done.values_kept) == (2, 0)


def test_a_field_stated_since_keeps_its_value(world: World) -> None:
    an_import(world, world.core, ("1", {"name": "沈静仪", "tier": "金", "risk_level": "C1"}))
    second = an_import(world, world.core, ("1", {"tier": "白金", "risk_level": "C3"}))
    an_import(world, world.core, ("1", {"tier": "钻石"}))

    done = revert_import(import_id=second, actor_id=None, reason="", now=NOW)

    assert standing()["沈静仪"]["tier"] == "钻石"
    assert standing()["沈静仪"]["risk_level"] == "C1"
    assert (done.values_restored, done.values_kept) == (1, 1)


def test_customers_that_it_brought_together_part_again(world: World) -> None:
    an_import(world, world.core, ("1", {"name": "沈静仪", "resident_id": "420111198508141226"}))
    an_import(world, world.core, ("2", {"name": "沈静仪", "mobile": "13857101234"}))
    with acting(SYSTEM):
        ids = set(Customer.objects.values_list("id", flat=True))
    bridge = an_import(
        world,
        world.cards,
        ("9", {"name": "沈静仪", "resident_id": "420111198508141226", "mobile": "13857101234"}),
    )
    with acting(SYSTEM):
        assert Customer.objects.count() == 1

    revert_import(import_id=bridge, actor_id=None, reason="", now=NOW)

    with acting(SYSTEM):
        assert set(Customer.objects.values_list("id", flat=True)) == ids


def test_a_preview_changes_nothing(world: World) -> None:
    job = an_import(world, world.core, ("1", {"name": "沈静仪"}))

    told = preview_revert(import_id=job, now=NOW)

    assert told.customers_removed == 1
    assert list(standing()) == ["沈静仪"]


def test_the_same_file_can_come_again_after_a_revert(world: World) -> None:
    job = an_import(world, world.core, ("1", {"name": "沈静仪", "mobile": "13857101234"}))
    revert_import(import_id=job, actor_id=None, reason="", now=NOW)

    an_import(world, world.core, ("1", {"name": "沈静仪", "mobile": "13857101234"}))

    assert list(standing()) == ["沈静仪"]
