"""A file of consents: who said what, with proof; found by key or number, refused with the remedy, resumed, taken back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from unicodedata import normalize
from uuid import UUID

import pytest
from django.db import OperationalError
from django.utils import timezone
from openpyxl import Workbook
from tests.api.staff import appoint
from tests.world import NOW, World

from kehu.collect.models import Import, Refusal
from kehu.flows.consent import ingest_consents as ingesting
from kehu.flows.consent.read_consents import consents_of
from kehu.flows.consent.take_consents import take_consents
from kehu.flows.imports import run_import as running
from kehu.flows.imports import work
from kehu.flows.imports.give_template import give_template
from kehu.flows.imports.start_import import start_import
from kehu.flows.imports.upload_file import upload_file
from kehu.flows.revert_import import preview_revert, revert_import
from kehu.govern.purposes.gate import open_gate
from kehu.govern.purposes.operations import NewTerms, create_purpose, publish_version
from kehu.govern.sealing.blobs import unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.models import Customer
from kehu.profile.purposes import count_allowed

HEAD = ("客户号", "手机", "目的", "是否同意", "渠道", "同意时间", "凭证", "告知书版本")
SIGNED = "2024-03-01 10:20:00"
ROWS = (
    ("6155401604", "", "营销", "同意", "短信、邮件", SIGNED, "签字单 0071", "2"),
    ("", "13857101234", "marketing", "Y", "", "2025/01/02 08:00", "录音 88", ""),
    ("6155401606", "13074259464", "营销", "撤回", "全部", SIGNED, "", ""),
)
WRONG = (
    ("9999999999", "", "营销", "同意", "", SIGNED, "", ""),
    ("", "13600000009", "营销", "同意", "", SIGNED, "", ""),
    ("6155401604", "13074259464", "营销", "同意", "", SIGNED, "", ""),
    ("6155401604", "", "推销", "同意", "", SIGNED, "", ""),
    ("6155401604", "", "营销", "也许", "", SIGNED, "", ""),
    ("6155401604", "", "营销", "同意", "", "", "", ""),
    ("6155401604", "", "营销", "同意", "传真", SIGNED, "", ""),
    ("6155401604", "", "营销", "同意", "面访", SIGNED, "", ""),
    ("6155401604", "", "营销", "同意", "", SIGNED, "", "9"),
    ("", "", "营销", "同意", "", SIGNED, "", ""),
    ("6155401604", "", "营销", "同意", "", "2099-01-01", "", ""),
)
REASONS = (
    ("customer_unknown", "先导入客户"), ("customer_ambiguous", "加上客户号"), ("customer_contradictory", "不同的客户"),
    ("invalid_value", "目的：没有这个目的。可写：营销（marketing）"), ("invalid_value", "表示：要写同意、拒绝或撤回"),
    ("invalid_value", "表示时间：没有时间"), ("invalid_value", "渠道：没有这个渠道"), ("invalid", "不用这一渠道"),
    ("invalid_value", "告知书版本：没有这一版"), ("invalid_value", "没有客户号"), ("invalid", "不能在将来"),
)  # fmt: skip
TERMS = NewTerms("consent", ("sms", "email"), 365, "说明")


@pytest.fixture
def bank(world: World) -> World:
    """Five customers, two of whom share a phone, and a purpose in its second version."""
    compliance = world.actor(appoint(world, "compliance"))
    create_purpose(key="marketing", name=Text("营销", "Marketing"), terms=TERMS, actor=compliance, now=NOW)
    publish_version(key="marketing", terms=TERMS, actor=compliance, now=NOW)
    people = [
        ("沈静仪", "13600000001"),
        ("顾长林", "13857101234"),
        ("单于清", "13074259464"),
        ("庄一", "13600000009"),
        ("仇二", "13600000009"),
    ]
    for number, (name, mobile) in enumerate(people, 6155401604):
        world.say(world.core, str(number), name=name, customer_no=str(number), mobile=mobile)
    return world


def csv(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> bytes:
    return "".join(",".join(cells) + "\r\n" for cells in (head, *rows)).encode("gb18030")


def xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    book = Workbook()
    sheet = book.create_sheet("授权", 0)
    for cells in (HEAD, *rows):
        sheet.append(list(cells))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def an_import(world: World, tmp_path: Path, data: bytes, name: str = "授权.csv") -> Import:
    path = tmp_path / name
    path.write_bytes(data)
    job = start_import(
        upload=upload_file(path), source=world.core, kind="consent", mapping=None, waits=True,
        actor_id=world.steward.pk, now=timezone.now(),
    )  # fmt: skip
    with acting(SYSTEM):
        Import.objects.filter(pk=job.pk).update(state="queued")
    return job


def run(job: Import) -> Import:
    running.run_import(job.pk)
    with acting(SYSTEM):
        job.refresh_from_db()
    return job


def ids() -> dict[str, UUID]:
    with acting(SYSTEM):
        return dict(Customer.objects.values_list("name", "id"))


def allowed(channel: str | None = None) -> int:
    with acting(SYSTEM):
        return count_allowed(open_gate("marketing", channel))[0]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_each_row_goes_into_the_ledger_with_its_proof(bank: World, tmp_path: Path, form: str) -> None:
    data = csv(ROWS) if form == "csv" else xlsx(ROWS)

    job = run(an_import(bank, tmp_path, data, f"授权.{form}"))

    assert job.fault is None
    assert (job.state, job.rows_accepted, job.rows_rejected, job.customers_updated) == ("succeeded", 3, 0, 3)
    assert (allowed(), allowed("sms"), allowed("email")) == (2, 2, 2)
    with acting(SYSTEM):
        first = consents_of(ids()["沈静仪"], now=NOW).entries
    assert {(e.word.channel, e.word.state, e.word.version, e.source, e.evidence) for e in first} == {
        (channel, "given", 2, "import", "签字单 0071") for channel in ("sms", "email")
    }
    assert {e.word.said_at for e in first} == {datetime(2024, 3, 1, 2, 20, tzinfo=UTC)}


def test_a_row_that_cannot_be_taken_is_refused_with_the_remedy(bank: World, tmp_path: Path) -> None:
    job = run(an_import(bank, tmp_path, csv([ROWS[0], *WRONG])))

    assert (job.rows_accepted, job.rows_rejected) == (1, len(WRONG))
    with acting(SYSTEM):
        key = get_data_keys([job.pk])[job.pk]
        told = [
            (r.reason_code, unseal(key, bytes(r.sealed), work.REFUSAL, r.row)["zh"])
            for r in Refusal.objects.filter(import_ref=job).order_by("row")
        ]
    for (code, zh), (wanted, words) in zip(told, REASONS, strict=True):
        assert code == wanted, zh
        assert words in zh


def test_the_same_file_again_writes_nothing(bank: World, tmp_path: Path) -> None:
    run(an_import(bank, tmp_path, csv(ROWS)))

    again = run(an_import(bank, tmp_path, csv([*ROWS, ROWS[0]])))

    assert (again.rows_accepted, again.rows_unchanged, again.customers_updated) == (4, 4, 0)


def test_consent_to_earlier_terms_is_kept_and_opens_nothing(bank: World, tmp_path: Path) -> None:
    run(an_import(bank, tmp_path, csv([("6155401604", "", "营销", "同意", "", SIGNED, "旧协议", "1")])))

    assert allowed() == 0
    with acting(SYSTEM):
        held = consents_of(ids()["沈静仪"], now=NOW)
    assert (held.purposes[0].state, held.entries[0].word.version) == ("outdated", 1)


def test_an_interrupted_import_goes_on_behind_its_last_batch(
    bank: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "BATCH", 1)
    job = an_import(bank, tmp_path, csv(ROWS))
    whole = take_consents
    left = iter((True,))

    def cut(words: object, **rest: object) -> int:
        if next(left, False):
            return whole(words, **rest)  # type: ignore[arg-type]  # handed on as it came
        raise OperationalError("the server went away")

    monkeypatch.setattr(ingesting, "take_consents", cut)
    with pytest.raises(OperationalError):
        running.run_import(job.pk)
    with acting(SYSTEM):
        assert Import.objects.get(pk=job.pk).position == 2
    monkeypatch.setattr(ingesting, "take_consents", whole)

    job = run(job)

    assert (job.state, job.rows_read, job.rows_unchanged) == ("succeeded", 3, 0)
    with acting(SYSTEM):
        assert [len(consents_of(one, now=NOW).entries) for one in ids().values()].count(0) == 2


def test_what_is_taken_back_stays_in_the_ledger_and_counts_no_more(bank: World, tmp_path: Path) -> None:
    run(an_import(bank, tmp_path, csv([("6155401606", "", "营销", "同意", "", "2023-01-01", "", "")])))
    job = run(an_import(bank, tmp_path, csv(ROWS)))
    assert preview_revert(import_id=job.pk, now=timezone.now()).values_restored == 4
    assert allowed() == 2

    done = revert_import(import_id=job.pk, actor_id=None, reason="文件拿错了", now=timezone.now())

    assert (done.customers_removed, done.customers_restored, done.values_restored) == (0, 3, 4)
    assert allowed() == 1
    with acting(SYSTEM):
        held = consents_of(ids()["单于清"], now=NOW)
    assert [(entry.word.state, entry.is_void) for entry in held.entries] == [
        ("withdrawn", True),
        ("given", False),
    ]
    assert held.purposes[0].state == "given"
    assert run(an_import(bank, tmp_path, csv(ROWS))).rows_unchanged == 0


@pytest.mark.parametrize(
    ("language", "first"), [("zh", "客户号(识别客户)"), ("en", "Customer no. (identifies)")]
)
def test_the_template_maps_itself(bank: World, tmp_path: Path, language: str, first: str) -> None:
    head = give_template(kind="consent", form="csv", language=language)
    titles = normalize("NFKC", head.decode("utf-8-sig")).strip().split(",")
    values = {
        "customer_no": "6155401604",
        "purpose": "marketing",
        "consent_state": "given",
        "said_at": SIGNED,
    }

    job = an_import(bank, tmp_path, head)

    columns = job.mapping["columns"]
    assert titles[0] == first
    assert columns.keys() == set(titles)
    row = [values.get(columns[title], "") for title in titles]
    assert run(an_import(bank, tmp_path, csv([row], titles))).rows_accepted == 1
