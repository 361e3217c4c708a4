from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.platform.postgres.address import connection_parameters
from kehu.platform.postgres.external import BadDatabaseAddress, address_of, is_local
from kehu.platform.postgres.passwords import role_password

REMOTE = "postgresql://dba:geheim@db.bank.example/crm"


def test_a_remote_server_is_reached_over_verified_tls_alone() -> None:
    address = address_of(REMOTE)
    assert address.sslmode == "verify-full"
    assert address.options["sslrootcert"] == "system"


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca"])
def test_a_weaker_mode_for_a_remote_server_is_refused_without_telling_the_password(mode: str) -> None:
    with pytest.raises(BadDatabaseAddress, match=f"sslmode={mode}") as refused:
        address_of(f"{REMOTE}?sslmode={mode}")
    assert "geheim" not in str(refused.value.text)


def test_the_certificate_of_the_url_is_used() -> None:
    assert address_of(f"{REMOTE}?sslrootcert=/etc/bank.pem").options["sslrootcert"] == "/etc/bank.pem"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "::1", "localhost", "/var/run/postgresql", "127.0.0.1,localhost"]
)
def test_this_machine_needs_no_tls(host: str) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "db", "127.0.0.1,10.0.0.1", "localhost.example.com"])
def test_another_machine_is_never_taken_for_this_one(host: str) -> None:
    assert not is_local(host)


def shown(url: str) -> str:
    try:
        return repr(address_of(url))
    except BadDatabaseAddress as refused:
        return str(refused.text)


def test_an_unreadable_url_is_told() -> None:
    for url in ("postgresql://u:geheim@host:many/crm", "postgresql://u:geheim@[::1/crm", "postgresql://%zz"):
        with pytest.raises(BadDatabaseAddress, match="cannot be read"):
            address_of(url)


@given(st.text(max_size=40))
def test_no_url_is_ever_shown_with_its_password(url: str) -> None:
    assert "geheim" not in shown(f"postgresql://u:geheim@127.0.0.1:{url}")


def test_the_urls_user_signs_in_with_his_own_password_and_roles_with_theirs(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEHU_DATABASE_URL", "postgresql://dba:geheim@127.0.0.1:5499/crm")
    administrator, app = connection_parameters("postgres"), connection_parameters("kehu_app")
    assert (administrator["user"], administrator["password"]) == ("dba", "geheim")
    assert (app["user"], app["password"], app["dbname"]) == ("kehu_app", role_password("kehu_app"), "crm")
    assert "geheim" not in repr(address_of("postgresql://dba:geheim@127.0.0.1/crm"))


def test_passwords_differ_by_role_and_stay_the_same(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert role_password("kehu_app") is None
    monkeypatch.setenv("KEHU_DATABASE_URL", "postgresql://127.0.0.1/crm")
    assert role_password("kehu_app") == role_password("kehu_app") != role_password("kehu_owner")
    assert len(role_password("kehu_app") or "") == 64


def test_a_role_of_kehu_in_the_url_needs_no_password_there(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEHU_DATABASE_URL", "postgresql://kehu_owner@127.0.0.1/crm")
    assert connection_parameters("postgres")["password"] == role_password("kehu_owner")
    monkeypatch.setenv("KEHU_DATABASE_URL", "postgresql://dba@127.0.0.1/crm")
    assert connection_parameters("postgres")["password"] is None
