"""How a file is read stays with its import, through trial, kill and resume, and with its source for the next file."""

from pathlib import Path

import pytest
from django.utils import timezone
from tests.world import NOW, World

from kehu.collect import imports
from kehu.collect.files.form import Reading
from kehu.collect.models import Import, Record
from kehu.flows.imports import run_import as running
from kehu.flows.imports.read_again import read_again
from kehu.flows.imports.remember import save_mapping
from kehu.flows.imports.run_import import run_import
from kehu.flows.imports.start_import import queue, resume, start_import
from kehu.flows.imports.upload_file import upload_file
from kehu.platform.scope import SYSTEM, acting

SAID = Reading(delimiter=";", header_row=3)
TITLES = "衡川银行;客户名单;内部资料;请勿外传\n制表;王敏;复核;李强\n机构;杭州分行;日期;2026-11-23\n"
HEADER = "客户号;姓名;管理资产;存款余额\n"


def a_file(tmp_path: Path, count: int = 3, name: str = "名单.csv") -> Path:
    rows = "".join(f"61554016{n:02};沈静{n};1,234,567.00;2,345,678.00\n" for n in range(count))
    path = tmp_path / name
    path.write_bytes((TITLES + HEADER + rows).encode("gb18030"))
    return path


def waiting(world: World, path: Path) -> Import:
    return start_import(
        upload=upload_file(path),
        source=world.core,
        mapping=None,
        waits=True,
        actor_id=None,
        now=timezone.now(),
    )


def put_right(job: Import) -> Import:
    with acting(SYSTEM):
        job = imports.get_import(job.pk, for_update=True)
        read_again(job, SAID, actor_id=None, now=NOW)
    return job


def test_a_file_read_again_is_mapped_anew(world: World, tmp_path: Path) -> None:
    job = waiting(world, a_file(tmp_path))
    assert job.form["header_row"] != 3

    job = put_right(job)

    assert job.mapping["columns"] == {
        "客户号": "customer_no",
        "姓名": "name",
        "管理资产": "aum",
        "存款余额": "deposit_balance",
    }
    assert (job.form["encoding"], job.rows_total, job.state) == ("gb18030", 3, "uploaded")


def test_a_resumed_import_reads_as_it_was_told(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kehu.flows.imports.work.BATCH", 2)
    job = put_right(waiting(world, a_file(tmp_path, count=5)))
    with acting(SYSTEM):
        queue(job)
    done: list[object] = []
    one_batch = running._one_batch  # noqa: SLF001 (the place where a process dies)

    def killed_in_the_second(*given: object) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(one_batch(*given))  # type: ignore[arg-type]  # handed through as it came

    monkeypatch.setattr(running, "_one_batch", killed_in_the_second)
    with pytest.raises(KeyboardInterrupt):
        run_import(job.pk)
    monkeypatch.setattr(running, "_one_batch", one_batch)

    run_import(job.pk)

    with acting(SYSTEM):
        job.refresh_from_db()
        assert (job.state, job.rows_read, job.rows_accepted, job.customers_created) == ("succeeded", 5, 5, 5)
        assert Record.objects.count() == 5


def test_the_reading_cannot_be_changed_once_rows_are_written(world: World, tmp_path: Path) -> None:
    job = waiting(world, a_file(tmp_path))
    with acting(SYSTEM):
        Import.objects.filter(pk=job.pk).update(state="failed", position=2)

        with pytest.raises(imports.ImportNotReady):
            read_again(imports.get_import(job.pk), SAID, actor_id=None, now=NOW)
        resume(imports.get_import(job.pk), actor_id=None, now=NOW)


def test_the_next_file_of_the_source_is_read_the_same_way(world: World, tmp_path: Path) -> None:
    job = put_right(waiting(world, a_file(tmp_path)))
    with acting(SYSTEM):
        save_mapping(job, mapping=job.mapping, options={"existing": "fill"}, actor_id=None, now=NOW)
    world.core.refresh_from_db()

    following = waiting(world, a_file(tmp_path, name="次日.csv"))

    assert (following.form["delimiter"], following.form["header_row"]) == (";", 3)
    assert following.mapping == job.mapping


def test_a_file_of_another_form_is_recognized_by_itself(world: World, tmp_path: Path) -> None:
    job = put_right(waiting(world, a_file(tmp_path)))
    with acting(SYSTEM):
        save_mapping(job, mapping=job.mapping, options={}, actor_id=None, now=NOW)
    world.core.refresh_from_db()
    path = tmp_path / "别的.csv"
    path.write_text("客户号,姓名\n6155401604,沈静仪\n")

    assert waiting(world, path).form["columns"] == ["客户号", "姓名"]


def test_a_column_that_was_left_out_stays_out_next_time(world: World, tmp_path: Path) -> None:
    job = put_right(waiting(world, a_file(tmp_path)))
    kept = {"columns": {"客户号": "customer_no", "姓名": "name"}, "key": "客户号"}
    with acting(SYSTEM):
        save_mapping(job, mapping=kept, options={}, actor_id=None, now=NOW)
    world.core.refresh_from_db()

    assert waiting(world, a_file(tmp_path, name="次日.csv")).mapping == kept
