"""Spark: the engine for more data than one machine reads at once. It needs the extra `spark`, and Java 17 or later.

What is kept in memory (who may be seen and used now) is kept here as for DuckDB, and handed over as a file of ids and
figures that lies as long as a query asks it. Driver and workers must see the folder of the lake under the same path.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Lock, Timer
from typing import TYPE_CHECKING, Any

from kehu.platform.errors import Unavailable
from kehu.platform.ids import new_id
from kehu.platform.installation.environment import environment
from kehu.platform.installation.home import lake_dir
from kehu.platform.lake import store
from kehu.platform.lake.duck import Duck
from kehu.platform.lake.tables import LakeBroken, Table, view
from kehu.platform.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

OPTIONS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.adaptive.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "1g",
}
_KINDS = {
    "number": "DOUBLE",
    "date": "DATE",
    "time": "TIMESTAMP",
    "yes_no": "BOOLEAN",
    "text": "STRING",
    "wholes": "ARRAY<BIGINT>",
}
_LOST = ("PATH_NOT_FOUND", "FAILED_READ_FILE", "FileNotFoundException")


class SparkMissing(Unavailable):
    """KEHU_ENGINE asks for Spark, and a part of it is not here."""

    code = "spark_missing"

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(Text(f"用不了 Spark：{zh}", f"Spark cannot be used: {en}"))


class SparkSilent(Unavailable):
    """The cluster gave no answer in the time that a query may take: it has no room, or too much to read."""

    code = "spark_silent"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Spark 集群没有在限定的时间内答复，查询已取消。看看集群还有没有空闲的内存和核，或者调大 KEHU_SPARK_MINUTES。",
                "The Spark cluster gave no answer in the time it has, and the query was cancelled. See whether it has memory and "
                "cores to spare, or raise KEHU_SPARK_MINUTES.",
            )
        )


class Spark:
    """A session with a master: one of its own threads (`local[*]`) or a cluster (`spark://host:port`)."""

    dialect = "spark"

    def __init__(
        self, master: str, options: Mapping[str, str] | None = None, seconds: float | None = None
    ) -> None:
        self.seconds = 60 * environment().spark_minutes if seconds is None else seconds
        self.session = _session(master, _own_options() if options is None else options)
        self.kept = Duck()
        self.files: dict[str, tuple[int, str]] = {}
        self.turn: dict[str, int] = {}
        self.lock = Lock()

    def rows(self, query: str, tables: Mapping[str, Table]) -> list[tuple[Any, ...]]:
        """Return the rows of a query. Raises LakeBroken, SparkSilent."""
        from py4j.protocol import Py4JJavaError
        from pyspark.errors import PySparkException

        own = self.session.newSession()
        with self._limited() as is_over:
            try:
                for name, table in tables.items():
                    own.sql(view(table, _read, "`", _KINDS)).createOrReplaceTempView(name)
                for name in self.turn:
                    own.read.parquet(self._handed_over(name)).createOrReplaceTempView(name)
                found = own.sql(query).toArrow()
            except (PySparkException, Py4JJavaError) as error:
                if is_over.is_set():
                    raise SparkSilent from None
                if any(word in str(error) for word in _LOST):
                    raise LakeBroken from error
                raise
        return list(zip(*(column.to_pylist() for column in found.columns), strict=True))

    @contextmanager
    def _limited(self) -> Iterator[Event]:
        """Cancel the jobs of this thread when the time is over, and say so."""
        is_over, context, group = Event(), self.session.sparkContext, new_id().hex

        def end() -> None:
            is_over.set()
            context.cancelJobGroup(group)

        context.setJobGroup(group, "kehu", interruptOnCancel=True)
        timer = Timer(self.seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield is_over
        finally:
            timer.cancel()

    def keep(self, name: str, rows: "pa.Table", key: str, gone: Sequence[int], *, is_first: bool) -> None:
        """Put rows into a table, and take some out; the next query is handed the table as it is then."""
        with self.lock:
            self.kept.keep(name, rows, key, gone, is_first=is_first)
            self.turn[name] = self.turn.get(name, 0) + 1

    def _handed_over(self, name: str) -> str:
        """Return the file of a table that is kept, written anew where the table has changed since."""
        with self.lock:
            turn, file = self.files.get(name, (0, ""))
            if turn != self.turn[name] or not Path(file).exists():
                folder = lake_dir() / "handed_over"
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                with suppress(FileNotFoundError):
                    for old in folder.glob(f"{name}-{os.getpid()}-{self.turn[name] - 2}.parquet"):
                        old.unlink()
                file = str(folder / f"{name}-{os.getpid()}-{self.turn[name]}.parquet")
                store.write_file(self.kept.kept(name), file)
                self.files[name] = (self.turn[name], file)
            return f"file://{file}"


def _read(names: Sequence[str]) -> str:
    """Return what stands in FROM for some files: a union of them, for Spark reads one path at a time in SQL."""
    each = [f"SELECT * FROM parquet.`file://{path}`" for path in store.local(names)]
    return f"({' UNION ALL '.join(each)}) AS files"


def _session(master: str, options: Mapping[str, str]) -> Any:
    require_java()
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkMissing(
            "没有安装 pyspark，请 pip install 'kehu[spark]'。",
            "pyspark is missing; pip install 'kehu[spark]'.",
        ) from error
    builder = SparkSession.builder.appName("kehu").master(master)
    for key, value in {**OPTIONS, **options}.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _own_options() -> dict[str, str]:
    """Return what the installation says of Spark: `key=value` with commas between."""
    pairs = (part.partition("=") for part in environment().spark_options.split(",") if "=" in part)
    return {key.strip(): value.strip() for key, _, value in pairs}


def require_java() -> str:
    """Return where Java is. Raises SparkMissing."""
    home = os.environ.get("JAVA_HOME", "")
    found = shutil.which("java", path=f"{home}/bin") if home else None
    found = found or shutil.which("java")
    if found is None:
        raise SparkMissing(
            "没有找到 Java，请安装 Java 17 或以上。", "no Java was found; install Java 17 or later."
        )
    return found
