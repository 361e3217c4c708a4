"""No audit, no act: where the trail cannot be written, nothing happens and nothing is told."""

import pytest
from django.db import ProgrammingError, transaction
from tests.conftest import Caller
from tests.govern.conftest import Tamper
from tests.world import NOW, make_world

from kehu.govern import operations
from kehu.govern.models.access import Unit
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.models import Customer

MOBILE = "13857101234"


def test_a_reveal_that_cannot_be_audited_shows_nothing(own_database: str, tamper: Tamper) -> None:
    with transaction.atomic():
        scene = make_world()
        caller = Caller(scene.steward)
    scene.say(scene.core, "1", name="沈静仪", mobile=MOBILE)
    with acting(SYSTEM), transaction.atomic():
        customer = Customer.objects.get()
    caller.client.raise_request_exception = False
    question = {"fields": ["mobile"], "reason": "回访客户"}
    assert MOBILE in caller.post(f"/customers/{customer.pk}/reveal", question).content.decode()

    tamper("REVOKE INSERT ON govern_audit_event FROM kehu_app, kehu_system")
    answer = caller.post(f"/customers/{customer.pk}/reveal", question)

    assert answer.status_code >= 500
    assert MOBILE not in answer.content.decode()


def test_an_act_that_cannot_be_audited_is_taken_back(own_database: str, tamper: Tamper) -> None:
    with transaction.atomic():
        scene = make_world()
    tamper("REVOKE INSERT ON govern_audit_event FROM kehu_app, kehu_system")

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        operations.create_unit(code="x", name="新支行", parent=scene.root, actor_id=None, now=NOW)

    assert not Unit.objects.filter(code="x").exists()
