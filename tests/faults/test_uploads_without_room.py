"""F-09: an upload that cannot be kept, or may not be, is refused in words, and no file of it stays."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from tests.faults.conftest import Bank
from tests.installation import Api

CANARY = "13857101234"
BIG = ("客户号,姓名,手机\n" + f"1,沈静仪,{CANARY}\n" * 60_000).encode()
SMALL = f"客户号,姓名,手机\n1,沈静仪,{CANARY}\n".encode()


def web_processes(bank: Bank) -> list[psutil.Process]:
    serving = psutil.Process(bank.installation.running[0].pid)
    return [child for child in serving.children(recursive=True) if "granian" in " ".join(child.cmdline())]


@contextmanager
def no_file_longer_than(bank: Bank, size: int) -> Iterator[None]:
    """Let the web's processes write no file beyond a size: the error comes at the write, as from a full disk."""
    for process in web_processes(bank):
        process.rlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    yield
    for process in web_processes(bank):
        process.rlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def files(bank: Bank) -> set[Path]:
    """Return every file where an upload could lie."""
    home = bank.installation.home
    return {
        path
        for folder in (home / "uploads", home.parent / "tmp")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_an_upload_that_does_not_fit_is_refused_and_leaves_nothing(bank: Bank) -> None:
    before = files(bank)
    with no_file_longer_than(bank, 1 << 20):
        answer = bank.api().upload("customers.csv", BIG, source="core")

    assert (answer.status, answer.headers["retry-after"]) == (503, "2")
    assert "清理磁盘" in answer.json()["detail"]
    assert files(bank) == before
    assert bank.api().upload("customers.csv", SMALL, source="core", wait="true").status == 202


def test_an_upload_folder_that_cannot_be_written_is_a_refusal(bank: Bank) -> None:
    folder = bank.installation.home / "uploads"
    folder.rename(folder.with_name("away"))
    folder.touch()
    try:
        answer = bank.api().upload("customers.csv", SMALL, source="core")
    finally:
        folder.unlink()
        folder.with_name("away").rename(folder)

    assert (answer.status, answer.headers["retry-after"]) == (503, "2")


@pytest.mark.parametrize(
    ("who", "form", "status"),
    [
        ("alice", {"source": "core"}, 403),
        ("steward", {}, 422),
        ("steward", {"source": "unknown"}, 404),
        ("steward", {"source": "core", "mapping": "no json"}, 422),
        ("steward", {"source": "core", "kind": "unknown"}, 422),
    ],
    ids=["not allowed", "no source", "unknown source", "no mapping", "unknown kind"],
)
def test_a_refused_upload_leaves_no_file(bank: Bank, who: str, form: dict[str, str], status: int) -> None:
    before = files(bank)

    answer = bank.api(who).upload("customers.csv", SMALL, **form)

    assert answer.status == status
    assert files(bank) == before


@pytest.mark.parametrize(
    "path", ["/api/v1/imports", "/_allauth/browser/v1/auth/login", "/v1/batch", "/nowhere"]
)
@pytest.mark.parametrize(
    "header", [{"Authorization": "Bearer of_nobody"}, {"Cookie": "kehu_session=of_nobody"}, {}], ids=str
)
def test_a_stranger_leaves_no_file(bank: Bank, path: str, header: dict[str, str]) -> None:
    before = files(bank)

    answer = Api(bank.port).send_file(path, "customers.csv", SMALL, **header)

    assert answer.status == 401 if path == "/api/v1/imports" else answer.status in {400, 401, 403, 404, 405}
    assert files(bank) == before


def test_what_is_no_table_leaves_no_file(bank: Bank) -> None:
    before = files(bank)

    assert bank.api().upload("customers.csv", b"\x7fELF\0\0\0", source="core").status == 422
    assert files(bank) == before
