"""A proxy between a web process and the database server, over Unix sockets, that cuts a line at the COMMIT of one transaction."""

import shutil
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

NAME = ".s.PGSQL.5432"
PIECE = 1 << 16


class CuttingProxy:
    """Passes every byte until told to cut: then the first transaction that inserts into a certain table loses its line.

    The protocol is in clear text over a Unix socket, so that the table's name and COMMIT are seen as they pass.
    """

    def __init__(self, folder: Path, server: Path) -> None:
        self.folder, self.server = folder, server
        self.has_cut = threading.Event()
        self.table: bytes | None = None
        self.is_delivered = True
        self._listener = socket.socket(socket.AF_UNIX)
        self._lines: list[_Line] = []
        self._accepting = threading.Thread(target=self._accept)

    def __enter__(self) -> Self:
        self.folder.mkdir(mode=0o700)
        self._listener.bind(str(self.folder / NAME))
        self._listener.listen(16)
        self._accepting.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        self._listener.close()
        for line in self._lines:
            line.close()
        shutil.rmtree(self.folder)

    def cut_at_commit(self, *, table: bytes, is_delivered: bool) -> None:
        """Cut the next transaction that inserts into a table at its COMMIT, which the server still gets, or does not."""
        self.is_delivered, self.table = is_delivered, table

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._lines.append(_Line(self, client))


class _Line:
    """One connection through the proxy."""

    def __init__(self, proxy: CuttingProxy, client: socket.socket) -> None:
        self.proxy, self.client = proxy, client
        self.server = socket.socket(socket.AF_UNIX)
        self.server.connect(str(proxy.server))
        self.is_marked = self.is_cut = False
        self.threads = [threading.Thread(target=work) for work in (self.pass_requests, self.pass_answers)]
        for thread in self.threads:
            thread.start()

    def close(self) -> None:
        """End the line, if it still stands, and give its sockets back."""
        self._end()
        for thread in self.threads:
            thread.join()
        self.client.close()
        self.server.close()

    def pass_requests(self) -> None:
        """Pass what the client sends, up to the COMMIT that is to be cut."""
        while data := _receive(self.client):
            table = self.proxy.table
            self.is_marked = self.is_marked or (table is not None and b"INSERT INTO " + table in data)
            if self.is_marked and b"COMMIT" in data and not self.is_cut:
                self.is_cut, self.proxy.table = True, None
                if not self.proxy.is_delivered:
                    break
            try:
                self.server.sendall(data)
            except OSError:
                break
        self._end()

    def pass_answers(self) -> None:
        """Pass what the server answers, but not that the cut transaction is committed."""
        while data := _receive(self.server):
            if self.is_cut:
                break
            try:
                self.client.sendall(data)
            except OSError:
                break
        self._end()

    def _end(self) -> None:
        for side in (self.client, self.server):
            try:
                side.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        if self.is_cut:
            self.proxy.has_cut.set()


def _receive(source: socket.socket) -> bytes:
    try:
        return source.recv(PIECE)
    except OSError:
        return b""
