"""F-38: after an installation has done everything it does with a person, no byte outside the sealed columns tells his numbers.

The canaries are spelt as they could lie anywhere: UTF-8, UTF-16, hexadecimal, base64, and as the numbers' national form.
Names are kept clear under row scope, so a name may lie in the database, and nowhere else.
"""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest
from tests.faults.conftest import Bank, open_bank
from tests.installation import Answer, Api, installed, until

NAME = "蔺檀笙"
PHONE, SECOND, IDENTITY, CARD = "13957190372", "18868417263", "330106198703156412", "6222021202041731895"
MAIL, ADDRESS, NOTE = "lin.tansheng.7193@canary.example", "丹槿街道鹭汀里七百零三号", "嘱托暗号雪鸮四二七"
CANARIES = (PHONE, SECOND, IDENTITY, CARD, MAIL, ADDRESS, NOTE)
FILE = (
    "客户号,姓名,手机,证件号码,银行卡,电子邮箱,居住地址,备注\n"
    f"C7301,{NAME},{PHONE},{IDENTITY},{CARD},{MAIL},{ADDRESS},{NOTE}\n"
    f"C7302,{NAME},{PHONE}1,{IDENTITY},{CARD},{MAIL},{ADDRESS},{NOTE}\n"
    f"C7303,{NAME},{SECOND},多余,{PHONE},{MAIL},{ADDRESS},{NOTE},{CARD},{IDENTITY}\n"
)
BREAK = """
CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'broken by %', NEW USING ERRCODE = 'XX000', DETAIL = NEW::text; END $$;
CREATE TRIGGER broken BEFORE INSERT ON collect_record_version FOR EACH ROW EXECUTE FUNCTION broken()
"""


@pytest.fixture(scope="module")
def lived() -> Iterator[Bank]:
    """A served installation of its own, in which the person has been through everything."""
    with installed() as made:
        bank = open_bank(made)
        made.query("SELECT 1")
        customer = bring_in(bank)
        look_at(bank.api(), customer)
        send_events(bank)
        meet_errors(bank)
        with made.connect() as connection:
            connection.execute("CHECKPOINT")
        yield bank


def bring_in(bank: Bank) -> str:
    """Import him by the worker and by the command, and find him."""
    api = bank.api()
    waiting = api.upload(f"客户{PHONE}.csv", FILE.encode("gb18030"), source="core", wait="true").json()["id"]
    assert api.get(f"/imports/{waiting}/proposals").status == 200
    assert api.post(f"/imports/{waiting}/run", {"dry_run": True}).status == 202
    until(lambda: api.get(f"/imports/{waiting}").json()["state"] == "succeeded")
    assert api.post(f"/imports/{waiting}/run", {}).status == 202
    until(lambda: api.get(f"/imports/{waiting}").json()["state"] == "succeeded")
    assert PHONE in api.get(f"/imports/{waiting}/errors").body.decode()
    path = bank.installation.home.parent / "again.csv"
    path.write_text(FILE.replace("C7301", "C7309"), encoding="utf-8")
    bank.installation.run("import", str(path), "--source", "core")
    path.unlink()
    found = api.post("/customers/lookup", {"kind": "mobile", "value": PHONE})
    assert found.status == 200, found.body
    return str(found.json()["id"])


def look_at(api: Api, customer: str) -> None:
    """Search, look up, reveal, correct, contact, export."""
    for word in (NAME, PHONE, PHONE[-4:], IDENTITY, MAIL):
        assert api.post("/customers/search", {"q": word}).status == 200
    for kind, value in (("resident_id", IDENTITY), ("bank_card", CARD), ("email", MAIL)):
        assert api.post("/customers/lookup", {"kind": kind, "value": value}).status == 200
    shown = api.post(f"/customers/{customer}/reveal", {"fields": ["mobile"], "reason": f"回访 {PHONE}"})
    assert shown.json()["fields"]["mobile"].endswith(PHONE)
    contact = {"kind": "note", "text": f"{NOTE}，改号 {SECOND}"}
    assert api.post(f"/customers/{customer}/interactions", contact, Idempotency_Key="contact").status == 201
    values = {"values": {"mobile_2": SECOND}, "reason": f"来电 {SECOND}"}
    assert api.ask("PATCH", f"/api/v1/customers/{customer}", values, Idempotency_Key="correct").status == 200
    entry = {"values": {"name": NAME, "mobile": SECOND, "note": NOTE}}
    assert api.post("/customers", entry, Idempotency_Key="entry").status == 201
    assert api.post("/customers/check", entry).status == 200
    for form in ("json", "html"):
        address = f"/api/v1/customers/{customer}/export?format={form}"
        assert IDENTITY in api.ask("GET", address, Kehu_Reason=quote(f"本人 {IDENTITY}")).body.decode()


