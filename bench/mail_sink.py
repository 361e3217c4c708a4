"""A mail server in a process of its own, which counts: what it uses of the processor is not the sender's."""

import multiprocessing
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple

from kehu.engage.channels.testing import MailServer


class Taken(NamedTuple):
    """How many mails arrived since it was last asked, of how many recipients, and one of them."""

    mails: int
    recipients: int
    example: bytes


class Sink:
    """The server, seen from outside."""

    def __init__(self, port: int, line: Connection) -> None:
        self.port, self._line = port, line

    def taken(self) -> Taken:
        """Return what arrived since it was last asked."""
        self._line.send("taken")
        return Taken(*self._line.recv())


@contextmanager
def sink() -> Iterator[Sink]:
    """Start the server; it ends with the block."""
    own, line = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(line,), daemon=True)
    process.start()
    try:
        yield Sink(own.recv(), own)
    finally:
        own.send("end")
        process.join(10)


def _serve(line: Connection) -> None:
    with MailServer() as server:
        line.send(server.port)
        while line.recv() != "end":
            arrived = [*server.arrived]
            server.arrived.clear()
            each = Counter(one for mail in arrived for one in mail.recipients)
            line.send((len(arrived), len(each), arrived[0].content if arrived else b""))
