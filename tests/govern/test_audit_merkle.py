"""The tree is the one of RFC 6962, and an event's bytes hold every column."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.govern.trail import merkle

INPUTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
AT = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_transparency_logs(size: int) -> None:
    leaves = [merkle.leaf(bytes.fromhex(data)) for data in INPUTS[:size]]

    assert merkle.root(leaves).hex() == ROOTS[size]


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40, unique=True), st.data())
def test_every_change_of_the_leaves_changes_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.permutations(leaves))

    root = merkle.root(leaves)

    assert merkle.root([*leaves[:place], *leaves[place + 1 :]]) != root
    assert merkle.root([*leaves, leaves[place]]) != root
    assert (merkle.root(other) == root) is (other == leaves)


def test_an_event_is_the_same_bytes_in_every_zone_and_order() -> None:
    event: dict[str, Any] = {
        "id": uuid4(),
        "at": AT,
        "fields": ["a"],
        "reason_sealed": b"\x00\xff",
        "row_count": None,
    }
    moved = {**dict(reversed(event.items())), "at": AT.astimezone(timezone(timedelta(hours=8))), "batch": 4}

    assert merkle.canonical(event) == merkle.canonical(moved)


@given(
    name=st.text(min_size=1, max_size=10).filter(lambda name: name != "batch"),
    value=st.integers() | st.text(),
)
def test_a_column_that_a_later_release_adds_counts_once_it_is_filled(name: str, value: object) -> None:
    event = {"id": "1"} if name != "id" else {"at": "1"}

    assert merkle.canonical({**event, name: None}) == merkle.canonical(event)
    assert merkle.canonical({**event, name: value}) != merkle.canonical(event)


def test_a_head_binds_all_that_it_is_made_of() -> None:
    whole: dict[str, Any] = {"before": merkle.GENESIS, "root": bytes(32), "number": 1, "count": 2, "at": AT}
    others = {
        "before": b"\x01" * 32,
        "root": b"\x01" * 32,
        "number": 2,
        "count": 1,
        "at": AT + timedelta(microseconds=1),
    }

    heads = {merkle.head(**whole)} | {merkle.head(**{**whole, name: value}) for name, value in others.items()}

    assert len(heads) == 6