def send_events(bank: Bank) -> None:
    """Send events that are read, and some that are put away."""
    traits = {"name": NAME, "phone": PHONE, "email": MAIL, "address": ADDRESS}
    events = [
        {"type": "identify", "userId": MAIL, "messageId": "1", "traits": traits},
        {
            "type": "track",
            "event": "转账",
            "userId": MAIL,
            "messageId": "2",
            "properties": {"to": CARD, "memo": NOTE},
        },
        {
            "type": "track",
            "event": f"拨打{PHONE}",
            "userId": MAIL,
            "messageId": "5",
            "properties": {SECOND: 1, "n": {MAIL: 2}},
        },
        {"type": "unknown", "userId": PHONE, "messageId": "3", "properties": {"phone": PHONE}},
        {"type": "track", "userId": PHONE, "messageId": "4", "properties": {"card": CARD}},
    ]
    body = json.dumps({"batch": events, "writeKey": bank.tokens["write_key"]}).encode()
    assert Api(bank.port).ask("POST", "/v1/batch", body).status == 200
    until(lambda: bank.count("SELECT count(*) FROM collect_inbox") == 0)


def meet_errors(bank: Bank) -> None:
    """Meet refusals, unreadable requests, and a database that quotes the row it breaks at."""
    api = bank.api()
    refused: list[Answer] = [
        api.post("/customers/lookup", {"kind": PHONE, "value": IDENTITY}),
        api.post("/customers", {"values": {"resident_id": f"{IDENTITY[:-1]}0", "mobile": f"{PHONE}x"}}),
        api.post("/customers", f'{{"values": {{"mobile": "{PHONE}'.encode()),
        api.post("/customers/search", {"q": PHONE, "sort": PHONE, "cursor": IDENTITY}),
        api.upload(f"{PHONE}.csv", b"\0" + FILE.encode(), source="core", mapping='{"没有": "mobile"}'),
        Api(bank.port).ask("POST", "/v1/batch", f'{{"batch": "{PHONE}"}}'.encode()),
    ]
    headless = FILE.split("\n", 1)[1].encode()
    assert api.upload("无表头.csv", headless, source="core", wait="true").status in {202, 422}
    with bank.installation.connect() as connection:
        connection.execute(BREAK.encode())
    refused.append(api.post("/customers", {"values": {"name": NAME, "mobile": SECOND, "note": NOTE}}))
    assert refused[-1].status == 500
    broken = api.upload(f"{PHONE}.csv", FILE.replace("C73", "C74").encode(), source="core").json()["id"]
    until(lambda: api.get(f"/imports/{broken}").json()["state"] == "failed")
    with bank.installation.connect() as connection:
        connection.execute("DROP FUNCTION broken() CASCADE")
    assert all(answer.status >= 400 for answer in refused)
    assert not [answer.body for answer in refused for canary in CANARIES if canary.encode() in answer.body]


def spellings(text: str) -> set[bytes]:
    """Return the ways in which a text could lie in a file."""
    plain = text.encode()
    found = {
        plain,
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        plain.hex().encode(),
        plain.hex().upper().encode(),
    }
    found |= {base64.b64encode(plain)[:-4], json.dumps(text).strip('"').encode()}
    return found | ({text.encode("gb18030")} if not text.isascii() else set())


def hits(texts: tuple[str, ...], files: list[Path]) -> list[str]:
    """Return in which files which text lies, by its first letters."""
    found = []
    for path in files:
        try:
            content = path.read_bytes()
        except FileNotFoundError:  # the server writes and removes files of its own meanwhile
            continue
        found += [
            f"{text[:4]}… in {path}" for text in texts if any(mark in content for mark in spellings(text))
        ]
    return found


def all_files(bank: Bank) -> list[Path]:
    return [path for path in bank.installation.home.parent.rglob("*") if path.is_file()]


def is_of_the_database(path: Path) -> bool:
    return "postgres/data" in str(path)


def test_no_file_of_the_installation_holds_a_number(lived: Bank) -> None:
    files = all_files(lived)

    assert sum(is_of_the_database(path) for path in files) > 500
    assert any("pg_wal" in str(path) for path in files)
    assert any(path.name == "output.log" and path.stat().st_size for path in files)
    assert any(path.suffix == ".sealed" for path in files)
    assert hits(CANARIES, files) == []


def test_a_name_lies_in_the_database_and_nowhere_else(lived: Bank) -> None:
    files = all_files(lived)

    assert hits((NAME,), [path for path in files if is_of_the_database(path)]) != []
    assert hits((NAME,), [path for path in files if not is_of_the_database(path)]) == []


def test_no_command_line_or_environment_holds_a_number(lived: Bank) -> None:
    serving = psutil.Process(lived.installation.running[0].pid)
    told = [
        " ".join([*p.cmdline(), *p.environ().values()]) for p in [serving, *serving.children(recursive=True)]
    ]

    assert len(told) > 3
    assert not [text for text in told for canary in (*CANARIES, NAME) if canary in text]


def test_a_backup_holds_no_number(lived: Bank, tmp_path: Path) -> None:
    phrase = tmp_path / "phrase"
    phrase.write_text("twelve-quiet-rivers")
    phrase.chmod(0o600)
    lived.installation.run("backup", str(tmp_path / "kept.dump"), "--passphrase-file", str(phrase))

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) >= 2
    assert hits(CANARIES, files) == []


def test_the_sweep_would_find_them(tmp_path: Path) -> None:
    for number, mark in enumerate(spellings(ADDRESS)):
        (tmp_path / str(number)).write_bytes(b"\0" * 9000 + mark)

    assert len(hits((ADDRESS,), list(tmp_path.iterdir()))) == len(spellings(ADDRESS))
