"""The demo's way to send: an account to the demo mailbox on this machine, signed like a real one."""

import socket
from datetime import datetime

from django.db import transaction

from kehu.engage.channels.accounts import NewAccount, create_account, list_accounts
from kehu.engage.channels.trying import new_dkim_key
from kehu.packs.banking.demo.people import actor_of
from kehu.platform.installation.environment import MAIL_SINK_WISH, environment
from kehu.platform.installation.home import home

PORT = 2525
KEY = "demo_mail"


def mailbox_port() -> int:
    """Return the port of this installation's demo mailbox."""
    return int((home() / MAIL_SINK_WISH).read_text())


def _free_port() -> int:
    """Return the usual port, or another where that one is taken, as by a second demo on this machine."""
    for port in (PORT, 0):
        with socket.socket() as trial:
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(trial.getsockname()[1])
    raise OSError(PORT)


def make_channels(*, email: str, now: datetime) -> None:
    """Add the account of the demo mailbox, and ask for its mail server at the next start; a port of the setting wins."""
    if any(one.key == KEY for one in list_accounts()):
        return
    port = environment().mail_sink_port or _free_port()
    (home() / MAIL_SINK_WISH).write_text(str(port))
    settings = {
        "host": "127.0.0.1", "port": port, "security": "none", "from_address": "service@hengchuan.example",
        "from_name": "衡川银行", "dkim_domain": "hengchuan.example", "dkim_selector": "demo",
    }  # fmt: skip
    with transaction.atomic():
        actor = actor_of(email)
        new = NewAccount("演示信箱", settings, {"per_second": 200}, {"dkim_key": new_dkim_key()})
        create_account(key=KEY, kind="email", new=new, actor=actor, now=now)
