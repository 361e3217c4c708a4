"""The demo's mail server: it takes every mail on this machine and sends none. Runs in a thread of the worker."""

import asyncio
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.utils import timezone

from kehu.engage.channels.sink import keep_mail
from kehu.platform.installation.environment import environment

log = logging.getLogger(__name__)
HOST = "127.0.0.1"
MOST_SIZE = 5 * 1024 * 1024


class _Keeper:
    """What aiosmtpd calls; one thread writes, so that the server's loop never waits for the database."""

    def __init__(self) -> None:
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="mail-sink")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd calls it)
        del server, session
        keep = partial(
            keep_mail, sender=envelope.mail_from, recipients=tuple(envelope.rcpt_tos), raw=envelope.content,
            now=timezone.now(),
        )  # fmt: skip
        try:
            await asyncio.get_running_loop().run_in_executor(self._writer, keep)
        except Exception:
            log.exception("a mail of the demo could not be kept")
            return "451 4.3.0 not kept, try again"
        return "250 2.0.0 OK"


@contextmanager
def sinking(port: int | None = None) -> Iterator[bool]:
    """Take mails within the block, at a port or where the installation wants it. Gives whether there is a server.

    A port that is taken is told in the log.
    """
    port = environment().mail_sink_port if port is None else port
    if not port:
        yield False
        return
    from aiosmtpd.controller import Controller

    controller = Controller(_Keeper(), hostname=HOST, port=port, data_size_limit=MOST_SIZE)
    try:
        controller.start()
    except OSError:
        log.warning("the mail server of the demo cannot listen: its port is taken")
        yield False
        return
    try:
        yield True
    finally:
        controller.stop()
