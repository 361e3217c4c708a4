"""A Spark cluster on this machine: a master and some workers of its own, on loopback, for tests and for a first look."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kehu.platform.lake.spark import SparkMissing, require_java

HOST = "127.0.0.1"
PATIENCE_SECONDS = 60
_MASTER = "org.apache.spark.deploy.master.Master"
_WORKER = "org.apache.spark.deploy.worker.Worker"


@contextmanager
def standalone(folder: Path, *, workers: int = 2, memory: str = "1g") -> Iterator[str]:
    """Start a master and workers of one core each; yield the address for KEHU_ENGINE, and end them all behind it.

    Logs and work lie in `folder`. Raises SparkMissing.
    """
    running: list[subprocess.Popen[bytes]] = []
    try:
        address = f"spark://{HOST}:{_free_port()}"
        port = address.rpartition(":")[2]
        running.append(_start(folder, "master", _MASTER, "--host", HOST, "--port", port, "--webui-port", "0"))
        _until(folder / "master.log", r"New state: ALIVE", running)
        for number in range(workers):
            name = f"worker-{number}"
            own = (
                "--host",
                HOST,
                "-c",
                "1",
                "-m",
                memory,
                "--webui-port",
                "0",
                "-d",
                str(folder / name),
                address,
            )
            running.append(_start(folder, name, _WORKER, *own))
        for number in range(workers):
            _until(folder / f"worker-{number}.log", r"Successfully registered with master", running)
        yield address
    finally:
        for process in reversed(running):
            os.killpg(process.pid, signal.SIGTERM)
        for process in running:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _start(folder: Path, name: str, *arguments: str) -> subprocess.Popen[bytes]:
    require_java()
    try:
        import pyspark
    except ImportError as error:
        raise SparkMissing(
            "没有安装 pyspark，请 pip install 'kehu[spark]'。",
            "pyspark is missing; pip install 'kehu[spark]'.",
        ) from error
    home = Path(pyspark.__file__).parent
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [str(home / "bin" / "spark-class"), *arguments],
            env={**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST, "SPARK_DAEMON_MEMORY": "256m"},
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip


def _until(log: Path, words: str, running: list[subprocess.Popen[bytes]]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not re.search(words, log.read_text(errors="replace")):
        if time.monotonic() > end or any(process.poll() is not None for process in running):
            raise SparkMissing(f"集群没有起来，见 {log}。", f"the cluster did not start, see {log}.")
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
