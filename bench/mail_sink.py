"""A mail server in a process of its own that takes everything and counts: so small that it is not what is measured.

It speaks what RFC 5321 asks of a receiver, with PIPELINING (RFC 2920), and keeps one mail to look at.
"""

import asyncio
import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import NamedTuple

MEANT = b"\r\n.\r\n"


class Taken(NamedTuple):
    """How many mails arrived since it was last asked, for how many recipients, and one of them."""

    mails: int
    recipients: int
    example: bytes


@dataclass
class _Counted:
    mails: int = 0
    recipients: set[bytes] = field(default_factory=set)
    example: bytes = b""


class _Session(asyncio.Protocol):
    """One connection: commands line by line, and after DATA everything up to the dot."""

    def __init__(self, counted: _Counted) -> None:
        self.counted, self.buffer, self.is_data = counted, b"", False
        self.to: list[bytes] = []
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        if isinstance(transport, asyncio.Transport):
            self.transport = transport
            transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer all that is whole, in one piece."""
        self.buffer += data
        answers = []
        while (answer := self._next()) is not None:
            answers.append(answer)
        if answers and self.transport is not None:
            self.transport.write(b"".join(answers))

    def _next(self) -> bytes | None:
        mark = MEANT if self.is_data else b"\r\n"
        if self.is_data and self.buffer.startswith(mark[2:]):
            self.buffer = b"\r\n" + self.buffer
        whole, found, rest = self.buffer.partition(mark)
        if not found:
            return None
        self.buffer = rest
        return self._taken(whole) if self.is_data else self._answered(whole)

    def _taken(self, mail: bytes) -> bytes:
        self.is_data = False
        self.counted.mails += 1
        self.counted.recipients.update(self.to)
        self.counted.example = self.counted.example or mail
        return b"250 taken\r\n"

    def _answered(self, line: bytes) -> bytes:
        verb = line[:4].upper()
        if verb == b"EHLO":
            return b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
        if verb == b"MAIL":
            self.to = []
        if verb == b"RCPT":
            self.to.append(line)
        if verb == b"DATA":
            self.is_data = True
            return b"354 go on\r\n"
        return b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n"


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
    context = multiprocessing.get_context("spawn")
    own, line = context.Pipe()
    process = context.Process(target=_serve, args=(line,), daemon=True)
    process.start()
    try:
        yield Sink(own.recv(), own)
    finally:
        own.send("end")
        process.join(10)


def _serve(line: Connection) -> None:
    loop, counted = asyncio.new_event_loop(), _Counted()
    server = loop.run_until_complete(loop.create_server(lambda: _Session(counted), "127.0.0.1", 0))
    threading.Thread(target=loop.run_forever, daemon=True).start()
    line.send(server.sockets[0].getsockname()[1])
    while line.recv() != "end":
        line.send((counted.mails, len(counted.recipients), counted.example))
        counted.mails, counted.recipients, counted.example = 0, set(), b""
