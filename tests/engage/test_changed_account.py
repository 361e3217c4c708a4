"""A sender that keeps its channels open notices when somebody changes an account, or puts it out of use."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.engage.conftest import DAY, Clock, Scene, states

from kehu.engage.campaigns.journal import Journal
from kehu.engage.campaigns.sending import Sender
from kehu.engage.channels.accounts import NewAccount, update_account
from kehu.engage.channels.testing import MailServer
from kehu.flows.engage.campaigns.send_due import plan_due
from kehu.govern.sealing.keyring import keyring

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def opening(tmp_path: Path, clock: Clock) -> Iterator[Sender]:
    """A sender that opens its channels itself."""
    made = Sender(Journal(tmp_path), clock)
    yield made
    made.close()


def point(scene: Scene, server: MailServer, seconds: int, *, is_active: bool = True) -> None:
    """Change the account so that it leads to a server."""
    settings = {
        "host": server.host,
        "port": server.port,
        "security": "none",
        "from_address": "a@hengchuan.example",
    }
    new = NewAccount("邮件", settings, {}, {}, is_active=is_active)
    update_account(key="smtp", new=new, actor=scene.marketer, now=DAY + timedelta(seconds=seconds))


def test_what_is_sent_after_a_change_goes_by_the_new_server(scene: Scene, opening: Sender) -> None:
    assert keyring()
    with MailServer() as old, MailServer() as new:
        point(scene, old, 1)
        campaign = scene.started()
        plan_due(now=DAY)
        assert opening.turn(limit=4).taken == 4
        before = len(old.arrived)

        point(scene, new, 2)
        opening.turn(limit=3)

        assert (len(old.arrived), len(new.arrived)) == (before, 3)
        assert old.connections > 0

        point(scene, new, 3, is_active=False)
        opening.turn()

        assert len(new.arrived) == 3
        assert states(campaign)["planned:channel_is_off"] == 2


def test_an_account_that_stays_is_not_opened_again(scene: Scene, opening: Sender) -> None:
    with MailServer() as server:
        point(scene, server, 1)
        scene.started()
        plan_due(now=DAY)
        opening.turn(limit=4)
        channel = opening.channels["smtp"]

        opening.turn()

        assert opening.channels["smtp"] is channel
